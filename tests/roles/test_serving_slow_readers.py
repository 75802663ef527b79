"""A client that asks and never reads is dropped; one that reads slowly is not."""

import asyncio
import socket

import pytest

from offhook.roles import serving
from offhook.roles.serving import Listener

CHUNK = b"x" * 65536


class Pouring:
    """Sends chunks for as long as the client stays."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.sent = 0
        self.left = asyncio.Event()

    async def __call__(self, scope, receive, send) -> None:
        leaving = asyncio.ensure_future(self.wait_for_the_end(receive))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while not leaving.done() and self.sent != self.most:
            await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
            self.sent += 1
        await send({"type": "http.response.body", "body": b""})
        leaving.cancel()

    async def wait_for_the_end(self, receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()


def asking(port: int) -> socket.socket:
    client = socket.socket()
    client.settimeout(5)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 262144)
    client.connect(("127.0.0.1", port))
    client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    return client


def read_a_lot(client: socket.socket) -> int:
    """Read until some two megabytes, or the end, came; how much that was."""
    got = 0
    while got < 2_000_000 and (part := client.recv(262144)):
        got += len(part)
        if part.endswith(b"0\r\n\r\n"):
            break
    return got


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(serving, "READ_WITHIN", 0.2)


def test_a_client_that_never_reads_is_dropped():
    async def scenario():
        app = Pouring()
        listener = Listener(app, "127.0.0.1", 0)
        await listener.start()
        client = asking(listener.port)
        await asyncio.wait_for(app.left.wait(), 5)
        client.close()
        await asyncio.wait_for(listener.stop(), 2)

    asyncio.run(scenario())


def test_a_client_that_reads_slowly_gets_everything():
    async def scenario():
        app = Pouring(most=200)
        listener = Listener(app, "127.0.0.1", 0)
        await listener.start()
        client = asking(listener.port)
        got = 0
        while got < app.most * len(CHUNK):
            got += await asyncio.to_thread(read_a_lot, client)
            await asyncio.sleep(0.05)  # meanwhile everything is full
        client.close()
        await asyncio.wait_for(listener.stop(), 2)
        assert app.sent == app.most

    asyncio.run(scenario())
