"""The app that is told: a process that takes status callbacks, checks each signature and keeps who was told what.

Run with the auth token, the path of the file in which it counts, and nothing else; it prints its port. The file holds
the number of callbacks as 8 bytes, so that whoever paces the load can look without asking. `GET /told` gives
everything: for each message the statuses in the order they came, and how many requests were no good.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import mmap
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import httptools
import uvloop

TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"
PATH = "/status"


def is_signed(auth_token: str, url: str, parameters: list[tuple[str, str]], signature: str) -> bool:
    """Whether a callback is signed as Twilio describes it. Written for itself: it must not share Offhook's mistakes."""
    text = url
    for name, value in sorted(parameters):
        text += name + value
    digest = hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode())


class Told:
    """Which message was told to have become what."""

    def __init__(self, auth_token: str, count: mmap.mmap) -> None:
        self._auth_token = auth_token
        self._count = count
        self.url = ""
        self.wrong = 0
        self.statuses: dict[str, list[str]] = {}
        self._many = 0

    def note(self, body: bytes, signature: str) -> None:
        """One callback."""
        parameters = parse_qsl(body.decode(), keep_blank_values=True)
        if not is_signed(self._auth_token, self.url, parameters, signature):
            self.wrong += 1
            return
        values = dict(parameters)
        self.statuses.setdefault(values["MessageSid"], []).append(values["MessageStatus"])
        self._many += 1
        self._count[:8] = self._many.to_bytes(8, "little")

    def all(self) -> bytes:
        """Everything, as JSON; it is forgotten then."""
        text = json.dumps({"wrong": self.wrong, "statuses": self.statuses})
        self.wrong, self.statuses = 0, {}
        return text.encode()


class Receiver(asyncio.Protocol):
    """One connection of the one who tells."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._path, self._signature, self._body = b"", "", b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """asyncio's."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """asyncio's."""
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        """httptools'."""
        self._path, self._signature, self._body = b"", "", b""

    def on_url(self, url: bytes) -> None:
        """httptools'."""
        self._path += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """httptools'."""
        if name.lower() == b"x-twilio-signature":
            self._signature = value.decode()

    def on_body(self, body: bytes) -> None:
        """httptools'."""
        self._body += body

    def on_message_complete(self) -> None:
        """httptools'."""
        if self._path == PATH.encode():
            self._told.note(self._body, self._signature)
            answer = TAKEN
        else:
            everything = self._told.all()
            answer = b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n%s" % (len(everything), everything)
        if self._transport is not None:
            self._transport.write(answer)


async def receive(auth_token: str, counted_in: Path) -> None:
    """Serve until the process is ended."""
    with counted_in.open("r+b") as file:
        told = Told(auth_token, mmap.mmap(file.fileno(), 8))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiver(told), "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    told.url = f"http://127.0.0.1:{port}{PATH}"
    print(port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(receive(sys.argv[1], Path(sys.argv[2])))
