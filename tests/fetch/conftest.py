"""A real HTTP receiver on the loopback, as well or badly behaved as a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
import uvloop

from offhook.fetch import Fetcher, Guard

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Receiver:
    """What arrived: `requests` are whole, head and body; `closed` is set when a client went away."""

    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0]) if lengths else 0)


@asynccontextmanager
async def receiving(
    behaviour: Behaviour | bytes, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Runs a receiver; `behaviour` is what it does with each request, or the bytes it always answers."""
    receiver, tasks = Receiver(), set[asyncio.Task[None]]()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        receiver.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                receiver.requests.append(await read_request(reader))
                if isinstance(behaviour, bytes):
                    writer.write(behaviour)
                else:
                    await behaviour(reader, writer)
                await writer.drain()
        receiver.closed.set()
        writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(talk(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, host, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture(params=["asyncio", "uvloop"])
def each_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs a test on the loop of asyncio and on that of `offhook up`."""
    before = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy() if request.param == "uvloop" else None)
    yield
    asyncio.set_event_loop_policy(before)


@pytest.fixture
def receiver() -> Callable[..., object]:
    return receiving


@pytest.fixture
def answer() -> Callable[..., bytes]:
    """Builds a well-formed HTTP answer."""

    def build(body: bytes = b"", status: str = "200 OK", *headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        return "\r\n".join(lines).encode("latin-1") + body

    return build


@pytest.fixture
def fetching() -> Callable[..., object]:
    """A fetcher that may call this machine, closed at the end. `names` maps host names to addresses."""

    @asynccontextmanager
    async def run(
        names: dict[str, list[str]] | None = None, **options: object
    ) -> AsyncIterator[tuple[Fetcher, list[str]]]:
        asked: list[str] = []

        async def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return (names or {})[host]

        guard = Guard(allow_private=True, own_ports=lambda: (), resolve=resolve)
        fetcher = Fetcher(guard, **options)  # type: ignore[arg-type]
        try:
            yield fetcher, asked
        finally:
            await fetcher.close()

    return run
