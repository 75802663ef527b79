"""A request as the dispatcher sees it: read off ASGI once, its body bounded."""

from dataclasses import dataclass

from starlette.types import Receive, Scope

from offhook.web.errors import ApiError, too_large
from offhook.web.forms import Form, parse_form

LARGEST_BODY = 1024 * 1024  # bytes


class Disconnected(Exception):  # noqa: N818 - it is no error
    """The client went away before its request was complete."""


@dataclass(slots=True)
class Request:
    """Method, path and headers of an HTTP request; `body` after `read`."""

    method: str
    scheme: str
    path: str  # as on the wire, percent-encoded
    query: bytes
    headers: dict[str, str]  # lower-case names; of a repeated header the last value
    body: bytes = b""

    @classmethod
    def of(cls, scope: Scope) -> "Request":
        """Read an ASGI scope."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope.get("raw_path") or scope["path"].encode()
        return cls(scope["method"], scope["scheme"], path.decode("latin-1"), scope["query_string"], headers)

    @property
    def host(self) -> str:
        """The Host header, with its port."""
        return self.headers.get("host", "")

    @property
    def url(self) -> str:
        """The URL as the client asked for it."""
        query = f"?{self.query.decode('latin-1')}" if self.query else ""
        return f"{self.scheme}://{self.host}{self.path}{query}"

    def form(self) -> Form:
        """The parameters: of the body for POST, of the query otherwise. Raises ApiError."""
        if self.method != "POST":
            return parse_form(self.query)
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if self.body and kind not in ("application/x-www-form-urlencoded", ""):
            raise ApiError(20415, f"Content type {kind!r} is not supported here; send a form", 415)
        return parse_form(self.body)

    async def read(self, receive: Receive) -> None:
        """Read the body. Raises ApiError when it is too large, Disconnected when the client is gone."""
        if int(self.headers.get("content-length") or 0) > LARGEST_BODY:
            raise too_large(LARGEST_BODY)
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
