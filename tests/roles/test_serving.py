"""Listening: real sockets, slow and rude clients, and stopping while requests are open."""

import asyncio
import json
import ssl
import time
from contextlib import asynccontextmanager

import pytest
import uvloop
from structlog.testing import capture_logs

from offhook.interception.authority import Authority
from offhook.roles import serving
from offhook.roles.serving import Listener

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Slow:
    """An application that reads the body, then answers when it is let."""

    def __init__(self):
        self.began, self.go, self.done = 0, asyncio.Event(), 0
        self.bodies, self.gone = [], 0
        self.go.set()

    async def __call__(self, scope, receive, send):
        self.began += 1
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.gone += 1
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        await self.go.wait()
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})
        self.done += 1


@asynccontextmanager
async def listening(count=1, tls=None):
    app = Slow()
    listeners = [Listener(app, "127.0.0.1", 0, tls) for _ in range(count)]
    for listener in listeners:
        await listener.start()
    try:
        yield app, listeners
    finally:
        app.go.set()
        for listener in listeners:
            await listener.stop()


async def connect(listener, tls=None):
    return await asyncio.open_connection("127.0.0.1", listener.port, ssl=tls)


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


def run(scenario, **options):
    async def whole():
        async with listening(**options) as (app, listeners):
            await scenario(app, *listeners)

    uvloop.run(asyncio.wait_for(whole(), 10))


async def answered(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return int(head.split()[1]), await reader.readexactly(length)


def check_refusal(answer, listener, status):
    """An answer of Twilio's kind to what is no request."""
    head, _, body = answer.partition(b"\r\n\r\n")
    said = json.loads(body)
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"\r\ntwilio-request-id: RQ" in head
    assert (said["code"], said["status"]) == (20001, status)
    assert said["more_info"] == f"http://127.0.0.1:{listener.port}/errors/20001"


def test_a_connection_serves_one_request_after_the_other():
    async def scenario(app, listener):
        reader, writer = await connect(listener)
        for _ in range(3):
            writer.write(GET)
            assert await answered(reader) == (200, b"ok")
        writer.close()
        assert app.done == 3

    run(scenario)


def test_two_listeners_stop_cleanly_while_requests_are_open():
    async def scenario(app, one, other):
        app.go.clear()
        connections = [await connect(listener) for listener in (one, other)]
        for _, writer in connections:
            writer.write(GET)
        await until(lambda: app.began == 2)
        stopping = [asyncio.ensure_future(listener.stop()) for listener in (one, other)]
        await asyncio.sleep(0.05)
        for listener in (one, other):
            with pytest.raises(OSError):  # nobody new is let in
                await connect(listener)
        assert not any(each.done() for each in stopping)
        app.go.set()
        for reader, _ in connections:
            assert await answered(reader) == (200, b"ok")
            assert await reader.read() == b""
        await asyncio.gather(*stopping)
        assert app.done == 2

    run(scenario, count=2)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", GET])
def test_idle_and_half_open_connections_do_not_hold_up_a_stop(sent):
    async def scenario(app, listener):
        reader, writer = await connect(listener)
        writer.write(sent)
        if sent == GET:
            await answered(reader)
        await asyncio.sleep(0.02)
        start = time.monotonic()
        await listener.stop()
        assert time.monotonic() - start < 1
        writer.close()

    run(scenario)


def test_an_idle_tls_connection_does_not_hold_up_a_stop(tmp_path):
    authority = Authority.open(tmp_path)
    client = ssl.create_default_context(cafile=str(authority.ca_path))

    async def scenario(app, listener):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", listener.port, ssl=client, server_hostname="api.twilio.com"
        )
        writer.write(GET)
        assert await answered(reader) == (200, b"ok")
        start = time.monotonic()
        await listener.stop()
        assert time.monotonic() - start < 1
        writer.close()

    run(scenario, tls=authority.server_context())


def test_a_request_that_never_ends_is_cut_when_the_patience_of_a_stop_is_over(monkeypatch):
    monkeypatch.setattr(serving, "STOP_WITHIN", 0.3)

    async def scenario(app, listener):
        app.go.clear()
        _, writer = await connect(listener)
        writer.write(GET)
        await until(lambda: app.began == 1)
        start = time.monotonic()
        await listener.stop()
        assert 0.25 < time.monotonic() - start < 1.5
        writer.close()

    run(scenario)


@pytest.mark.parametrize("sent", [b"", b"POST / HTTP/1.1\r\nHost: a\r\n", GET + b"GET / HTTP/1.1\r\nX-"])
def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch, sent):
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.1)

    async def scenario(app, listener):
        reader, writer = await connect(listener)
        start = time.monotonic()
        writer.write(sent)
        if sent.startswith(GET):
            assert await answered(reader) == (200, b"ok")
        assert await reader.read() == b""
        assert 0.05 < time.monotonic() - start < 1
        writer.close()

    run(scenario)


def test_a_head_that_comes_byte_by_byte_is_not_waited_for_longer(monkeypatch):
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.1)

    async def scenario(app, listener):
        reader, writer = await connect(listener)
        start = time.monotonic()
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n")
        while not reader.at_eof() and time.monotonic() - start < 2:
            writer.write(b"X: y\r\n")
            await asyncio.sleep(0.01)
        assert time.monotonic() - start < 1
        assert app.began == 0
        writer.close()

    run(scenario)


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(serving, "BODY_WITHIN", 0.1)

    async def scenario(app, listener):
        reader, writer = await connect(listener)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
        assert await reader.read() == b""
        await until(lambda: app.gone == 1)
        assert app.bodies == []
        writer.close()

    run(scenario)


def test_a_slow_answer_is_nobodys_fault(monkeypatch):
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.05)
    monkeypatch.setattr(serving, "BODY_WITHIN", 0.05)

    async def scenario(app, listener):
        app.go.clear()
        reader, writer = await connect(listener)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12")
        await asyncio.sleep(0.01)
        writer.write(b"345")
        await asyncio.sleep(0.2)
        app.go.set()
        assert await answered(reader) == (200, b"ok")
        assert app.bodies == [b"12345"]
        writer.close()

    run(scenario)


def test_a_connection_may_be_idle_between_requests_for_longer_than_a_head_may_take(monkeypatch):
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.05)

    async def scenario(app, listener):
        reader, writer = await connect(listener)
        for _ in range(2):
            writer.write(GET)
            assert await answered(reader) == (200, b"ok")
            await asyncio.sleep(0.15)
        writer.close()

    run(scenario)


def test_headers_of_any_size_are_not_kept():
    async def scenario(app, listener):
        reader, writer = await connect(listener)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 65_000)
        await asyncio.sleep(0.05)
        writer.write(b"x" * 1_000)
        check_refusal(await reader.read(), listener, 431)
        assert app.began == 0
        writer.close()

    run(scenario)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Content-Length: -5",
        b"Content-Length: five",
        b"Content-Length: 5, 5",
        b"Content-Length : 5",
        b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 5",
        b"X: a\nContent-Length: 5\x00",
    ],
)
def test_whose_length_is_doubtful_is_refused(head):
    """Two parsers that disagree about where a request ends let one be hidden in another."""

    async def scenario(app, listener):
        reader, writer = await connect(listener)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\n" + head + b"\r\n\r\n12345GET /hidden HTTP/1.1\r\n\r\n")
        with capture_logs() as logs:
            answer = await reader.read()
        check_refusal(answer, listener, 400)
        assert [(line["event"], line["code"], line["status"]) for line in logs] == [("request_refused", 20001, 400)]
        assert app.bodies == []
        writer.close()

    run(scenario)


@pytest.mark.parametrize("upgrade", [b"websocket", b"h2c"])
def test_who_asks_for_another_protocol_gets_the_answer_in_this_one_and_no_other(caplog, upgrade):
    async def scenario(app, listener):
        reader, writer = await connect(listener)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: " + upgrade + b"\r\n\r\n" + GET)
        assert await answered(reader) == (200, b"ok")
        assert await reader.read() == b""
        assert app.began == 1
        writer.close()

    with capture_logs() as logs:
        run(scenario)
    assert (logs, caplog.records) == ([], [])


def test_a_port_that_is_taken_is_an_error_and_given_back_in_the_end():
    async def scenario(app, listener):
        port = listener.port
        with pytest.raises(OSError, match="Address already in use"):
            Listener(app, "127.0.0.1", port)
        await listener.stop()
        again = Listener(app, "127.0.0.1", port)
        assert again.port == port
        again.close()

    run(scenario)


def test_many_silent_connections_do_not_slow_a_good_client():
    async def scenario(app, listener):
        silent = [await connect(listener) for _ in range(200)]
        for _, writer in silent[:100]:
            writer.write(b"POST / HTTP/1.1\r\nX-a: ")
        reader, writer = await connect(listener)
        start = time.monotonic()
        writer.write(GET)
        assert await answered(reader) == (200, b"ok")
        assert time.monotonic() - start < 0.5
        for _, each in [*silent, (reader, writer)]:
            each.close()

    run(scenario)
