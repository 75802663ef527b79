"""Which requests that we do not serve are Twilio's."""

import pytest

from offhook.web import operations
from offhook.web.operations import TABLE, known, methods, products, refusal

LINES = [line.split(" ") for line in TABLE.read_text().splitlines() if not line.startswith("#")]


def test_every_operation_of_the_table_is_known() -> None:
    assert len(LINES) > 1400
    asked = [(product, method, path.replace("{}", "XX123")) for product, method, path in LINES]
    assert [operation for operation in asked if not known(*operation)] == []


@pytest.mark.parametrize("extension", ["", ".xml", ".csv"])
def test_what_twilio_writes_with_json_may_be_asked_with_any_extension_or_none(extension: str) -> None:
    asked = [(p, m, path.replace(".json", extension).replace("{}", "XX1")) for p, m, path in LINES if ".json" in path]
    assert len(asked) > 190
    assert [operation for operation in asked if not known(*operation)] == []


@pytest.mark.parametrize(
    ("product", "method", "path"),
    [
        ("api", "PATCH", "/2010-04-01/Accounts/AC1/Messages.json"),  # another method
        ("api", "POST", "/2010-04-01/Accounts/AC1/Massages.json"),  # no such resource
        ("verify", "POST", "/2010-04-01/Accounts/AC1/Messages.json"),  # of another product
        ("api", "POST", "/2010-04-01/Accounts/AC1/Messages.json/"),
        ("api", "POST", "/2010-04-01/Accounts//Messages.json"),  # a parameter is never empty
        ("api", "POST", "/2010-04-01/Accounts/AC1/Messages.html"),
        ("video", "GET", "/v1/Rooms.json"),  # the newer products have no extensions
        ("api", "GET", "/2010-04-01"),  # only a part of a path
        ("video", "GET", "/v1/Rooms/RM1/Participants/PA1/More/And/More"),
        ("video", "GET", "/"),
        ("video", "GET", ""),
        ("nothing", "GET", "/v1/Rooms"),
        ("{}", "GET", "/v1/Rooms"),
    ],
)
def test_what_twilio_does_not_have_is_not_known(product: str, method: str, path: str) -> None:
    assert not known(product, method, path)


def test_a_dot_in_a_parameter_is_no_extension() -> None:
    assert known("sync", "GET", "/v1/Services/IS1/Documents/notes.txt")
    assert known("sync", "GET", "/v1/Services/IS1/Documents/notes.json")


def test_a_path_of_two_resources_has_the_methods_of_both() -> None:
    """`/v2/Configurations/{}/Default` and `/v2/Configurations/{}/{}`, both of voice."""
    assert methods("voice", "/v2/Configurations/X/Default") == {"GET", "POST", "PUT", "DELETE"}
    assert methods("voice", "/v2/Configurations/X/Other") == {"GET", "PUT", "DELETE"}


def test_a_product_may_be_written_as_in_host_names_or_as_python_clients_do() -> None:
    assert known("flex-api", "GET", "/v1/Configuration")
    assert known("flex_api", "GET", "/v1/Configuration")
    assert {"api", "messaging", "verify", "flex-api", "preview-iam"} <= products()


def test_an_operation_that_only_twilio_has_is_refused_with_501() -> None:
    error = refusal("video", "POST", "/v1/Rooms", ours=["GET"])
    assert (error.status, error.code) == (501, 20501)
    assert error.body()["message"] == "Offhook does not answer POST /v1/Rooms of video yet"
    assert set(error.body()) == {"code", "message", "more_info", "status"}


def test_another_method_is_refused_with_405_and_the_methods_that_there_are() -> None:
    error = refusal("video", "PATCH", "/v1/Rooms")
    assert (error.status, error.code) == (405, 20004)
    assert error.headers == {"Allow": "GET, HEAD, POST"}


def test_the_methods_that_only_we_have_are_allowed_too() -> None:
    error = refusal("offhook", "DELETE", "/v1/Clock", ours=["POST"])
    assert (error.status, error.headers) == (405, {"Allow": "POST"})
    assert "DELETE" in refusal("video", "PATCH", "/v1/Rooms", ours=["DELETE"]).headers["Allow"]


def test_what_can_be_got_has_a_head_too() -> None:
    assert known("video", "HEAD", "/v1/Rooms")
    assert not known("video", "HEAD", "/v1/Rooms/RM1/Participants/PA1/Anonymize")
    assert refusal("video", "HEAD", "/v1/Rooms").status == 501


def test_what_nobody_has_is_not_found() -> None:
    error = refusal("video", "GET", "/v1/Broom")
    assert (error.status, error.code) == (404, 20404)
    assert "/v1/Broom" in error.message


def test_the_table_is_not_read_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most processes never meet an operation that they do not serve."""
    operations._root.cache_clear()
    assert operations._root.cache_info().currsize == 0
    assert known("video", "GET", "/v1/Rooms")
    assert known("video", "POST", "/v1/Rooms")
    assert operations._root.cache_info().misses == 1


@pytest.mark.parametrize(
    ("product", "method", "path"),
    [
        ("api", "GET", "/2010-04-01/Accounts/AC1/Calls.json"),
        ("api", "POST", "/2010-04-01/Accounts/AC1/Calls/CA1.json"),
        ("lookups", "GET", "/v1/PhoneNumbers/+15005550006"),
        ("verify", "POST", "/v2/Services"),
    ],
)
def test_what_twilio_refuses_to_test_credentials_is_refused_to_them(product: str, method: str, path: str) -> None:
    assert (error := refusal(product, method, path, is_test=True)).code == 20008
    assert error.status == 403


def test_what_twilio_has_not_is_not_there_for_test_credentials_either() -> None:
    assert refusal("api", "GET", "/2010-04-01/Accounts/AC1/Massages.json", is_test=True).status == 404
    assert refusal("video", "PATCH", "/v1/Rooms", is_test=True).status == 405


@pytest.mark.parametrize("name", ["%00", "%ff", ""])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT"])
def test_what_can_be_nobodys_sid_is_not_there(method: str, name: str) -> None:
    error = refusal("api", method, f"/2010-04-01/Accounts/AC1/Messages/{name}.json")
    assert (error.code, error.status) == (20404, 404)
