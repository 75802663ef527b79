"""A worker on a table used as a queue: in memory while all is well, from the table after a crash or for later work.

`take` is the fast way: a row that was inserted already leased to this process is handed over once it is durable.
`sweep` is the sure way: it claims whatever is due and free. A sweep runs at start, when the earliest waiting row
falls due, when another process rings the bus, and at intervals, to pick up leases that ran out.

Which of the rows run, and which wait, is the business of `lanes`. A sole worker keeps the lease of a row for which
there is no room and reads it from the table again when there is; one of several workers lets go of it.
A row whose handler raises goes back to the table, to come again after RETRY_AFTER, or after LOOK_AGAIN where only the
database was away. Nothing is remembered here that the table does not say as well, so a crash loses nothing; it may do
something twice, which is why `handle` ends by changing the row.

When the database was lost in the middle of a commit, rows may be there, leased to this process, that were never handed
over. A sole worker looks for those too.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

import msgspec
import structlog

from offhook.kit.clock import MINUTE, SECOND, Timer
from offhook.runtime import Tasks, Timers
from offhook.storage.claims import SHARED, SOLE_WORKER, Claims
from offhook.storage.database import Database
from offhook.storage.lanes import LINE, Lanes
from offhook.storage.unit import StorageError

R = TypeVar("R", bound=msgspec.Struct)
log = structlog.get_logger("offhook.queues")
BATCH = 100
RETRY_AFTER = MINUTE  # for a row whose handler raised
GLANCE = SECOND // 20  # until a row that another worker has locked is looked at again
LOOK_AGAIN = 2 * SECOND  # after a sweep or a putting back that failed: the database is away


class NotYetError(Exception):
    """A handler says that its row has to wait a little, for another one."""


class Queue(Generic[R]):
    """Calls `handle(row)` once for each claimed row; rows run side by side, at most `most_at_once`.

    `handle` settles the row in a unit of its own: it deletes it, or gives it another `due` and no `lease`. With several
    workers it must be done within SHARED, or the row is somebody else's. `line` is how many rows of a lane wait in
    memory.
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
        line: int = LINE,
    ) -> None:
        self._name, self._database, self._claims = name, database, claims
        self._timers, self._tasks, self._handle = timers, tasks, handle
        self._sole_worker = sole_worker
        self._lanes: Lanes[R] = Lanes(most_at_once, claims.key_of, claims.lane_of, line)
        self._alarm: Timer | None = None
        self._sweeping = False
        self._again = False
        self._behind = False  # there may be due rows that found no room
        self._looking = False
        self._stopped = False

    @property
    def name(self) -> str:
        """Its name, which is also the topic of the bus that rings it."""
        return self._name

    @property
    def hold(self) -> int:
        """For how long a row is leased, in microseconds of the database's time."""
        return SOLE_WORKER if self._sole_worker else SHARED

    async def start(self) -> None:
        """Take up what a former process left behind. Raises StorageError when the database does not answer."""
        if self._sole_worker:
            self._database.when_in_doubt(self._doubt)
            self._timers.when_set_back(self._set_back)
            await self._claims.clear(self._database)
        await self.sweep()

    def stop(self) -> None:
        """Take nothing more; what runs goes on."""
        self._stopped = True
        if self._alarm is not None:
            self._alarm.cancel()

    def take(self, row: R) -> None:
        """Work on a row that is durable and leased to this process."""
        if self._stopped or (not self._sole_worker and self._lanes.room <= 0):
            self._behind = True
            self._spawn(self._put_back([row], self._timers.clock.now()), "put-back")
        elif self._lanes.enter(row):
            self._go_on()
        elif not self._sole_worker:
            self._spawn(self._put_back([row], self._timers.clock.now() + LOOK_AGAIN), "put-back")

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
            self._spawn(self._sweep(), "sweep")

    async def sweep(self) -> None:
        """Claim and start everything that is due, then set the alarm for what comes next."""
        if self._sweeping:
            self._again = True
        elif not self._stopped:
            self._sweeping = True
            await self._sweep()

    def _spawn(self, work: Coroutine[Any, Any, None], name: str = "") -> None:
        self._tasks.spawn(work, f"{self._name}-{name}" if name else self._name)

    def _go_on(self) -> None:
        """Start what may run now, and fill the lines that got short."""
        if self._stopped:
            return
        for row in self._lanes.startable():
            self._spawn(self._work_on(row))
        if self._sole_worker:
            for lane in self._lanes.to_fill():
                self._spawn(self._fill(lane, self._lanes.begin_to_fill(lane)), "fill")
        if self._behind and self._lanes.room > 0:
            self.ring()

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
            room = BATCH if self._sole_worker else min(BATCH, self._lanes.room)
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

    async def _fill(self, lane: str, most: int) -> None:
        """Read on in the table where the line of a lane ended."""
        try:
            rows = await self._claims.held(self._database, lane, now=self._timers.clock.now(), most=most)
        except StorageError as problem:
            log.error("filling_failed", queue=self._name, problem=str(problem))
            await self._timers.sleep_until(self._timers.clock.now() + LOOK_AGAIN)
            self._lanes.give_up_filling(lane)
        else:
            self._lanes.fill(lane, rows, most)
        self._go_on()

    def _set_back(self, by: int) -> None:
        if not self._stopped:
            self._spawn(self._move_back(by), "move-back")

    async def _move_back(self, by: int) -> None:
        """The clock was set back: rows that wait in the table do so no longer than they would have."""
        while not self._stopped:
            try:
                await self._claims.move_back(self._database, now=self._timers.clock.now(), by=by)
            except StorageError as problem:
                log.error("move_back_failed", queue=self._name, problem=str(problem))
                await self._timers.sleep_until(self._timers.clock.now() + LOOK_AGAIN)
            else:
                self.ring()
                return

    def _doubt(self) -> None:
        """Units may have been kept although whoever handed them in was told otherwise."""
        if not self._looking and not self._stopped:
            self._looking = True
            self._spawn(self._look_for_lost(), "look")

    async def _look_for_lost(self) -> None:
        """Every lane may have rows, leased to this process, that nobody handed over."""
        while not self._stopped:
            await self._timers.sleep_until(self._timers.clock.now() + LOOK_AGAIN)
            self._looking = False  # a doubt that comes up from now on needs another look
            try:
                lanes = await self._claims.lanes_held(self._database, now=self._timers.clock.now())
            except StorageError as problem:
                log.error("look_failed", queue=self._name, problem=str(problem))
                self._looking = True
                continue
            for lane in lanes:
                self._lanes.spill(lane)
            self._go_on()
            return

    async def _work_on(self, row: R) -> None:
        try:
            await self._handle(row)
        except Exception as problem:
            if not isinstance(problem, NotYetError):
                log.error("row_failed", queue=self._name, exc_info=problem)
            await self._put_back([row], self._timers.clock.now() + _pause_after(problem))
        finally:
            self._lanes.leave(row)
            self._go_on()

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
    return LOOK_AGAIN if is_away or isinstance(problem, NotYetError) else RETRY_AFTER
