"""Answers that are a file: a picture of a message, a recording.

An operation that was declared with `resource.content` returns a `Content`. What somebody else made must not become a
page of ours in a browser: the type is never guessed (`nosniff`), and a document that can run scripts runs none, since
it is opened in a sandbox (https://www.w3.org/TR/CSP3/#directive-sandbox).
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from starlette.types import Send

from offhook.web.answering import Answer

CHUNK = 256 * 1024  # bytes that are read of a file at a time
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes, or the path of a file that holds them, and what they are; `headers` win over those that we add."""

    body: bytes | Path
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def answer(self, *, head_only: bool) -> Answer | None:
        """The answer of 200, or of a HEAD without the bytes. None when the file is gone."""
        headers = {"Content-Type": self.content_type, **HARMLESS, **self.headers}
        if isinstance(self.body, bytes):
            return Answer(200, self.body, headers, self._kept)
        try:
            file = await asyncio.to_thread(self.body.open, "rb")
        except FileNotFoundError:
            return None
        size = os.fstat(file.fileno()).st_size
        return FileAnswer(headers=headers, kept=self._kept, file=file, size=size, head_only=head_only)

    def _kept(self, body: bytes) -> str:
        """The record of exchanges names the file and does not keep it once more."""
        return f"[{self.content_type}, {len(body)} bytes]" if body else f"[{self.content_type}]"


@dataclass(slots=True, kw_only=True)
class FileAnswer(Answer):
    """An answer whose body is read from an open file of `size` bytes as it is sent."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    file: BinaryIO
    size: int
    head_only: bool

    async def send(self, send: Send) -> None:
        """Write it to the client; a file that is shorter than it was breaks the connection off."""
        with self.file:
            await send({"type": "http.response.start", "status": self.status, "headers": self._head(self.size)})
            left = 0 if self.head_only else self.size
            while left:
                chunk = await asyncio.to_thread(self.file.read, min(CHUNK, left))
                if not chunk:
                    raise EOFError("the file became shorter while it was sent")
                left -= len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
