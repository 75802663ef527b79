"""The writer thread: many units, one transaction, one fsync.

Units queue up while the disk is busy with the transaction before; the thread takes all that wait, runs them (see
`running`), and commits once. Nobody is told that a unit succeeded before the commit returned.
"""

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable

import structlog

from offhook.runtime import Work
from offhook.storage.jobs import Job, all_failed, next_batch, tell
from offhook.storage.sqlite.errors import translated
from offhook.storage.sqlite.running import run
from offhook.storage.unit import StorageError, Unit

log = structlog.get_logger("offhook.storage")


class Writer:
    """Owns the writing connection. `submit` and `post` are called on the loop, the rest happens in the thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        work: Work,
        changed: Callable[[Iterable[Unit]], None] = lambda units: None,
    ) -> None:
        """`changed` hears of the units of a transaction that was committed, before anybody else does."""
        self._connection = connection
        self._work = work
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._jobs: deque[Job] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def submit(self, unit: Unit) -> None:
        """Commit the unit and wait for the disk. A caller that is cancelled leaves the unit to be committed."""
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._add(Job(unit, waiter))
        await waiter

    def post(self, unit: Unit) -> None:
        """Commit the unit soon."""
        self._add(Job(unit, None))

    def take_no_more(self) -> None:
        """Refuse units from now on. Called on the loop like `_add`, so none slips in behind the thread's last look."""
        self._closing = True
        self._wake.set()

    async def close(self) -> None:
        """Finish what waits, end the thread, close the file."""
        self.take_no_more()
        await self._loop.run_in_executor(None, self._thread.join)
        self._connection.close()

    def _add(self, job: Job) -> None:
        if self._closing:
            raise StorageError("unavailable", "the database is closed")
        self._work.enter()
        self._jobs.append(job)
        if not self._wake.is_set():
            self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._jobs:
                batch = next_batch(self._jobs)
                self._report(batch, self._write(batch))
            if self._closing and not self._jobs:
                return

    def _report(self, batch: list[Job], outcomes: list[Exception | None]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._tell, batch, outcomes)
        except RuntimeError:  # the loop was closed under us: the units are done, nobody is left to be told
            log.warning("nobody_to_tell", units=len(batch))

    def _tell(self, batch: list[Job], outcomes: list[Exception | None]) -> None:
        self._changed(job.unit for job in batch)
        tell(batch, outcomes, self._work)

    def _write(self, batch: list[Job]) -> list[Exception | None]:
        """Run all units in one transaction; an outcome for each, None being success."""
        try:
            return run(self._connection, [job.unit for job in batch])
        except Exception as problem:  # noqa: BLE001 - whatever it is becomes the callers' outcome; the thread goes on
            return self._after_failure(batch, problem)

    def _after_failure(self, batch: list[Job], problem: Exception) -> list[Exception | None]:
        """On a full disk SQLite gives up the whole transaction: then each unit by itself, small ones may still fit."""
        failure = translated(problem)
        if failure is problem:
            log.error("writing_failed", exc_info=problem)
        if len(batch) > 1 and isinstance(failure, StorageError) and failure.kind == "full":
            return [self._write([job])[0] for job in batch]
        return all_failed(batch, failure)
