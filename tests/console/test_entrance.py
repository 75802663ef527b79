"""What the cookie of a session may do on the public API, and what nobody may do with somebody else's browser."""

import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from offhook.testing.calling import Api
from tests.console.browsers import OURS, TYPED, Browser, api_of, new_link, running, signed_in
from tests.terminal import until

READING = {name.lower(): value for name, value in OURS.items()}
APPLICATION = {"FriendlyName": "made by hand"}
ELSEWHERE = [
    {"origin": "http://evil.example", "sec_fetch_site": "cross-site"},
    {"origin": "http://evil.example", "sec_fetch_site": None},
    {"origin": "null", "sec_fetch_site": None},
    {"origin": "http://127.0.0.1:1", "sec_fetch_site": "same-site"},
    {"origin": None, "sec_fetch_site": "cross-site"},
]


@pytest.fixture
def browser(connection):
    """Somebody who is signed in."""
    return signed_in(connection)


def path(connection, resource, account_sid=None):
    return f"/2010-04-01/Accounts/{account_sid or connection.account_sid}/{resource}.json"


def read(browser, where, **headers):
    return browser.ask("GET", where, **{**READING, **headers})


def newest(connection, count):
    """The last exchanges but those of looking at them."""
    seen = api_of(connection).get("/offhook/v1/Exchanges", PageSize="50")["exchanges"]
    return [each for each in seen if "/offhook/v1/Exchanges" not in each["url"]][:count]


def applications(connection):
    """The names of the account's applications."""
    return [
        shown["friendly_name"] for shown in api_of(connection).get(path(connection, "Applications"))["applications"]
    ]


def test_a_session_reads_and_changes_what_the_first_account_may(connection, browser):
    assert read(browser, path(connection, "Messages")).status == 200
    made = browser.change("POST", path(connection, "Applications"), APPLICATION)
    assert made.status == 201
    changed = browser.change("POST", path(connection, f"Applications/{made.json['sid']}"), {"FriendlyName": "other"})
    assert changed.json["friendly_name"] == "other"
    assert browser.change("DELETE", path(connection, f"Applications/{made.json['sid']}")).status == 204


def test_a_session_acts_for_subaccounts_as_the_parents_credentials_do(connection, browser):
    sub = browser.change("POST", "/2010-04-01/Accounts.json", {"FriendlyName": "sub"}).json["sid"]
    where = path(connection, "Applications", sub)
    assert browser.change("POST", where, APPLICATION).json["account_sid"] == sub
    assert [shown["account_sid"] for shown in read(browser, where).json["applications"]] == [sub]
    assert read(browser, path(connection, "Applications", "AC" + "f" * 32)).status == 404


def test_a_session_manages_keys_and_moves_the_clock(connection, browser):
    assert browser.change("POST", path(connection, "Keys"), {"FriendlyName": "key"}).json["secret"]
    assert browser.change("POST", "/offhook/v1/Clock", {"Advance": "60"}).status == 200
    assert browser.session().status == 200


def test_every_change_of_the_whole_api_needs_the_token(connection, browser):
    described = read(browser, "/openapi.json").json["paths"]
    changes = [(m.upper(), p) for p, methods in described.items() for m in methods if m not in ("get", "head")]
    assert len(changes) > 40
    for method, where in changes:
        answer = browser.ask(method, where.replace("{account_sid}", connection.account_sid), {}, **READING)
        assert (answer.status, answer.json["code"]) == (403, 20419), (method, where)


@pytest.mark.parametrize("token", [None, "", "x", "é", "0" * 64])
def test_a_wrong_token_is_none(connection, browser, token):
    raw = token if token is None else token.encode().decode("latin-1")
    refused = browser.change("POST", path(connection, "Applications"), APPLICATION, x_offhook_csrf=raw)
    assert (refused.status, refused.json["code"]) == (403, 20419)
    assert refused.json["more_info"] == f"{connection.url}/errors/20419"


def test_the_token_of_another_session_is_none(connection, browser):
    other = signed_in(connection).session().json["csrf"]
    assert browser.change("POST", path(connection, "Applications"), APPLICATION, x_offhook_csrf=other).status == 403


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_page_from_elsewhere_changes_nothing_even_if_it_knew_the_token(connection, browser, elsewhere):
    form = {"FriendlyName": "made elsewhere"}
    answer = browser.change("POST", path(connection, "Applications"), form, **elsewhere)
    assert (answer.status, answer.json["code"]) == (403, 20419)
    assert "made elsewhere" not in applications(connection)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_from_elsewhere_reads_nothing(connection, browser, site):
    for where in (path(connection, "Messages"), "/console/session", "/offhook/v1/Events"):
        assert read(browser, where, sec_fetch_site=site).status == 401


def test_no_page_from_elsewhere_is_allowed_to_ask(connection, browser):
    asked = {"origin": "http://evil.example", "access_control_request_method": "POST"}
    for where in (path(connection, "Messages"), "/console/session", "/console/login"):
        answer = browser.ask("OPTIONS", where, **asked)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_person_may_type_the_address_of_a_resource(connection, browser):
    typed = {name.lower(): value for name, value in TYPED.items()}
    assert browser.ask("GET", path(connection, "Messages"), **typed).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "api.twilio.com"])
def test_the_cookie_counts_at_no_other_name(connection, browser, host):
    assert browser.ask("GET", path(connection, "Messages"), host=f"{host}:{urlsplit(browser.url).port}").status == 401


def test_the_console_does_not_open_at_another_name(connection):
    link = new_link(connection).removeprefix(connection.url)
    browser = Browser(connection.url)
    for where in (link, "/console/", "/console/login", "/console/session", "/console"):
        answer = browser.ask("GET", where, host="evil.example")
        assert answer.status == 421
        assert "public_url" in answer.text
    assert browser.cookies == {}
    browser.open(link)
    assert browser.session().status == 200


def test_behind_a_proxy_the_public_url_is_ours(tmp_path):
    with running(tmp_path, public_url="https://phones.example") as connection:
        browser = Browser(connection.url)
        link = connection.console_url.removeprefix(connection.url)
        answer = browser.ask("GET", link, host="phones.example")
        assert answer.headers["set-cookie"].startswith("__Host-offhook-443=")
        assert answer.headers["set-cookie"].endswith("; Secure")
        session = browser.ask("GET", "/console/session", host="phones.example", **READING).json
        assert session["origin"] == "https://phones.example"
        sent = {"host": "phones.example", "origin": "https://phones.example", "x_offhook_csrf": session["csrf"]}
        where = path(connection, "Applications")
        assert browser.ask("POST", where, APPLICATION, **sent).status == 201
        assert browser.ask("POST", where, APPLICATION, **{**sent, "origin": "http://phones.example"}).status == 403


def test_credentials_count_more_than_a_cookie(connection, browser):
    api = Api(connection.url, connection.account_sid, connection.auth_token)
    right = api._headers["Authorization"]
    where = path(connection, "Applications")
    assert browser.ask("POST", where, APPLICATION, authorization=right).status == 201
    assert browser.ask("GET", where, authorization="Basic bm9ib2R5Om5v", **READING).status == 401


@pytest.mark.parametrize(
    ("headers", "challenged"),
    [({}, True), (READING, False), ({"cookie": "offhook-1=gone"}, False), ({"sec_fetch_mode": "cors"}, True)],
)
def test_a_dialog_opens_for_nobody_who_is_on_a_page(connection, headers, challenged):
    answer = Browser(connection.url).ask("GET", path(connection, "Messages"), **headers)
    assert answer.status == 401
    assert ("www-authenticate" in answer.headers) is challenged


def test_what_is_only_looked_at_is_no_exchange_and_what_is_changed_is(connection, browser):
    browser.change("POST", path(connection, "Applications"), APPLICATION)
    for _ in range(3):
        assert read(browser, path(connection, "Applications")).status == 200
        assert read(browser, path(connection, "Addresses")).status == 501
    api_of(connection).get(path(connection, "Messages"))
    last = until(lambda: (found := newest(connection, 2))[0]["url"].endswith(path(connection, "Messages")) and found)
    assert [(shown["method"], urlsplit(shown["url"]).path) for shown in last] == [
        ("GET", path(connection, "Messages")),
        ("POST", path(connection, "Applications")),
    ]
    assert next(iter(browser.cookies.values())) not in str(last)
    assert browser.session().json["csrf"] not in str(last)


def test_the_stream_of_events_comes_with_the_cookie(connection, browser):
    parts = urlsplit(browser.url)
    stream = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    stream.request("GET", "/offhook/v1/Events", headers={"Cookie": cookie, **OURS})
    response = stream.getresponse()
    try:
        assert (response.status, response.getheader("Content-Type")) == (200, "text/event-stream; charset=utf-8")
        while not response.readline().startswith(b"id: "):
            pass
        browser.change("POST", "/offhook/v1/Handsets/+19732644152/Messages", {"To": "+19732644153", "Body": "hi"})
        deadline = time.monotonic() + 10
        while b"handset-message.created" not in response.readline():
            assert time.monotonic() < deadline
    finally:
        response.close()
        stream.close()


def test_media_that_anybody_may_see_are_seen_with_an_old_cookie_too(connection):
    browser = Browser(connection.url)
    browser.cookies[f"offhook-{urlsplit(browser.url).port}"] = "a session that is over"
    media = f"/2010-04-01/Accounts/{connection.account_sid}/Messages/MM{'0' * 32}/Media/ME{'0' * 32}"
    assert read(browser, media).status == 404
    assert read(browser, f"{media}.json").status == 401
