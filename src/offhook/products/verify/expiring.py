"""Verifications end by themselves: one timer waits for the next, and then the codes of all that are over are erased."""

from offhook.kit.clock import SECOND, Timer
from offhook.products.verify import verification_store as store
from offhook.runtime import Tasks, Timers
from offhook.storage import Database, StorageError, Unit

LOOK_AGAIN = 2 * SECOND  # after the database was away


class Expiring:
    """Notes what is over. No answer depends on it: whoever looks at a verification also looks at its time."""

    def __init__(self, database: Database, timers: Timers, tasks: Tasks) -> None:
        self._database = database
        self._timers = timers
        self._tasks = tasks
        self._alarm: Timer | None = None

    async def start(self) -> None:
        """End what ended while nobody was there."""
        await self._end()

    def expect(self, moment: int) -> None:
        """A verification ends then: be there in time."""
        if self._alarm is not None:
            if self._alarm.at <= moment:
                return
            self._alarm.cancel()
        self._alarm = self._timers.at(moment, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._tasks.spawn(self._end(), "end-verifications")

    async def _end(self) -> None:
        unit = Unit()
        store.expire(unit, self._timers.clock.now())
        try:
            await self._database.commit(unit)
            following = await store.next_end(self._database)
        except StorageError as problem:
            if problem.kind not in ("unavailable", "full"):
                raise
            following = self._timers.clock.now() + LOOK_AGAIN
        if following is not None:
            self.expect(following)
