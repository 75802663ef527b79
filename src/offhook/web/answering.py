"""Turning what an operation returned, or the error it raised, into bytes."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.types import Send

from offhook.storage import Page
from offhook.web.call import Call
from offhook.web.dialect import Location
from offhook.web.errors import ApiError, not_found
from offhook.web.forms import Form
from offhook.web.resource import Operation

JSON = "application/json"
_encoder = msgspec.json.Encoder()


@dataclass(slots=True)
class Answer:
    """Status, headers and body of a response."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, send: Send) -> None:
        """Write it to the client."""
        size = None if self.status == 204 else len(self.body)
        await send({"type": "http.response.start", "status": self.status, "headers": self._head(size)})
        await send({"type": "http.response.body", "body": self.body})

    def _head(self, size: int | None) -> list[tuple[bytes, bytes]]:
        headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in self.headers.items()]
        if size is not None:
            headers.append((b"content-length", str(size).encode()))
        return headers


def answer_to(operation: Operation, call: Call, query: Form, result: Any) -> Answer:
    """The answer for what the operation's function returned. Raises ApiError 20404 for None."""
    if operation.verb == "delete":
        if not result:
            raise not_found(call.path)
        return Answer(operation.status)
    if result is None:
        raise not_found(call.path)
    if isinstance(result, Page):
        return _json(operation.status, _page(operation, call, query, result))
    return _json(operation.status, operation.resource.view(result, call))


def error_answer(error: ApiError) -> Answer:
    """Twilio's error body."""
    return Answer(error.status, _encoder.encode(error.body()), {"Content-Type": JSON, **error.headers})


def _page(operation: Operation, call: Call, query: Form, page: Page[Any]) -> dict[str, Any]:
    resource = operation.resource
    shown = [resource.view(row, call) for row in page.rows]
    return resource.dialect.page(resource.key, shown, page, Location(call.base_url, call.path, query))


def _json(status: int, content: Any) -> Answer:
    return Answer(status, _encoder.encode(content), {"Content-Type": JSON})
