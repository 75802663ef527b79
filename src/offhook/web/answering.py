"""Turning what an operation returned, or the error it raised, into bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Send

from offhook.exchanges import redaction
from offhook.storage import Page
from offhook.web.call import Call
from offhook.web.dialect import Location
from offhook.web.errors import ApiError, not_found
from offhook.web.formats import JSON, Format
from offhook.web.forms import Form
from offhook.web.resource import Operation, Resource

OURS = "offhook"  # the product whose resources Offhook has and Twilio has not


@dataclass(slots=True)
class Answer:
    """Status, headers and body of a response, and what the record of exchanges makes of the body."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    kept: Callable[[bytes], str] = redaction.body

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


def answer_to(operation: Operation, call: Call, query: Form, result: Any, format: Format) -> Answer:
    """The answer for what the operation's function returned. Raises ApiError 20404 for None."""
    resource = operation.resource
    if operation.verb == "delete":
        if not result:
            raise not_found(call.path)
        return Answer(operation.status)
    if result is None:
        raise not_found(call.path)
    if isinstance(result, Page):
        body = format.page(resource, _page(resource, call, query, result))
    else:
        body = format.one(resource, resource.view(result, call))
    return Answer(operation.status, body, {"Content-Type": format.content_type}, _kept(operation, call, format))


def _kept(operation: Operation, call: Call, format: Format) -> Callable[[bytes], str]:
    """How much of an answer is kept: of what only reads our own API little, or lists of exchanges would hold others."""
    if call.is_confidential:
        return redaction.nothing
    if operation.resource.product == OURS and operation.method == "GET":
        return redaction.beginning
    return redaction.page if operation.verb == "list" and format.kept is redaction.body else format.kept


def error_answer(error: ApiError, format: Format = JSON, origin: str | None = None) -> Answer:
    """Twilio's error body, for a caller who reached us at `origin`."""
    headers = {"Content-Type": format.content_type, **error.headers}
    return Answer(error.status, format.error(error.body(origin)), headers, format.kept)


def _page(resource: Resource, call: Call, query: Form, page: Page[Any]) -> dict[str, Any]:
    shown = [resource.view(row, call) for row in page.rows]
    return resource.dialect.page(resource.key, shown, page, Location(call.base_url, call.path, query))
