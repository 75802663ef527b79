"""The writer: many units, one transaction, on one connection, in the order they were handed in.

Units queue up while the transaction before is under way; the writer takes all that wait and runs them together. It
first hopes that none fails and spares the savepoints, two round trips a unit; a run of plain inserts into one table
is sent in one go. If a unit does fail, PostgreSQL has undone everything, and the same units run again, a savepoint
each. `synchronous_commit=on` makes the end of the transaction the moment of truth. A lost connection is made again
for the next batch; the batch in flight gets StorageError("unavailable").
"""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import groupby
from typing import Any

import asyncpg
import structlog

from offhook.runtime import Work
from offhook.storage.jobs import Job, all_failed, next_batch, tell
from offhook.storage.postgres.errors import translated
from offhook.storage.statement import Statement
from offhook.storage.unit import Step, StorageError, Unit, lines_of

log = structlog.get_logger("offhook.storage")
CONNECT_TIMEOUT = 5.0  # seconds
COMMAND_TIMEOUT = 30.0


class _RefusedError(Exception):
    """A unit failed, the connection did not: the batch may run again with savepoints."""


class Writer:
    """Owns the writing connection. Everything happens on the loop."""

    def __init__(self, url: str, work: Work) -> None:
        self._url = url
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._connection: asyncpg.Connection | None = None
        self._jobs: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self.doubted: list[Callable[[], None]] = []  # called when nobody knows whether a batch was kept
        self._task = self._loop.create_task(self._run(), name="postgres-writer")

    async def submit(self, unit: Unit) -> None:
        """Commit the unit and wait for the disk. A caller that is cancelled leaves the unit to be committed."""
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._add(Job(unit, waiter))
        await waiter

    def post(self, unit: Unit) -> None:
        """Commit the unit soon."""
        self._add(Job(unit, None))

    async def close(self) -> None:
        """Finish what waits and close the connection."""
        self._closing = True
        self._wake.set()
        await asyncio.shield(self._task)
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.close(timeout=CONNECT_TIMEOUT)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                connection.terminate()

    def _add(self, job: Job) -> None:
        if self._closing:
            raise StorageError("unavailable", "the database is closed")
        self._work.enter()
        self._jobs.append(job)
        self._wake.set()

    async def _run(self) -> None:
        while self._jobs or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            while self._jobs:
                batch = next_batch(self._jobs)
                tell(batch, await self._write(batch), self._work)

    async def _write(self, batch: list[Job]) -> list[Exception | None]:
        """Run all units in one transaction; an outcome for each, None being success."""
        began = False
        try:
            connection = await self._connected()
            began = True
            try:
                return await _hopefully(connection, batch)
            except _RefusedError:
                return await _carefully(connection, batch)
        except Exception as problem:
            self._drop_connection()
            if began:
                self._doubt()
            failure = translated(problem)
            if failure is problem:
                log.exception("writing_failed")
            return all_failed(batch, failure)

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._url,
                timeout=CONNECT_TIMEOUT,
                command_timeout=COMMAND_TIMEOUT,
                server_settings={"synchronous_commit": "on", "application_name": "offhook-writer"},
            )
        return self._connection

    def _doubt(self) -> None:
        for act in self.doubted:
            self._loop.call_soon(act)

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()


async def _hopefully(connection: asyncpg.Connection, batch: list[Job]) -> list[Exception | None]:
    """All units without savepoints. Raises _RefusedError when one of several fails."""
    try:
        async with connection.transaction():
            try:
                await _run_steps(connection, [step for job in batch for step in job.unit.steps])
                await _write_lines(connection, [job.unit for job in batch])
            except Exception as problem:
                if connection.is_closed():
                    raise
                raise _RefusedError from problem
    except _RefusedError as refused:
        if len(batch) > 1 or not isinstance(refused.__cause__, Exception):
            raise
        return [translated(refused.__cause__)]
    return [None for _ in batch]


async def _carefully(connection: asyncpg.Connection, batch: list[Job]) -> list[Exception | None]:
    """All units, a savepoint each."""
    async with connection.transaction():
        return [await _write_one(connection, job.unit) for job in batch]


async def _write_one(connection: asyncpg.Connection, unit: Unit) -> Exception | None:
    try:
        async with connection.transaction():
            await _run_steps(connection, unit.steps)
            await _write_lines(connection, [unit])
    except Exception as problem:
        if connection.is_closed():
            raise ConnectionError("PostgreSQL closed the connection") from problem
        return translated(problem)
    return None


async def _run_steps(connection: asyncpg.Connection, steps: list[Step]) -> None:
    for statement, group in groupby(steps, key=_sent_together):
        if statement is None:
            for step in group:
                await _run_step(connection, step)
        else:
            await _insert_all(connection, statement, list(group))


def _sent_together(step: Step) -> Statement | None:
    return step.statement if step.statement.inserts_one and step.after is None else None


async def _insert_all(connection: asyncpg.Connection, statement: Statement, steps: list[Step]) -> None:
    compiled = statement.postgres
    if len(steps) == 1:
        await connection.execute(compiled.sql, *steps[0].arguments(compiled))
    else:
        await connection.executemany(compiled.sql, [step.arguments(compiled) for step in steps])
    for step in steps:
        step.done(1, [])


async def _write_lines(connection: asyncpg.Connection, units: list[Unit]) -> None:
    for statement, rows in lines_of(units):
        compiled = statement.postgres
        await connection.executemany(compiled.sql, [compiled.arguments(values) for values in rows])


async def _run_step(connection: asyncpg.Connection, step: Step) -> None:
    if not step.wanted:
        return
    compiled = step.statement.postgres
    arguments: tuple[Any, ...] = step.arguments(compiled)
    if step.statement.returns:
        rows = await connection.fetch(compiled.sql, *arguments)
        step.done(len(rows), rows)
    else:
        status: str = await connection.execute(compiled.sql, *arguments)
        step.done(int(status.rsplit(" ", 1)[-1]), [])
