"""Receivers that refuse, hang, drip, lie and flood. Each ends as one FetchError, in time."""

import asyncio
import gzip
import socket
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from offhook.fetch import Fetcher, FetchError, Guard, Limits, Request

pytestmark = pytest.mark.usefixtures("each_loop")

Make = Callable[..., Any]
QUICK = Limits(connect=0.15, read=0.15, total=0.4)


async def failure(fetcher: Any, request: Request, redirects: int = 0) -> tuple[FetchError, float]:
    """The error a call ends in, and after how many seconds."""
    begin = time.monotonic()
    with pytest.raises(FetchError) as caught:
        await fetcher.send(request, redirects=redirects)
    return caught.value, time.monotonic() - begin


def post(url: str, limits: Limits = QUICK) -> Request:
    return Request("POST", url, (), b"Body=hi", limits)


def test_a_closed_port_is_a_connect_error(fetching: Make) -> None:
    async def scenario() -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            async with fetching() as (it, _):
                error, _ = await failure(it, post(f"http://u:hunter2@127.0.0.1:{unused.getsockname()[1]}/", Limits()))
        assert (error.kind, error.retry_class) == ("connect", "ct")
        assert "refused" in str(error)
        assert "hunter2" not in str(error)

    asyncio.run(scenario())


@pytest.mark.parametrize("limits", [QUICK, Limits(connect=5, read=5, total=0.2), Limits(connect=0.2)])
def test_a_host_that_drops_packets_is_a_connect_timeout(limits: Limits, fetching: Make) -> None:
    async def scenario() -> None:
        with socket.socket() as full:
            full.bind(("127.0.0.1", 0))
            full.listen(0)
            waiting = [socket.socket() for _ in range(4)]  # more than the backlog takes: the next SYN is dropped
            for each in waiting:
                each.setblocking(False)
                with suppress(BlockingIOError):
                    each.connect(full.getsockname())
            async with fetching() as (it, _):
                error, seconds = await failure(it, post(f"http://127.0.0.1:{full.getsockname()[1]}/", limits))
            for each in waiting:
                each.close()
        assert (error.kind, error.retry_class) == ("connect_timeout", "ct")
        assert 0.14 < seconds < 2

    asyncio.run(scenario())


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize(
    ("limits", "least"),
    [
        (Limits(connect=0.6, read=0.15, total=2), 0.15),
        (Limits(connect=5, read=5, total=0.2), 0.2),
        (Limits(total=0.2), 0.2),
    ],
)
def test_silence_is_a_read_timeout(limits: Limits, least: float, receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(hang) as there, fetching() as (it, _):
            error, seconds = await failure(it, post(there.url, limits))
            assert (error.kind, error.retry_class) == ("read_timeout", "rt")
            assert least - 0.02 < seconds < least + 1.5

    asyncio.run(scenario())


def test_a_get_into_silence_ends_after_connect_and_read(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(hang) as there, fetching() as (it, _):
            limits = Limits(connect=0.1, read=0.1, total=5)
            error, seconds = await failure(it, Request("GET", there.url, limits=limits))
            assert error.kind == "read_timeout"
            assert 0.09 < seconds < 2

    asyncio.run(scenario())


def test_the_connection_is_dropped_when_the_time_is_over(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(hang) as there, fetching() as (it, _):
            await failure(it, post(there.url, Limits(read=0.1, connect=0.1, total=0.4)))
            await asyncio.wait_for(there.closed.wait(), 0.8)

    asyncio.run(scenario())


def drip(pause: float) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _ in range(100):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


def test_dripping_does_not_extend_the_total(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(drip(0.03)) as there, fetching() as (it, _):
            error, seconds = await failure(it, post(there.url))
            assert error.kind == "read_timeout"
            assert 0.35 < seconds < 2
            await asyncio.wait_for(there.closed.wait(), 0.5)

    asyncio.run(scenario())


def test_a_pause_longer_than_the_read_timeout_ends_the_call(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(drip(0.5)) as there, fetching() as (it, _):
            error, seconds = await failure(it, post(there.url, Limits(connect=0.5, read=0.1, total=3)))
            assert error.kind == "read_timeout"
            assert seconds < 2

    asyncio.run(scenario())


def test_a_slow_but_steady_answer_is_read_to_the_end(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(drip(0.008)) as there, fetching() as (it, _):
            response = await it.send(post(there.url, Limits(connect=0.5, read=0.5, total=10)))
            assert response.body == b"x" * 100

    asyncio.run(scenario())


def test_a_resolver_that_hangs_is_a_dns_failure(fetching: Make) -> None:
    async def scenario() -> None:
        async def never(host: str, port: int) -> list[str]:
            await asyncio.sleep(60)
            return []

        fetcher = Fetcher(Guard(allow_private=True, own_ports=lambda: (), resolve=never))
        error, seconds = await failure(fetcher, post("http://app.example/", Limits(total=0.1)))
        assert (error.kind, error.retry_class) == ("dns", "ct")
        assert seconds < 2
        await fetcher.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("length", [True, False])
@pytest.mark.parametrize(("size", "fits"), [(65_536, True), (65_537, False), (3_000_000, False)])
def test_the_body_limit_is_exact(size: int, fits: bool, length: bool, receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = f"Content-Length: {size}" if length else "Connection: close"
            writer.write(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + b"x" * size)
            await writer.drain()
            if not length:
                writer.close()

        async with receiver(behave) as there, fetching() as (it, _):
            if fits:
                assert len((await it.send(post(there.url, Limits()))).body) == size
                return
            error, _ = await failure(it, post(there.url, Limits()))
            assert (error.kind, error.retry_class) == ("too_large", None)
            if size > 65_537 or not length:  # a body read to its end leaves the connection usable
                await asyncio.wait_for(there.closed.wait(), 0.5)

    asyncio.run(scenario())


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_of_1_to_1000_is_defused(encoding: str, receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        zeros = b"\0" * 50_000_000
        bomb = gzip.compress(zeros, 9) if encoding == "gzip" else zlib.compress(zeros, 9)
        assert len(bomb) < 60_000
        async with receiver(answer(bomb, "200 OK", f"Content-Encoding: {encoding}")) as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()))
            assert error.kind == ("protocol" if encoding == "br" else "too_large")

    asyncio.run(scenario())


def test_an_honest_gzip_answer_is_decoded(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        body = gzip.compress(b"<Response/>")
        async with receiver(answer(body, "200 OK", "Content-Encoding: gzip")) as there, fetching() as (it, _):
            assert (await it.send(post(there.url, Limits()))).body == b"<Response/>"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"X: " + b"a" * 1_000_000, "too_large"),
        (b"X: " + b"a" * 70_000, "too_large"),
        (b"\r\n".join(b"X%d: a" % n for n in range(2000)), "too_large"),
        (b"Content-Length: abc", "protocol"),
        (b"Content-Length: 1\r\nContent-Length: 2", "protocol"),
        (b"no colon here", "protocol"),
    ],
)
def test_bad_headers_end_as_one_error(head: bytes, kind: str, receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\nok") as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()))
            assert (error.kind, error.retry_class) == (kind, None)

    asyncio.run(scenario())


@pytest.mark.parametrize("garbage", [b"\x00\xff\x16\x03\r\n\r\n", b"SSH-2.0-x\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n"])
def test_garbage_is_a_protocol_error(garbage: bytes, receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async with receiver(garbage) as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()))
            assert error.kind == "protocol"

    asyncio.run(scenario())


@pytest.mark.parametrize("reset", [True, False])
def test_hanging_up_without_an_answer_may_be_retried(reset: bool, receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if reset:
                writer.transport.abort()
            writer.close()

        async with receiver(behave) as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()))
            assert (error.kind, error.retry_class) == ("connect", "ct")

    asyncio.run(scenario())


def test_an_answer_cut_short_is_a_protocol_error(receiver: Make, fetching: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<Resp")
            await writer.drain()
            writer.close()

        async with receiver(behave) as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()))
            assert error.kind == "protocol"

    asyncio.run(scenario())


def test_redirects_are_answers_unless_asked_for(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"", "302 Found", "Location: /next")) as there, fetching() as (it, _):
            assert (await it.send(post(there.url, Limits()))).status == 302
            assert len(there.requests) == 1

    asyncio.run(scenario())


def test_a_redirect_loop_ends(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"", "302 Found", "Location: /hook")) as there, fetching() as (it, _):
            error, _ = await failure(it, post(there.url, Limits()), redirects=4)
            assert (error.kind, error.retry_class) == ("too_many_redirects", None)
            assert len(there.requests) == 5

    asyncio.run(scenario())


def test_a_followed_redirect_tells_where_it_ended(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            moved = answer(b"", "303 See Other", f"Location: http://app.example:{there.port}/b#frag")
            writer.write(answer(b"done") if b"/b " in there.requests[-1] else moved)

        names = {"app.example": ["127.0.0.1"]}
        async with receiver(behave) as there, fetching(names) as (it, asked):
            response = await it.send(post(there.url, Limits()), redirects=1)
            assert (response.body, response.url) == (b"done", f"http://app.example:{there.port}/b")
            assert there.requests[1].startswith(b"GET /b HTTP/1.1")
            assert asked == ["app.example"]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "location",
    ["http://169.254.169.254/latest", "http://0xA9FEA9FE/", "http://meta.example/", "//[::ffff:169.254.169.254]/"],
)
def test_a_redirect_to_metadata_is_refused(location: str, receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        names = {"meta.example": ["169.254.169.254"]}
        async with receiver(answer(b"", "302 Found", f"Location: {location}")) as there, fetching(names) as (it, _):
            error, _ = await failure(it, post(there.url, Limits()), redirects=3)
            assert error.kind == "refused"

    asyncio.run(scenario())


def test_many_slow_redirects_share_one_total(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.1)
            writer.write(answer(b"", "302 Found", "Location: /hook"))

        async with receiver(behave) as there, fetching() as (it, _):
            error, seconds = await failure(it, post(there.url, Limits(total=0.35)), redirects=10)
            assert error.kind == "read_timeout"
            assert 0.3 < seconds < 2

    asyncio.run(scenario())


def test_one_hanging_receiver_does_not_hold_up_another(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(hang) as bad, receiver(answer(b"ok")) as good, fetching(most_idle=1) as (it, _):
            slow = [
                asyncio.create_task(failure(it, post(bad.url, Limits(connect=5, read=0.3, total=5)))) for _ in range(20)
            ]
            await asyncio.sleep(0.05)
            begin = time.monotonic()
            for _ in range(20):
                assert (await it.send(post(good.url, Limits()))).body == b"ok"
            assert time.monotonic() - begin < 2
            assert {error.kind for error, _ in await asyncio.gather(*slow)} == {"read_timeout"}

    asyncio.run(scenario())
