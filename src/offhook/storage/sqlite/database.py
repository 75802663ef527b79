"""The `Database` port on one SQLite file: a writer thread for units, a few threads with read-only connections.

A small query (`Query.small`) is answered on the event loop, out of memory if that was done just now: a thread costs
more than such a query does.
"""

import asyncio
import sqlite3
import threading
import time
from bisect import bisect_left
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from offhook.runtime import Work
from offhook.storage.sqlite.connecting import open_for_reading, open_for_writing
from offhook.storage.sqlite.errors import translated
from offhook.storage.sqlite.kept import Kept
from offhook.storage.sqlite.writer import Writer
from offhook.storage.statement import MOST_KEYS, Query
from offhook.storage.unit import StorageError, Unit

R = TypeVar("R")
READERS = 2


class SqliteDatabase:
    """An open SQLite file. Create it on the event loop that uses it."""

    def __init__(self, path: Path, work: Work) -> None:
        self._path = path
        self._kept = Kept(time.monotonic)
        self._writer = Writer(open_for_writing(path), work, self._kept.changed)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._at_hand = open_for_reading(path, wait=0)
        self._closed = False

    async def commit(self, unit: Unit) -> None:
        """Run the unit and wait until it is on the disk."""
        await self._writer.submit(unit)

    def post(self, unit: Unit) -> None:
        """Run the unit soon, without waiting; what goes wrong is logged."""
        self._writer.post(unit)

    async def all(self, query: Query[R], **values: Any) -> list[R]:
        """All records of `query`, read in a thread unless it is small. Raises StorageError."""
        if self._closed:
            raise StorageError("unavailable", "the database is closed")
        if query.small:
            try:
                return self._at_once(query, values)
            except StorageError as problem:
                if problem.kind != "unavailable":
                    raise
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, query, values)

    async def first(self, query: Query[R], **values: Any) -> R | None:
        """The first record of `query`, or None."""
        records = await self.all(query, **values)
        return records[0] if records else None

    def when_in_doubt(self, act: Callable[[], None]) -> None:
        """A commit of SQLite works or does not: there is never any doubt."""

    async def close(self) -> None:
        """Finish what was handed in, reads and units, then close every connection."""
        self._closed = True
        self._writer.take_no_more()
        await asyncio.get_running_loop().run_in_executor(None, self._readers.shutdown)
        self._at_hand.close()
        while self._open:
            self._open.pop().close()
        await self._writer.close()  # last: only a connection that may write can put the log away

    def _at_once(self, query: Query[R], values: dict[str, Any]) -> list[R]:
        if query.keys is not None and self._is_absent(query.keys, *values.values()):
            return []
        return self._kept.get(query, values, lambda: _read(self._at_hand, query, values))

    def _is_absent(self, keys: Query[str], value: str) -> bool:
        """Whether a value is none of these keys; False also where they are too many to know."""
        known = self._kept.get(keys, {}, lambda: _read(self._at_hand, keys, {}))
        if len(known) > MOST_KEYS:
            return False
        place = bisect_left(known, value)
        return place == len(known) or known[place] != value

    def _read(self, query: Query[R], values: dict[str, Any]) -> list[R]:
        return _read(self._connection(), query, values)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = open_for_reading(self._path)
            self._open.append(connection)
        return connection


def _read(connection: sqlite3.Connection, query: Query[R], values: dict[str, Any]) -> list[R]:
    compiled = query.sqlite
    try:
        rows = connection.execute(compiled.sql, compiled.arguments(values)).fetchall()
    except sqlite3.Error as problem:
        raise translated(problem) from problem
    return query.records(rows)
