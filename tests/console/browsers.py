"""A browser's part of the work, for tests: keeps cookies, goes where it is sent, says where a request came from."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from offhook.roles.connection import Connection
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for

OURS = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}


class Answer:
    """What came back."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """One browser. `ca` is whom it trusts for https."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        self.url = url
        self.cookies: dict[str, str] = {}
        self._ca = ca

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str | None) -> Answer:
        """One request, no redirect followed; headers as `sec_fetch_site="none"`, None leaves out what is usual."""
        parts = urlsplit(self.url)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent: dict[str, str | None] = {"Cookie": kept or None, "Content-Type": None}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        connection = self._connect(parts.hostname or "", parts.port or 80)
        try:
            given = {name: value for name, value in sent.items() if value is not None}
            connection.request(method, path, urlencode(form).encode() if form is not None else None, given)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        self._keep(answer.headers.get("set-cookie"))
        return answer

    def open(self, url: str) -> Answer:
        """Type an address, and go where that leads."""
        answer = self.ask("GET", url.removeprefix(self.url), sec_fetch_site="none", sec_fetch_mode="navigate")
        while "location" in answer.headers:
            answer = self.ask("GET", answer.headers["location"], sec_fetch_site="none", sec_fetch_mode="navigate")
        return answer

    def session(self) -> Answer:
        """What the console is told."""
        return self.ask("GET", "/console/session", sec_fetch_site="same-origin", sec_fetch_mode="cors")

    def change(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str | None) -> Answer:
        """What the console does to change something: with its token."""
        told = {"x_offhook_csrf": self.session().json["csrf"], "origin": self.url, "sec_fetch_site": "same-origin"}
        return self.ask(method, path, form, **{**told, **headers})

    def _connect(self, host: str, port: int) -> HTTPConnection:
        if self._ca is None:
            return HTTPConnection(host, port, timeout=10)
        return HTTPSConnection(host, port, timeout=10, context=ssl.create_default_context(cafile=self._ca))

    def _keep(self, header: str | None) -> None:
        if header is None:
            return
        pair, *attributes = header.split("; ")
        name, _, value = pair.partition("=")
        self.cookies[name] = value
        if "Max-Age=0" in attributes:
            del self.cookies[name]


@contextmanager
def running(folder: Path, database: str | None = None, **settings: Any) -> Iterator[Connection]:
    """A whole Offhook."""
    with quiet(), Running(replace(settings_for(folder, database), **settings)) as connection:
        yield connection


def api_of(connection: Connection) -> Api:
    """Its API, called as the first account."""
    return Api(connection.url, connection.account_sid, connection.auth_token)


def new_link(connection: Connection) -> str:
    """Another sign-in link."""
    return str(api_of(connection).post("/offhook/v1/Console/Links")["url"])


def signed_in(connection: Connection) -> Browser:
    """A browser that has followed a link."""
    browser = Browser(connection.url)
    browser.open(new_link(connection))
    assert browser.session().status == 200
    return browser
