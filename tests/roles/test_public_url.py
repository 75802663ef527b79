"""With a public URL every URL in an answer begins with it, whatever Host a reverse proxy passes on; Twilio's stay."""

import json
import ssl
from base64 import b64encode
from dataclasses import replace
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from offhook.roles.connection import Connection
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for

PUBLIC = "https://phone.example/offhook"
PERSON, NOBODY = "+19732644152", "+12012000009"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    settings = replace(settings_for(tmp_path_factory.mktemp("data")), public_url=PUBLIC)
    with quiet(), Running(settings) as connection:
        for body in ("one", "two", "three"):
            form = {"To": PERSON, "From": "+12023358536", "Body": body}
            assert ask(connection, "POST", messages(connection), form)["status"] == "queued"
        form = {"Outcome": "delivered"}
        assert ask(connection, "POST", f"/offhook/v1/Handsets/{NOBODY}", form)["url"].startswith(PUBLIC)
        with Offhook(connection.url, connection.account_sid, connection.auth_token) as offhook:
            offhook.clock.settle()
        yield connection


def messages(found: Connection) -> str:
    return f"/2010-04-01/Accounts/{found.account_sid}/Messages.json"


def ask(found: Connection, method: str, path: str, form: Any = None, *, host: str = "inside:8080") -> Any:
    """The answer, as JSON; with a host of Twilio's over TLS."""
    credentials = b64encode(f"{found.account_sid}:{found.auth_token}".encode()).decode()
    headers = {"Host": host, "Authorization": f"Basic {credentials}"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if host.endswith("twilio.com"):
        at = urlsplit(found.tls_url)
        context = ssl.create_default_context(cafile=found.ca)
        connection = HTTPSConnection(at.hostname or "", at.port, context=context, timeout=20)
    else:
        at = urlsplit(found.url)
        connection = HTTPConnection(at.hostname or "", at.port, timeout=20)
    try:
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def urls(shown: Any) -> list[str]:
    """Every URL in an answer."""
    if isinstance(shown, dict):
        return [url for value in shown.values() for url in urls(value)]
    if isinstance(shown, list):
        return [url for value in shown for url in urls(value)]
    return [shown] if isinstance(shown, str) and "://" in shown else []


@pytest.mark.parametrize(
    "path",
    [
        "/offhook/v1/Handsets?PageSize=1",
        f"/offhook/v1/Handsets/{PERSON}/Messages?PageSize=1",
        "/monitor/v1/Alerts",
        "/monitor/v1/Events",
        "/2010-04-01/nothing.json",
        "/openapi.json",
    ],
)
def test_every_url_in_an_answer_begins_with_the_public_one(found, path):
    ours = [url for url in urls(ask(found, "GET", path)) if "json-schema.org" not in url]
    assert ours
    assert [url for url in ours if url != PUBLIC and not url.startswith(f"{PUBLIC}/")] == []


def test_what_is_paged_leads_on_from_the_public_url(found):
    first = ask(found, "GET", "/offhook/v1/Exchanges?PageSize=1&Method=POST")
    assert first["meta"]["url"].startswith(f"{PUBLIC}/offhook/v1/Exchanges?")
    following = first["meta"]["next_page_url"]
    assert following.startswith(f"{PUBLIC}/offhook/v1/Exchanges?")
    second = ask(found, "GET", following.removeprefix(PUBLIC))
    assert second["exchanges"][0]["sid"] != first["exchanges"][0]["sid"]
    assert second["meta"]["previous_page_url"].startswith(f"{PUBLIC}/offhook/v1/Exchanges?")


def test_the_uris_of_the_2010_api_stay_relative(found):
    shown = ask(found, "GET", f"{messages(found)}?PageSize=1")
    assert shown["next_page_uri"].startswith("/2010-04-01/")
    assert shown["messages"][0]["uri"].startswith("/2010-04-01/")


def test_to_who_asks_twilio_the_paths_and_hosts_are_twilios(found):
    meta = ask(found, "GET", "/v1/Alerts", host="monitor.twilio.com")["meta"]
    assert meta["url"].startswith("https://monitor.twilio.com/v1/Alerts?")
    refused = ask(found, "GET", "/v1/Alerts/NO1", host="monitor.twilio.com")
    assert refused["more_info"] == "https://www.twilio.com/docs/errors/20404"


def test_an_error_explains_itself_at_the_public_url(found):
    assert ask(found, "GET", "/2010-04-01/nothing.json")["more_info"] == f"{PUBLIC}/errors/20404"
