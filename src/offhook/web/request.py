"""A request as the dispatcher sees it: read off ASGI once, its body bounded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope

from offhook.web.errors import ApiError, malformed, too_large
from offhook.web.forms import Form, parse_form
from offhook.web.routing import is_twilio

LARGEST_BODY = 1024 * 1024  # bytes
FORM = "application/x-www-form-urlencoded"
WITH_FORM = frozenset({"POST", "PATCH"})  # methods whose parameters are in the body
ONCE = frozenset({"host", "authorization", "content-length", "content-type"})  # a second one is an attack or a bug
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")  # RFC 9110 §7.2
_LENGTH = re.compile(r"[0-9]{1,18}")


class Disconnected(Exception):  # noqa: N818 - it is no error
    """The client went away before its request was complete."""


@dataclass(slots=True)
class Request:
    """Method, path and headers of an HTTP request; `body` after `read`."""

    method: str
    scheme: str
    host: str  # with its port; of a request without Host header the address that it came to
    path: str  # as on the wire, percent-encoded
    query: bytes
    headers: dict[str, str]  # lower-case names; a repeated header's values are joined by commas (RFC 9110 §5.3)
    repeated: frozenset[str] = frozenset()
    client: str | None = None  # the address that it came from
    body: bytes = b""

    @classmethod
    def of(cls, scope: Scope) -> "Request":
        """Read an ASGI scope."""
        headers, repeated = _headers(scope["headers"])
        path = scope.get("raw_path") or scope["path"].encode()
        host = headers.get("host") or _address(scope.get("server"))
        method, scheme, query = scope["method"], scope["scheme"], scope["query_string"]
        return cls(method, scheme, host, path.decode("latin-1"), query, headers, repeated, _client(scope.get("client")))

    @property
    def url(self) -> str:
        """The URL as the client asked for it."""
        query = f"?{self.query.decode('latin-1')}" if self.query else ""
        return f"{self.scheme}://{self.host}{self.path}{query}"

    @property
    def origin(self) -> str | None:
        """Scheme, host and port that we were asked at; None for one of Twilio's hosts, and for a Host that is none."""
        ours = _HOST.fullmatch(self.host) and not is_twilio(self.host)
        return f"{self.scheme}://{self.host}" if ours else None

    @property
    def is_of_a_page(self) -> bool:
        """Whether a page in a browser sent it, and neither a program nor somebody who typed an address."""
        of_a_browser = "cookie" in self.headers or "sec-fetch-site" in self.headers
        return of_a_browser and self.headers.get("sec-fetch-mode") != "navigate"

    def form(self) -> Form:
        """The parameters: of the body for POST and PATCH, of the query otherwise. Raises ApiError."""
        if self.method not in WITH_FORM:
            return parse_form(self.query)
        kind = self._content_type()
        if self.body and kind not in (FORM, ""):
            raise ApiError(20415, f"Content type {kind!r} is not supported here; send a form", 415)
        return parse_form(self.body)

    def misplaced(self) -> list[str]:
        """Names of parameters where they are not read: in the query beside a form, in the body of anything else."""
        if self.method in WITH_FORM:
            return list(parse_form(self.query)) if self.query else []
        if not self.body:
            return []
        return list(parse_form(self.body)) if self._content_type() == FORM else ["(the whole body)"]

    async def read(self, receive: Receive) -> None:
        """Read the body. Raises ApiError for a malformed or too large one, Disconnected when the client is gone."""
        self._check_head()
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > LARGEST_BODY:
                raise too_large(LARGEST_BODY)
            chunks.append(chunk)
            if not message.get("more_body", False):
                break
        self.body = chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _check_head(self) -> None:
        if twice := self.repeated & ONCE:
            raise malformed(f"The header {', '.join(sorted(twice))} came more than once")
        if not _HOST.fullmatch(self.host):
            raise malformed("The Host header is no host name")
        length = self.headers.get("content-length")
        if length is None:
            return
        if not _LENGTH.fullmatch(length):
            raise malformed("The Content-Length header is no number")
        if int(length) > LARGEST_BODY:
            raise too_large(LARGEST_BODY)

    def _content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> tuple[dict[str, str], frozenset[str]]:
    headers: dict[str, str] = {}
    repeated: frozenset[str] = frozenset()
    for raw, value in pairs:
        name = raw.decode("latin-1")
        if name in headers:
            repeated |= {name}
            headers[name] = f"{headers[name]}, {value.decode('latin-1')}"
        else:
            headers[name] = value.decode("latin-1")
    return headers, repeated


def _client(address: Any) -> str | None:
    return address[0] if address else None


def _address(server: Any) -> str:
    host, port = server or ("localhost", None)
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host
