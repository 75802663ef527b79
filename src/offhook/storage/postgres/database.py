"""The `Database` port on PostgreSQL: one connection writes units in order, a pool of read-only connections reads.

Lost connections are made again when they are needed next. A read that finds its connection gone is tried on another
one; a unit is not (it may have been kept), its caller gets StorageError("unavailable").
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import asyncpg
from asyncpg.exceptions import InternalClientError

from offhook.runtime import Work
from offhook.storage.postgres.errors import translated
from offhook.storage.postgres.writer import COMMAND_TIMEOUT, CONNECT_TIMEOUT, Writer
from offhook.storage.statement import Query
from offhook.storage.unit import StorageError, Unit

R = TypeVar("R")
READERS = 8
READ_ONLY = {"default_transaction_read_only": "on", "application_name": "offhook-reader"}
GONE = (  # what a connection says that was lost since it was last used
    ConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    InternalClientError,
)


class PostgresDatabase:
    """An open PostgreSQL database. Use `await PostgresDatabase.open(url, work)`."""

    def __init__(self, url: str, pool: asyncpg.Pool, work: Work) -> None:
        self._pool = pool
        self._writer = Writer(url, work)
        self._reads = Work()  # of this database only, for `close` to wait for
        self._closed = False

    @classmethod
    async def open(cls, url: str, work: Work) -> "PostgresDatabase":
        """Connect to `postgresql://…`. Raises StorageError when nothing answers."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=READERS,
                timeout=CONNECT_TIMEOUT,
                command_timeout=COMMAND_TIMEOUT,
                server_settings=READ_ONLY,
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as problem:
            raise StorageError("unavailable", f"PostgreSQL does not answer: {problem}") from problem
        return cls(url, pool, work)

    async def commit(self, unit: Unit) -> None:
        """Run the unit and wait until it is durable."""
        await self._writer.submit(unit)

    def post(self, unit: Unit) -> None:
        """Run the unit soon, without waiting; what goes wrong is logged."""
        self._writer.post(unit)

    async def all(self, query: Query[R], **values: Any) -> list[R]:
        """All records of `query`. Raises StorageError."""
        if self._closed:
            raise StorageError("unavailable", "the database is closed")
        arguments = query.postgres.arguments(values)
        self._reads.enter()
        try:
            rows = await self._fetch(query.postgres.sql, arguments)
        except Exception as problem:
            raise translated(problem) from problem
        finally:
            self._reads.leave()
        return query.records(rows)

    async def first(self, query: Query[R], **values: Any) -> R | None:
        """The first record of `query`, or None."""
        records = await self.all(query, **values)
        return records[0] if records else None

    def when_in_doubt(self, act: Callable[[], None]) -> None:
        """Call `act` when the connection broke while units were being committed."""
        self._writer.doubted.append(act)

    async def close(self) -> None:
        """Finish what was handed in, reads and units, and close every connection."""
        self._closed = True
        await self._writer.close()
        try:
            await asyncio.wait_for(self._reads.idle(), COMMAND_TIMEOUT)
            await asyncio.wait_for(self._pool.close(), CONNECT_TIMEOUT)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._pool.terminate()

    async def _fetch(self, sql: str, arguments: tuple[Any, ...]) -> list[Any]:
        rows: list[Any]
        for _ in range(READERS):
            try:
                rows = await self._pool.fetch(sql, *arguments)
            except GONE as problem:
                if isinstance(problem, ConnectionRefusedError | ValueError):  # no server, or no value that can be sent
                    raise
            else:
                return rows
        raise StorageError("unavailable", "every connection to PostgreSQL was lost")
