"""Which connections are kept for the next call, and which are closed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from offhook.fetch.connection import Connection, Place, open_connection
from offhook.fetch.connections import Connections
from offhook.fetch.reading import Reading

pytestmark = pytest.mark.usefixtures("each_loop")


def no_trust() -> Any:
    raise AssertionError("plain HTTP asks for no certificates")


def running(scenario: Callable[[Callable[[], Awaitable[Connection]], Place], Awaitable[None]], receiver: Any) -> None:
    async def run() -> None:
        async with receiver(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as there:
            place = Place("http", "app.example", "127.0.0.1", there.port)
            await scenario(lambda: open_connection(place, no_trust, "http://app.example/"), place)

    asyncio.run(run())


def test_the_connection_used_last_is_used_first(receiver: Any) -> None:
    async def scenario(make: Callable[[], Awaitable[Connection]], place: Place) -> None:
        kept = Connections(8)
        first, second = kept.lend(await make()), kept.lend(await make())
        kept.give_back(place, first)
        kept.give_back(place, second)
        assert kept.take(place._replace(host="other.example")) is None
        assert [kept.take(place), kept.take(place), kept.take(place)] == [second, first, None]
        kept.close()

    running(scenario, receiver)


def test_the_oldest_goes_when_there_are_too_many(receiver: Any) -> None:
    async def scenario(make: Callable[[], Awaitable[Connection]], place: Place) -> None:
        kept = Connections(2)
        made = [kept.lend(await make()) for _ in range(3)]
        for each in made:
            kept.give_back(place, each)
        assert len(kept) == 2
        assert [each.usable for each in made] == [False, True, True]
        kept.close()
        assert [each.usable for each in made] == [False, False, False]

    running(scenario, receiver)


def test_a_connection_that_waited_too_long_is_not_used(receiver: Any) -> None:
    async def scenario(make: Callable[[], Awaitable[Connection]], place: Place) -> None:
        kept = Connections(2)
        old = kept.lend(await make())
        kept.give_back(place, old)
        old.idle_since -= 1.5
        assert kept.take(place) is None
        assert not old.usable
        assert len(kept) == 0

    running(scenario, receiver)


def test_bytes_that_nobody_asked_for_close_a_connection(receiver: Any) -> None:
    async def scenario() -> None:
        async def chatter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            await reader.read(1)  # the word to go on
            writer.write(b"HTTP/1.1 200 OK\r\n")

        async with receiver(chatter) as there:
            kept, place = Connections(2), Place("http", "app.example", "127.0.0.1", there.port)
            connection = kept.lend(await open_connection(place, no_trust, "http://app.example/"))
            request = b"GET / HTTP/1.1\r\nHost: app.example\r\n\r\n"
            answer = await connection.ask(request, Reading(100), "http://app.example/", lambda: None)
            assert answer.status == 200
            kept.give_back(place, connection)
            assert connection.usable
            connection._transport.write(b"!")
            await asyncio.wait_for(there.closed.wait(), 2)
            assert kept.take(place) is None

    asyncio.run(scenario())


def test_closing_ends_calls_under_way(receiver: Any) -> None:
    async def scenario() -> None:
        async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()

        async with receiver(hang) as there:
            kept, place = Connections(2), Place("http", "app.example", "127.0.0.1", there.port)
            connection = kept.lend(await open_connection(place, no_trust, "http://app.example/"))
            request = b"GET / HTTP/1.1\r\nHost: app.example\r\n\r\n"
            asking = asyncio.ensure_future(connection.ask(request, Reading(100), "http://app.example/", lambda: None))
            await asyncio.sleep(0.01)
            kept.close()
            done, _ = await asyncio.wait({asking}, timeout=2)
            assert "closed the connection" in str(done.pop().exception())

    asyncio.run(scenario())
