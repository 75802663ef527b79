"""A stop cuts nobody off who has connected: the request on its way is answered, and the answer says it is the last."""

import asyncio
import socket
import ssl
import time

import pytest
import uvloop

from offhook.interception.authority import Authority
from offhook.roles import serving
from offhook.roles.serving import IDLE_FOR, Listener

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Counting:
    """Answers at once."""

    def __init__(self):
        self.served = 0

    async def __call__(self, scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})
        self.served += 1


def run(scenario, tls=None):
    async def whole():
        app = Counting()
        listener = Listener(app, "127.0.0.1", 0, tls)
        await listener.start()
        try:
            await scenario(app, listener)
        finally:
            await listener.stop()

    uvloop.run(asyncio.wait_for(whole(), 10))


def at_the_door(port, sent=b""):
    """A client that connects and sends while the event loop is busy: nobody has let it in."""
    client = socket.create_connection(("127.0.0.1", port))
    client.settimeout(5)
    client.sendall(sent)
    return client


def everything(client):
    got = b""
    while part := client.recv(65536):
        got += part
    client.close()
    return got


def test_who_comes_at_the_last_moment_is_let_in_and_answered(monkeypatch):
    """They connect while the stop is under way, and the event loop has not seen them."""
    late = []
    accepted = serving._accepted

    async def scenario(app, listener):
        port = listener.port

        def at_the_last_moment(door):
            late.extend(at_the_door(port, GET) for _ in range(50))
            return accepted(door)

        monkeypatch.setattr(serving, "_accepted", at_the_last_moment)
        early = [at_the_door(port, GET) for _ in range(50)]
        await listener.stop()
        for client in [*early, *late]:
            answer = await asyncio.to_thread(everything, client)
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert client in early or b"connection: close" in answer.lower()
        assert app.served == 100

    run(scenario)


def test_the_request_that_is_on_its_way_to_a_kept_connection_is_answered():
    async def scenario(app, listener):
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        writer.write(GET)
        await reader.readuntil(b"ok")
        stopping = asyncio.ensure_future(listener.stop())
        await asyncio.sleep(0.05)
        assert not reader.at_eof()
        writer.write(GET)
        answer = await reader.read()
        assert answer.endswith(b"ok")
        assert b"connection: close" in answer.lower()
        await stopping
        writer.close()

    run(scenario)


@pytest.mark.parametrize("sent", [b"", b"no TLS at all", b"\x16\x03\x01"])
def test_whoever_is_at_the_tls_door_without_a_handshake_holds_up_nothing(tmp_path, sent):
    async def scenario(app, listener):
        client = at_the_door(listener.port, sent)
        start = time.monotonic()
        await listener.stop()
        assert time.monotonic() - start < 2
        client.close()

    run(scenario, tls=Authority.open(tmp_path).server_context())


def test_who_is_at_the_tls_door_is_answered(tmp_path):
    authority = Authority.open(tmp_path)
    context = ssl.create_default_context(cafile=str(authority.ca_path))

    async def scenario(app, listener):
        client = at_the_door(listener.port)
        stopping = asyncio.ensure_future(listener.stop())

        def talk():
            with context.wrap_socket(client, server_hostname="api.twilio.com") as wrapped:
                wrapped.sendall(GET)
                return wrapped.recv(1000)

        assert (await asyncio.to_thread(talk)).startswith(b"HTTP/1.1 200 ")
        await stopping

    run(scenario, tls=authority.server_context())


def test_an_idle_connection_is_kept_longer_than_clients_keep_theirs():
    """Node's fetch keeps one for 4 s, aiohttp for 15 s, Go's client for 90 s; nginx keeps one for 75 s."""
    assert IDLE_FOR >= 60
