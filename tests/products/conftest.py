"""For tests of the products: an app that says what it is told to say, and an Offhook on either database.

`app` is a real web server; every request that it gets is kept, with what Twilio's own validator says of its
signature.
"""

import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.postgresql import Server

XML = "text/xml"


@dataclass(frozen=True)
class Asked:
    """A request that the app got."""

    method: str
    path: str
    url: str
    pairs: list[tuple[str, str]]
    headers: dict[str, str]
    is_signed: bool

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.pairs)


@dataclass
class Line:
    """What the app says at one path."""

    body: str | bytes
    kind: str
    status: int
    headers: list[tuple[str, str]]
    before: Callable[[Asked], Any] | None


class App:
    """A WSGI app with a script."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self._script: dict[str, Line] = {}
        self._lock = threading.Lock()

    def says(
        self,
        path: str,
        body: str | bytes = "",
        *,
        kind: str = XML,
        status: int = 200,
        headers: Iterable[tuple[str, str]] = (),
        before: Callable[[Asked], Any] | None = None,
    ) -> str:
        """Answer requests to `path` like this from now on; the path's URL. `before` is called first."""
        self._script[path] = Line(body, kind, status, list(headers), before)
        return self.url + path

    def at(self, path: str) -> list[Asked]:
        """The requests to one path, in order."""
        return [asked for asked in self.asked if asked.path == path]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        asked = self._read(environ)
        with self._lock:
            self.asked.append(asked)
        line = self._script.get(asked.path)
        if line is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"no such page"]
        if line.before is not None:
            line.before(asked)
        start(f"{line.status} As scripted", [("Content-Type", line.kind), *line.headers])
        return [line.body.encode() if isinstance(line.body, str) else line.body]

    def _read(self, environ: dict[str, Any]) -> Asked:
        query = environ["QUERY_STRING"]
        url = self.url + environ["PATH_INFO"] + (f"?{query}" if query else "")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        form = parse_qsl(body, keep_blank_values=True)
        headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name[:5] == "HTTP_"}
        validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
        is_signed = validator.validate(url, dict(form), headers.get("x-twilio-signature", ""))
        pairs = form if environ["REQUEST_METHOD"] == "POST" else parse_qsl(query, keep_blank_values=True)
        return Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"], url, pairs, headers, is_signed)


@pytest.fixture
def app(offhook: Offhook) -> App:
    """The app, served; it knows no path yet."""
    made = App()
    made.url = offhook.serve(made)
    return made


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this test process."""
    with Server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Offhook, App]]:
    """An Offhook and an app, on SQLite and then on PostgreSQL."""
    database = name = None
    if request.param == "postgres":
        server: Server = request.getfixturevalue("server")
        name = server.new_database()
        database = server.url(name)
    settings = settings_for(tmp_path / "data", database)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        for variable, value in offhook.environment.items():
            monkeypatch.setenv(variable, value)
        app = App()
        app.url = offhook.serve(app)
        yield offhook, app
    if name is not None:
        server.drop_database(name)


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Offhook]:
    """An Offhook that adopts nothing and refuses what it does not know."""
    settings = replace(settings_for(tmp_path / "strict"), strict=True)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        yield offhook


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that nobody listens on, and nobody else takes meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]
