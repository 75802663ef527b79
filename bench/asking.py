"""The load: connections that ask for the next thing as soon as they are answered, or at fixed moments.

Plain asyncio protocols with a parser in C, so that the client costs little beside what it measures; `bench.messages`
prints how much it can ask for at all, of a server that does nothing. In the open loop a request has a moment at which
it is due, and its latency counts from there: a server that stands still for a second pays for everything that it kept
waiting meanwhile.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter as time  # uvloop's own clock counts milliseconds

import httptools

PATIENCE = 60.0  # seconds for one answer


@dataclass
class Answers:
    """What came back. `latencies` in seconds; `begun` on the clock of `time` here, when the first was due."""

    bodies: list[bytes] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    refused: list[tuple[int, bytes]] = field(default_factory=list)
    seconds: float = 0.0
    begun: float = 0.0

    def note(self, status: int, body: bytes, latency: float) -> None:
        """Keep one answer."""
        self.latencies.append(latency)
        if status == 201:
            self.bodies.append(body)
        else:
            self.refused.append((status, body))

    @property
    def rate(self) -> float:
        """Accepted requests a second."""
        return len(self.bodies) / self.seconds


class Connection(asyncio.Protocol):
    """One connection: a request at a time, kept open between them."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Connect to a port of this machine."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer. Raises ConnectionError when the server hangs up."""
        if self._transport is None:
            raise ConnectionResetError("the server closed the connection")
        self._waiter = self._loop.create_future()
        self._transport.write(request)
        return await self._waiter

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """asyncio's."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio's."""
        self._transport = None
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(ConnectionResetError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        """asyncio's."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """httptools'."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """httptools'."""
        body, self._body = b"".join(self._body), []
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result((self._parser.get_status_code(), body))


async def ask_as_fast_as_answered(
    port: int, requests: list[bytes], connections: int, room: Callable[[int], bool] = lambda asked: True
) -> Answers:
    """Closed loop: every connection asks for the next thing once it has its answer, and there is `room` for more."""
    answers, rest = Answers(), iter(enumerate(requests))
    opened = [await Connection.open(port) for _ in range(connections)]

    async def go_on(connection: Connection) -> None:
        for at, request in rest:
            while not room(at):
                await asyncio.sleep(0.001)
            asked = time()
            answers.note(*await connection.ask(request), time() - asked)

    begun = time()
    await asyncio.gather(*map(go_on, opened))
    answers.seconds = time() - begun
    _close(opened)
    return answers


async def ask_at_a_pace(port: int, requests: list[bytes], per_second: float, connections: int = 64) -> Answers:
    """Open loop: the n-th request is due at n / per_second, whether the ones before are answered or not."""
    answers = Answers()
    opened = [await Connection.open(port) for _ in range(connections)]
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in opened:
        free.put_nowait(connection)

    async def ask(request: bytes, due: float) -> None:
        connection = await free.get()
        answers.note(*await connection.ask(request), time() - due)
        free.put_nowait(connection)

    begun = answers.begun = time() + 0.05
    async with asyncio.timeout(len(requests) / per_second + PATIENCE), asyncio.TaskGroup() as asking:
        for at, request in enumerate(requests):
            due = begun + at / per_second
            await asyncio.sleep(max(due - time(), 0))
            asking.create_task(ask(request, due))
    answers.seconds = time() - begun
    _close(opened)
    return answers


def _close(connections: list[Connection]) -> None:
    for connection in connections:
        connection.close()
