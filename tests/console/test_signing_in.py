"""Signing in to the console: links that work once, the password, the session, its end."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from offhook.testing.calling import Api, RefusedError
from tests.console.browsers import Browser, api_of, new_link, running, signed_in
from tests.products.accounts.clients import client_of

PASSWORD = "correct horse"
PATH = "/offhook/v1/Console/Password"
LINKS = "/offhook/v1/Console/Links"


@pytest.fixture
def password(connection):
    """The password, set for one test."""
    api_of(connection).post(PATH, Password=PASSWORD)
    yield PASSWORD
    api_of(connection).delete(PATH)


def type_in(browser, password, **more):
    form = {"password": password, "next": more.pop("next", "/console/")}
    return browser.ask("POST", "/console/login", form, **{"origin": browser.url, **more})


def test_the_link_that_is_printed_signs_in_once(tmp_path):
    with running(tmp_path) as connection:
        first, second = Browser(connection.url), Browser(connection.url)
        assert first.open(connection.console_url).status == 200
        assert first.session().json["account_sid"] == connection.account_sid
        answer = second.open(connection.console_url)
        assert answer.status == 410
        assert "offhook console" in answer.text
        assert second.cookies == {}
        assert second.session().status == 401


def test_a_link_lets_one_of_many_in_who_come_at_the_same_moment(connection):
    link = new_link(connection)
    with ThreadPoolExecutor(8) as pool:
        browsers = [Browser(connection.url) for _ in range(8)]
        statuses = list(pool.map(lambda browser: browser.ask("GET", link.removeprefix(browser.url)).status, browsers))
    assert sorted(statuses) == [303] + [410] * 7


@pytest.mark.parametrize(
    ("method", "headers"),
    [("HEAD", {}), ("GET", {"sec_purpose": "prefetch;prerender"}), ("GET", {"purpose": "prefetch"})],
)
def test_who_only_looks_ahead_does_not_use_a_link_up(connection, method, headers):
    link = new_link(connection)
    browser = Browser(connection.url)
    assert browser.ask(method, link.removeprefix(browser.url), **headers).status == 204
    assert browser.cookies == {}
    browser.open(link)
    assert browser.session().status == 200


@pytest.mark.parametrize("token", ["x", "%00", "%C3%A9", "%ff", "a" * 5000])
def test_a_link_that_never_was_one_says_how_to_get_one(connection, token):
    answer = Browser(connection.url).ask("GET", f"/console/login/{token}")
    assert answer.status == 410
    assert "console" in answer.text


def test_who_is_signed_in_and_follows_the_old_link_again_is_let_through(connection):
    link, browser = new_link(connection), Browser(connection.url)
    browser.open(link)
    assert browser.open(link).status == 200


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(connection):
    browser = Browser(connection.url)
    answer = browser.ask("GET", new_link(connection).removeprefix(browser.url))
    pair, *attributes = answer.headers["set-cookie"].split("; ")
    port = browser.url.rpartition(":")[2]
    assert pair.startswith(f"offhook-{port}=")
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert (answer.status, answer.headers["location"]) == (303, "/console/")
    assert answer.headers["cache-control"] == "no-store"


def test_by_tls_the_cookie_is_for_tls_only(connection):
    browser = Browser(connection.tls_url.replace("127.0.0.1", "localhost"), connection.ca)
    path = new_link(connection).removeprefix(connection.url)
    answer = browser.ask("GET", path)
    assert answer.headers["set-cookie"].startswith("__Host-offhook-")
    assert answer.headers["set-cookie"].endswith("; Secure")
    assert browser.session().json["origin"] == browser.url


def test_a_session_outlives_a_restart_and_a_link_does_not(tmp_path):
    with running(tmp_path) as connection:
        browser, unused = signed_in(connection), connection.console_url
        token = next(iter(browser.cookies.values()))
    with running(tmp_path) as connection:
        again = Browser(connection.url)
        again.cookies[f"offhook-{connection.url.rpartition(':')[2]}"] = token
        assert again.session().status == 200
        path = unused.partition("/console")[2]
        assert Browser(connection.url).ask("GET", f"/console{path}").status == 410
        other = Browser(connection.url)
        other.open(connection.console_url)
        assert other.session().status == 200


def test_signing_out_ends_the_session_everywhere(connection):
    browser = signed_in(connection)
    stolen = Browser(connection.url)
    stolen.cookies = dict(browser.cookies)
    assert browser.ask("DELETE", "/console/session").json["code"] == 20419
    assert browser.change("DELETE", "/console/session").status == 204
    assert browser.cookies == {}
    assert stolen.session().status == 401
    assert browser.ask("DELETE", "/console/session").status == 204


def test_signing_in_anew_ends_the_session_before(connection):
    browser = signed_in(connection)
    before = Browser(connection.url)
    before.cookies = dict(browser.cookies)
    browser.open(new_link(connection))
    assert browser.cookies != before.cookies
    assert browser.session().status == 200
    assert before.session().status == 401


def test_the_session_says_what_the_console_needs_to_know(connection):
    told = signed_in(connection).session()
    assert told.headers["cache-control"] == "no-store"
    assert len(told.json["csrf"]) == 64
    assert {name: value for name, value in told.json.items() if name != "csrf"} == {
        "account_sid": connection.account_sid,
        "name": "Offhook",
        "mode": "dev",
        "clock": "virtual",
        "version": told.json["version"],
        "public_url": None,
        "origin": connection.url,
        "has_password": False,
        "capabilities": {"adopts": True, "advances_clock": True, "calls_private_addresses": True},
        "products": told.json["products"],
    }
    assert {"api", "monitor", "offhook"} <= set(told.json["products"])


def test_who_is_not_signed_in_is_told_so_without_a_dialog(connection):
    answer = Browser(connection.url).session()
    assert (answer.status, answer.json["code"]) == (401, 20003)
    assert "www-authenticate" not in answer.headers


def test_without_a_password_the_sign_in_page_asks_for_none(connection):
    browser = Browser(connection.url)
    answer = browser.ask("GET", "/console/login")
    assert "<form" not in answer.text
    assert " console --data " in answer.text
    assert type_in(browser, "anything").status == 403
    assert browser.cookies == {}


def test_the_password_signs_in_and_leads_on(connection, password):
    browser = Browser(connection.url)
    page = browser.ask("GET", "/console/login?next=/console/messages%3FTo%3D%2B1415")
    assert 'value="/console/messages?To=+1415"' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    answer = type_in(browser, password, next="/console/messages?To=+1415")
    assert (answer.status, answer.headers["location"]) == (303, "/console/messages?To=+1415")
    assert browser.session().json["has_password"] is True
    assert browser.ask("GET", "/console/login").headers["location"] == "/console/"


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        "/console/\\evil",
        "/console/\r\nX: y",
        "/",
        "/consolex",
        '/console/">',
        "",
    ],
)
def test_signing_in_leads_to_the_console_and_nowhere_else(connection, password, onward):
    answer = type_in(Browser(connection.url), password, next=onward)
    assert (answer.status, answer.headers["location"]) == (303, "/console/")


@pytest.mark.parametrize("wrong", ["", "correct hors", "correct horse ", "CORRECT HORSE", "x" * 9000])
def test_a_wrong_password_lets_nobody_in(connection, password, wrong):
    browser = Browser(connection.url)
    answer = type_in(browser, wrong)
    assert answer.status == 403
    assert 'role="alert"' in answer.text
    assert browser.cookies == {}
    assert type_in(browser, password).status == 303


def test_the_password_is_not_to_be_guessed(tmp_path):
    with running(tmp_path) as connection:
        api_of(connection).post(PATH, Password=PASSWORD)
        browser = Browser(connection.url)
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(lambda number: type_in(browser, f"guess {number}").status, range(25)))
        assert sorted(statuses) == [403] * 10 + [429] * 15
        answer = type_in(browser, PASSWORD)
        assert answer.status == 429
        assert 0 < int(answer.headers["retry-after"]) <= 900
        browser.open(new_link(connection))
        assert browser.session().status == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_another_site_signs_nobody_in(connection, password, elsewhere):
    browser = Browser(connection.url)
    assert type_in(browser, password, **elsewhere).status == 403
    assert browser.cookies == {}


@pytest.mark.parametrize("change", ["set", "removed"])
def test_a_new_password_signs_everybody_out(connection, password, change):
    browser = signed_in(connection)
    if change == "set":
        assert browser.change("POST", PATH, {"Password": "another one"}).status == 200
        assert type_in(Browser(connection.url), "another one").status == 303
        assert type_in(Browser(connection.url), password).status == 403
    else:
        assert browser.change("DELETE", PATH).status == 204
        assert type_in(Browser(connection.url), password).status == 403
        api_of(connection).post(PATH, Password=PASSWORD)
    assert browser.session().status == 401


@pytest.mark.parametrize("bad", ["", "short", "x" * 1025])
def test_a_password_that_is_none_is_refused(connection, bad):
    with pytest.raises(RefusedError) as refused:
        api_of(connection).post(PATH, Password=bad)
    assert refused.value.code == 20001


def test_whether_there_is_a_password_can_be_asked_but_not_which(connection, password):
    shown = api_of(connection).get(PATH)
    assert (shown["is_set"], list(shown)) == (True, ["is_set", "date_created"])
    browser = signed_in(connection)
    assert password not in browser.ask("GET", "/offhook/v1/Exchanges?PageSize=50", sec_fetch_site="same-origin").text


def test_there_is_nothing_to_remove_where_there_is_no_password(connection):
    assert api_of(connection).get(PATH) == {"is_set": False, "date_created": None}
    with pytest.raises(RefusedError) as refused:
        api_of(connection).delete(PATH)
    assert refused.value.status == 404


def test_nobody_with_less_than_everything_makes_a_link(connection):
    client = client_of_first(connection)
    sub = client.api.v2010.accounts.create(friendly_name="sub")
    key = client.new_keys.create(friendly_name="a standard key")
    for username, secret, code in ((sub.sid, sub.auth_token, 20403), (key.sid, key.secret, 20003)):
        for path in (LINKS, PATH):
            with pytest.raises(RefusedError) as refused:
                Api(connection.url, username, secret).post(path, Password="long enough")
            assert refused.value.code == code


def test_the_record_of_exchanges_holds_no_link(connection):
    link = new_link(connection)
    token = link.rpartition("/")[2]
    browser = Browser(connection.url)
    browser.open(link)
    shown = browser.ask("GET", "/offhook/v1/Exchanges?PageSize=50", sec_fetch_site="same-origin").text
    assert LINKS in shown
    assert json.loads(shown)["exchanges"][0]["url"].endswith(LINKS)
    assert "/console/login/[redacted]" in shown
    assert token not in shown


def client_of_first(connection):
    from offhook.testing import Offhook

    offhook = Offhook(connection.url, connection.account_sid, connection.auth_token)
    return client_of(offhook, connection.account_sid, connection.auth_token)
