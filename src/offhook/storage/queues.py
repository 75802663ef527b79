"""A worker on a table used as a queue: in memory while all is well, from the table after a crash or for later work.

`take` is the fast way: a row that was inserted already leased to this process is handed over once it is durable.
`sweep` is the sure way: it claims whatever is due and free. A sweep runs at start, when the earliest waiting row
falls due, when another process rings the bus, and at intervals, to pick up leases that ran out.

A row for which there is no room goes back to the table at once, and a sweep follows as soon as there is room. A row
whose handler raises goes back too, to come again after RETRY_AFTER, or sooner where only the database was away. Nothing is remembered here that the table does
not say as well, so a crash loses nothing; it may do something twice, which is why `handle` ends by changing the row.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import msgspec
import structlog

from offhook.kit.clock import MINUTE, SECOND, Timer
from offhook.runtime import Tasks, Timers
from offhook.storage.claims import SHARED, SOLE_WORKER, Claims
from offhook.storage.database import Database
from offhook.storage.unit import StorageError

R = TypeVar("R", bound=msgspec.Struct)
log = structlog.get_logger("offhook.queues")
BATCH = 100
RETRY_AFTER = MINUTE  # for a row whose handler raised
GLANCE = SECOND // 20  # until a row that another worker has locked is looked at again
LOOK_AGAIN = 2 * SECOND  # after a sweep or a putting back that failed: the database is away


class Queue(Generic[R]):
    """Calls `handle(row)` once for each claimed row; rows run side by side, at most `most_at_once`.

    `handle` settles the row in a unit of its own: it deletes it, or gives it another `due` and no `lease`. With several
    workers it must be done within SHARED, or the row is somebody else's.
    """

    def __init__(
        self,
        name: str,
        database: Database,
        claims: Claims[R],
        timers: Timers,
        tasks: Tasks,
        handle: Callable[[R], Awaitable[None]],
        *,
        sole_worker: bool,
        most_at_once: int = 1000,
    ) -> None:
        self._name, self._database, self._claims = name, database, claims
        self._timers, self._tasks, self._handle = timers, tasks, handle
        self._sole_worker = sole_worker
        self._most = most_at_once
        self._running = 0
        self._alarm: Timer | None = None
        self._sweeping = False
        self._again = False
        self._behind = False  # there may be due rows that found no room
        self._stopped = False

    @property
    def hold(self) -> int:
        """For how long a row is leased, in microseconds of the database's time."""
        return SOLE_WORKER if self._sole_worker else SHARED

    async def start(self) -> None:
        """Take up what a former process left behind. Raises StorageError when the database does not answer."""
        if self._sole_worker:
            await self._claims.clear(self._database)
        await self.sweep()

    def stop(self) -> None:
        """Take nothing more; what runs goes on."""
        self._stopped = True
        if self._alarm is not None:
            self._alarm.cancel()

    def take(self, row: R) -> None:
        """Work on a row that is durable and leased to this process."""
        if self._stopped or self._running >= self._most:
            self._behind = True
            self._tasks.spawn(self._put_back([row], self._timers.clock.now()), f"{self._name}-put-back")
            return
        self._running += 1
        self._tasks.spawn(self._work_on(row), self._name)

    def expect(self, due: int) -> None:
        """A free row that falls due at `due` is durable: be there in time."""
        if self._stopped or (self._alarm is not None and self._alarm.at <= due):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._timers.at(due, self._alarm_rang)

    def ring(self) -> None:
        """There may be something to do: sweep soon."""
        if self._sweeping:
            self._again = True
        elif not self._stopped:
            self._sweeping = True
            self._tasks.spawn(self._sweep(), f"{self._name}-sweep")

    async def sweep(self) -> None:
        """Claim and start everything that is due, then set the alarm for what comes next."""
        if self._sweeping:
            self._again = True
        elif not self._stopped:
            self._sweeping = True
            await self._sweep()

    def _alarm_rang(self) -> None:
        self._alarm = None
        self.ring()

    async def _sweep(self) -> None:
        self._again = True
        try:
            while self._again and not self._stopped:
                self._again = False
                await self._claim_all()
                await self._set_alarm()
        except Exception as problem:
            log.error("sweep_failed", queue=self._name, exc_info=problem)
            self.expect(self._timers.clock.now() + LOOK_AGAIN)
        finally:
            self._sweeping = False

    async def _claim_all(self) -> None:
        while not self._stopped:
            room = min(BATCH, self._most - self._running)
            if room <= 0:
                self._behind = True
                return
            self._behind = False
            now = self._timers.clock.now()
            rows = await self._claims.claim(self._database, now=now, hold=self.hold, most=room)
            for row in rows:
                self.take(row)
            if len(rows) < room:
                return

    async def _set_alarm(self) -> None:
        due = await self._claims.next_due(self._database)
        now = self._timers.clock.now()
        if due is not None and due > now:
            self.expect(due)
        elif due is not None and not self._behind:  # it fell due just now, or another worker has it in its hands
            self._look_again(now)
        if not self._sole_worker:
            self.expect(now + SHARED)

    def _look_again(self, now: int) -> None:
        if self._sole_worker:
            self._again = True
        else:
            self.expect(now + GLANCE)

    async def _work_on(self, row: R) -> None:
        try:
            await self._handle(row)
        except Exception as problem:
            log.error("row_failed", queue=self._name, exc_info=problem)
            await self._put_back([row], self._timers.clock.now() + _pause_after(problem))
        finally:
            self._running -= 1
            if self._behind:
                self.ring()

    async def _put_back(self, rows: list[R], due: int) -> None:
        """Let go of rows until `due`, as often as it takes: while a sole worker holds a row, nobody else will."""
        while True:
            try:
                await self._claims.put_back(self._database, rows, due=due)
            except StorageError as problem:
                log.error("put_back_failed", queue=self._name, problem=str(problem))
                await self._timers.sleep_until(self._timers.clock.now() + LOOK_AGAIN)
            else:
                self.expect(due)
                return


def _pause_after(problem: Exception) -> int:
    """How long to wait before a row is tried again: the database comes back soon, a bug does not go away."""
    is_away = isinstance(problem, StorageError) and problem.kind in ("unavailable", "full")
    return LOOK_AGAIN if is_away else RETRY_AFTER
