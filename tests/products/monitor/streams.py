"""Listening to `/offhook/v1/Events` as a browser does: over HTTP, with nothing but the standard library."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from offhook.testing.calling import Api

EVENTS = "/offhook/v1/Events"


@dataclass(frozen=True)
class Told:
    """One server-sent event."""

    type: str
    id: str
    data: dict[str, Any]


class Stream:
    """An open stream. Use it as a context manager."""

    def __init__(self, api: Api, last_event_id: str | None = None, method: str = "GET") -> None:
        parts = urlsplit(api.url)
        self.connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
        headers = {"Authorization": api._headers["Authorization"], "Accept": "text/event-stream"}
        if last_event_id is not None:
            headers["Last-Event-ID"] = last_event_id
        self.connection.request(method, EVENTS, headers=headers)
        self.response: HTTPResponse = self.connection.getresponse()
        self.last_id = ""
        self._told = self._read()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self.connection.close()

    def ready(self) -> "Stream":
        """Wait for the place that every stream begins with."""
        while not self.last_id:
            assert self._line() is not None
        return self

    def next(self, count: int = 1) -> list[Told]:
        """The next events."""
        return [next(self._told) for _ in range(count)]

    def until(self, type: str) -> list[Told]:
        """The next events, up to the first of a type."""
        found = self.next()
        while found[-1].data["type"] != type:
            found += self.next()
        return found

    def about(self, sid: str, count: int) -> list[Told]:
        """The next events about one thing."""
        found: list[Told] = []
        while len(found) < count:
            found += [event for event in self.next() if event.data["sid"] == sid]
        return found

    def rest(self) -> list[Told]:
        """Everything until the server ends the stream."""
        return list(self._told)

    def _read(self) -> Iterator[Told]:
        fields: dict[str, str] = {}
        while (line := self._line()) is not None:
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            elif "data" in fields:
                yield Told(fields.get("event", "message"), fields.get("id", ""), json.loads(fields["data"]))
                fields = {}
            else:
                fields = {}

    def _line(self) -> str | None:
        raw = self.response.readline()
        if not raw:
            return None
        line = raw.decode().rstrip("\n")
        if line.startswith("id: "):
            self.last_id = line[4:]
        return line


def api_of(offhook: Any, account_sid: str | None = None, auth_token: str | None = None) -> Api:
    """An account's API, the first one's unless another is named."""
    return Api(offhook.url, account_sid or offhook.account_sid, auth_token or offhook.auth_token)


def deaf(api: Api) -> socket.socket:
    """A connection that asks for the stream and never reads."""
    parts = urlsplit(api.url)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((parts.hostname or "", parts.port or 80))
    head = f"GET {EVENTS} HTTP/1.1\r\nHost: a\r\nAuthorization: {api._headers['Authorization']}\r\n\r\n"
    connection.sendall(head.encode())
    return connection
