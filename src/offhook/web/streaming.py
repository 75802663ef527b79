"""Answers that go on: server-sent events, for as long as the client stays.

An operation returns a `Stream`; its chunks are sent as they come. Nothing is kept for a client that is slow: the next
chunk is asked for when the connection took the one before, and a client that reads nothing at all is dropped by the
server. The stream ends when its chunks do, or when the client leaves.
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from starlette.types import Receive, Send

from offhook.web.answering import Answer

HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # what nginx wants to hear lest it keeps everything back
}


@dataclass(frozen=True, slots=True)
class Stream:
    """What an operation returns whose answer goes on."""

    chunks: AsyncGenerator[bytes, None]

    def answer(self, receive: Receive, *, head_only: bool) -> "StreamAnswer":
        """The answer of 200 with the chunks, or of a HEAD without."""
        return StreamAnswer(headers=dict(HEADERS), chunks=self.chunks, receive=receive, head_only=head_only)


@dataclass(slots=True, kw_only=True)
class StreamAnswer(Answer):
    """An answer whose body is not known yet."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    chunks: AsyncGenerator[bytes, None]
    receive: Receive
    head_only: bool = False

    async def send(self, send: Send) -> None:
        """Write it to the client; returns when the chunks end or the client is gone."""
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        try:
            if not self.head_only:
                await self._send_until_gone(send)
        finally:
            await self.chunks.aclose()
        await send({"type": "http.response.body", "body": b""})

    async def _send_until_gone(self, send: Send) -> None:
        sending = asyncio.ensure_future(self._send_all(send))
        leaving = asyncio.ensure_future(self._client_left())
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
        if sending.done() and not sending.cancelled() and (problem := sending.exception()) is not None:
            raise problem

    async def _send_all(self, send: Send) -> None:
        async for chunk in self.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def _client_left(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass


def event(data: bytes, *, id: int, type: str | None = None) -> bytes:
    """One server-sent event; `data` is one line, `id` is what the client asks to go on from."""
    name = f"event: {type}\n".encode() if type else b""
    return b"%sid: %d\ndata: %s\n\n" % (name, id, data)


def keep_alive(id: int) -> bytes:
    """A comment that keeps the connection open, and where the client stands although there is nothing to tell."""
    return b": all is well\nid: %d\n\n" % id


def retry(milliseconds: int) -> bytes:
    """How long a client waits before it comes back."""
    return b"retry: %d\n\n" % milliseconds
