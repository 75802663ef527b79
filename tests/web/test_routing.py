"""Which operation a host and a path mean, and what looking for it costs."""

import pytest

from offhook.web import API_2010, VERSIONED, Resource, Router
from offhook.web.routing import Address, is_twilio

AC = "AC" + "a" * 32


async def _anything(service, call, *values):
    return None


def _resource(product, path, dialect=VERSIONED, **options):
    resource = Resource(product, path, dialect, lambda record, call: record, key="things", **options)
    for verb in (resource.create, resource.list, resource.fetch, resource.update, resource.delete):
        verb(_anything)
    return resource


def _router(*resources):
    return Router([operation for resource in resources for operation in resource.bind(None)])


ROUTER = _router(
    _resource("api", "/2010-04-01/Accounts/{account_sid}/Messages", API_2010),
    _resource("messaging", "/v1/Services"),
    _resource("messaging", "/v1/Services/{service_sid}/PhoneNumbers"),
    _resource("verify", "/v2/Services"),
    _resource("offhook", "/v1/Handsets/{address}/Messages"),
)


def found(host, path, router=ROUTER):
    """Where a request leads: the operation's path and the values in the request's, or None."""
    match = router.find(router.locate(host, path))
    return match and (match.operations["GET"].path, [value for _, value in match.values])


SERVICES = "/v1/Services"
SERVICE = "/v1/Services/{sid}"


@pytest.mark.parametrize(
    "host",
    [
        "messaging.twilio.com",
        "messaging.twilio.com:443",
        "messaging.twilio.com.",
        "Messaging.Twilio.COM",
        "messaging.dublin.ie1.twilio.com",
        "messaging.au1.twilio.com:4666",
    ],
)
def test_a_host_of_twilios_names_the_product(host):
    assert found(host, "/v1/Services/MG1") == (SERVICE, ["MG1"])
    assert ROUTER.locate(host, "/v1/Services").prefix == ""


@pytest.mark.parametrize("host", ["127.0.0.1:4665", "localhost", "[::1]:4665", "", "twilio.com", "eviltwilio.com"])
def test_elsewhere_the_product_is_a_prefix(host):
    assert not is_twilio(host)
    assert found(host, "/messaging/v1/Services/MG1") == (SERVICE, ["MG1"])
    assert ROUTER.locate(host, "/messaging/v1/Services") == Address("messaging", "/v1/Services", "/messaging")
    assert found(host, "/v1/Services") is None
    assert found(host, f"/2010-04-01/Accounts/{AC}/Messages.json")[1] == [AC]


def test_products_with_equal_paths_are_told_apart():
    assert found("verify.twilio.com", "/v2/Services/VA1") is not None
    assert found("verify.twilio.com", "/v1/Services/VA1") is None
    assert found("", "/verify/v2/Services/VA1") is not None
    assert found("messaging.twilio.com", "/verify/v2/Services/VA1") is None  # Twilio's host has Twilio's paths only
    assert found("nothing.twilio.com", "/v1/Services") is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//",
        "/messaging",
        "/messaging/",
        "/messaging/v1/Services/",
        "/messaging//v1/Services",
        "//messaging/v1/Services",
        "/messaging/v1/Services//PhoneNumbers",
        "/messaging/v1/Services/MG1/",
        "/messaging/v1/services",
        "/Messaging/v1/Services",
        "/messaging/v1/Services/MG1/PhoneNumbers/PN1/more",
        "/2010-04-01/Accounts//Messages.json",
        f"/2010-04-01/Accounts/{AC}/Messages.json/",
        f"/2010-04-01/Accounts/{AC}/Messages.json.json",
        f"/2010-04-01/Accounts/{AC}/Messages.JSON",
        "/messaging/v1/Services/%00",
        "/messaging/v1/Services/%ff",
        "/messaging/v1/Services/../Services",
    ],
)
def test_what_is_not_quite_the_path_is_found_nowhere(path):
    assert found("", path) is None


@pytest.mark.parametrize(
    ("path", "extension"),
    [
        ("/2010-04-01/Accounts/AC1/Messages.json", ".json"),
        ("/2010-04-01/Accounts/AC1/Messages.xml", ".xml"),
        ("/2010-04-01/Accounts/AC1/Messages/SM1.csv", ".csv"),
        ("/2010-04-01/Accounts/AC1/Messages", ""),
        ("/2010-04-01/Accounts/AC1/Messages.html", ""),
        ("/2010-04-01/Accounts/AC1.xml/Messages", ""),
        ("/messaging/v1/Services/settings.xml", ""),
    ],
)
def test_the_extension_is_part_of_the_address(path, extension):
    assert ROUTER.locate("", path).extension == extension


def test_any_extension_leads_to_the_operation():
    messages = f"/2010-04-01/Accounts/{AC}/Messages"
    for extension in (".json", ".xml", ".csv", ""):
        assert found("", messages + extension) == ("/2010-04-01/Accounts/{account_sid}/Messages", [AC])
        assert found("", f"{messages}/SM1{extension}")[1] == [AC, "SM1"]
    assert found("", f"{messages}.xml.json") is None
    assert found("", f"{messages}/a.xml.json")[1] == [AC, "a.xml"]


def test_products_that_only_twilio_has_are_known_by_their_prefix_too():
    """So that a request for one of them is refused as what it is."""
    assert ROUTER.locate("", "/video/v1/Rooms") == Address("video", "/v1/Rooms", "/video")
    assert ROUTER.locate("", "/flex_api/v1/Configuration") == Address("flex-api", "/v1/Configuration", "/flex_api")
    assert ROUTER.locate("", "/flex-api/v1/Configuration") == Address("flex-api", "/v1/Configuration", "/flex-api")
    assert ROUTER.locate("", "/nothing/v1/Rooms") == Address("api", "/nothing/v1/Rooms", "")
    assert ROUTER.locate("", "/api/v1/Rooms") == Address("api", "/api/v1/Rooms", "")


def test_the_extension_counts_at_the_end_and_in_the_2010_api_only():
    messages = f"/2010-04-01/Accounts/{AC}/Messages"
    assert found("", f"{messages}.json") == found("", messages)
    assert found("", f"{messages}/SM1.json")[1] == [AC, "SM1"]
    assert found("", f"{messages}/a.b.json")[1] == [AC, "a.b"]
    assert found("", f"/2010-04-01/Accounts/{AC}.json/Messages")[1] == [f"{AC}.json"]
    assert found("", "/messaging/v1/Services/settings.json")[1] == ["settings.json"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("%2B19732644152", "+19732644152"),
        ("+19732644152", "+19732644152"),
        ("client:a.b%20c", "client:a.b c"),
        ("client:%c3%a4%2Fb", "client:ä/b"),
        ("%252B1", "%2B1"),
        ("..", ".."),
        ("100%", "100%"),
        ("a;b=c", "a;b=c"),
    ],
)
def test_values_are_decoded_once(written, value):
    assert found("", f"/offhook/v1/Handsets/{written}/Messages") == ("/v1/Handsets/{address}/Messages", [value])


def test_fixed_segments_may_be_percent_encoded_too():
    assert found("", f"/2010%2D04-01/Accounts/{AC}/%4Dessages.json") is not None


def test_a_fixed_segment_wins_over_a_value_and_both_are_tried():
    router = _router(_resource("api", "/v1/Things"), _resource("api", "/v1/Things/special/Parts"))
    assert found("", "/v1/Things/special/Parts", router)[0] == "/v1/Things/special/Parts"
    assert found("", "/v1/Things/special", router) == ("/v1/Things/{sid}", ["special"])


def test_one_of_a_kind_stands_at_its_own_path():
    clock = Resource("offhook", "/v1/Clock", VERSIONED, str, alone=True)
    clock.fetch(_anything)
    assert found("", "/offhook/v1/Clock", _router(clock)) == ("/v1/Clock", [])
    assert found("", "/offhook/v1/Clock/now", _router(clock)) is None


def test_an_operation_may_be_declared_once():
    with pytest.raises(ValueError, match="declared twice: POST /v1/Services"):
        _router(_resource("verify", "/v1/Services"), _resource("verify", "/v1/Services"))


def test_the_account_is_called_account_sid_by_all_who_share_its_place():
    """Else the value of whoever came first would decide whose things are touched."""
    ours = _resource("api", "/2010-04-01/Accounts/{account_sid}/Messages", API_2010)
    with pytest.raises(ValueError, match="other operations call this place"):
        _router(ours, _resource("api", "/2010-04-01/Accounts/{sid}/Calls", API_2010))


class _Counting(str):
    """A segment that counts how often it is compared or hashed: the steps of a look-up."""

    __slots__ = ()
    steps = 0

    def __hash__(self):
        _Counting.steps += 1
        return super().__hash__()

    def __eq__(self, other):
        _Counting.steps += 1
        return super().__eq__(other)


def _steps(count):
    """The steps of finding one operation among `count` others."""
    resources = [_resource("api", f"/v1/Kind{n}/{{parent}}/Parts") for n in range(count // 5)]
    router = _router(*resources)
    assert len(router.operations) == count
    segments = tuple(_Counting(s) for s in ("api", "v1", f"Kind{count // 5 - 1}", "P1", "Parts", "S1"))
    _Counting.steps = 0
    found = router._walk(router._root, segments, 0, ())
    assert found is not None
    node, _ = found
    assert node.operations["DELETE"].path == f"/v1/Kind{count // 5 - 1}/{{parent}}/Parts/{{sid}}"
    return _Counting.steps


def test_five_thousand_operations_cost_no_more_steps_than_ten():
    few, many = _steps(10), _steps(5000)
    assert many <= few + 6  # one comparison a segment more, where two names share a place in a hash table
    assert few <= 3 * 6


def test_a_path_of_many_segments_ends_the_search_early():
    assert found("", "/messaging" + "/a" * 20_000) is None
