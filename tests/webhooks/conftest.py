"""A real app on the loopback that behaves as a test wants, and the webhooks floor on a real database."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import create_engine

from offhook import exchanges
from offhook.exchanges import Exchange, Recorder
from offhook.fetch import Fetcher, Guard
from offhook.kit.clock import SECOND
from offhook.products.monitor import Monitor
from offhook.runtime import Tasks, VirtualClock, VirtualTimers, Work
from offhook.storage import PageRequest, Queue, Unit, metadata
from offhook.storage.sqlite import SqliteDatabase
from offhook.webhooks import Asker, Callback, Delivery, Outbox, Question, outbox

START = 1_700_000_000 * SECOND
ACCOUNT, TOKEN = "AC" + "a" * 32, "12345"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


class Arrived:
    """A request as the app saw it."""

    def __init__(self, head: bytes, body: bytes, at: float) -> None:
        line, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = line.split(" ")
        self.headers = {n.lower(): v.strip() for n, _, v in (each.partition(":") for each in lines if each)}
        self.body, self.at = body.decode(), at

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body, keep_blank_values=True)


class App:
    """Answers with `script`'s answers in turn, then with `otherwise`. An answer is bytes, or what to do."""

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.otherwise: Answer = OK
        self.requests: list[Arrived] = []
        self.port = 0

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
                length = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                body = await reader.readexactly(int(length[0]) if length else 0)
                self.requests.append(Arrived(head, body, asyncio.get_running_loop().time()))
                answer = self.script.pop(0) if self.script else self.otherwise
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(writer)
                await writer.drain()
        writer.close()


def answer(status: str = "200 OK", *headers: str, body: bytes = b"") -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def hang(_writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.sleep(60)


async def drop(writer: asyncio.StreamWriter) -> None:
    """Close the connection instead of answering."""
    writer.close()
    raise ConnectionError


@asynccontextmanager
async def serving() -> AsyncIterator[App]:
    """An app that listens."""
    app, tasks = App(), set[asyncio.Task[None]]()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(app.talk(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    app.port = server.sockets[0].getsockname()[1]
    try:
        yield app
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Tokens:
    """Implements `Secrets` for one account."""

    async def auth_token(self, account_sid: str) -> str:
        return {ACCOUNT: TOKEN}[account_sid]


class House:
    """The webhooks floor, wired as a role wires it, with an app to call. Closed and opened it is a new process."""

    def __init__(self, path: Path, app: App) -> None:
        self.path, self.app = path, app
        self.clock = VirtualClock(START)

    async def open(self) -> None:
        self.work = Work()
        self.database = SqliteDatabase(self.path, self.work)
        self.tasks = Tasks(self.work)
        self.timers = VirtualTimers(self.work, self.clock)
        self.fetcher = Fetcher(Guard(allow_private=True, own_ports=lambda: ()))
        self.monitor = Monitor(self.database, self.clock)
        self.asker = Asker(self.fetcher, Tokens(), Recorder(self.database, self.tasks), self.clock)
        delivery = Delivery(self.asker, self.database, self.monitor)
        self.queue: Queue[Callback] = Queue(
            "callbacks", self.database, outbox.claims, self.timers, self.tasks, delivery.handle, sole_worker=True
        )
        self.outbox = Outbox(self.queue.hold)
        self.outbox.hand_over_to(self.queue.take)

    async def close(self) -> None:
        self.queue.stop()
        await self.tasks.drain(1)
        await self.fetcher.close()
        await self.database.close()

    async def tell(self, path: str, *resources: str, method: str = "POST", account_sid: str = ACCOUNT) -> None:
        """Commit a callback to `path` for each resource, in one unit."""
        unit = Unit()
        for number, resource in enumerate(resources):
            parameters = (("MessageSid", resource), ("Number", str(number)))
            url = path if "://" in path else self.app.url(path)
            self.outbox.add(
                unit,
                account_sid=account_sid,
                resource_sid=resource,
                url=url,
                parameters=parameters,
                now=START,
                method=method,
            )
        await self.database.commit(unit)

    def question(self, url: str, **changes: Any) -> Question:
        values = {"method": "POST", "parameters": (("Body", "hi there"), ("From", "+1")), "token": "KB1"}
        values |= {"kind": "callback", **changes}
        return Question(account_sid=ACCOUNT, resource_sid="SM1", url=url, **values)

    def rows(self) -> list[tuple[Any, ...]]:
        """The outbox as it stands on the disk: resource, lease, due."""
        with sqlite3.connect(self.path) as connection:
            return connection.execute("SELECT resource_sid, lease, due FROM callbacks ORDER BY seq").fetchall()

    async def alerts(self) -> list[Any]:
        """Newest first."""
        return (await self.monitor.alerts(ACCOUNT, PageRequest(1000), None, None, None)).rows

    async def exchanges(self) -> list[Exchange]:
        """Oldest first."""
        await self.work.idle()
        return (await exchanges.page(self.database, PageRequest(1000))).rows[::-1]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., None]:
    """Runs `scenario(house)`, with an app that answers 200."""

    def run(scenario: Callable[[House], Awaitable[None]]) -> None:
        async def whole() -> None:
            path = tmp_path / "test.db"
            engine = create_engine(f"sqlite:///{path}")
            metadata.create_all(engine)
            engine.dispose()
            async with serving() as app:
                house = House(path, app)
                await house.open()
                try:
                    await scenario(house)
                finally:
                    await house.close()

        asyncio.run(asyncio.wait_for(whole(), 15))

    return run


@pytest.fixture
def answers() -> Any:
    """Ways to answer."""

    class Answers:
        ok, hang, drop, build = OK, staticmethod(hang), staticmethod(drop), staticmethod(answer)

    return Answers
