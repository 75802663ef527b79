"""The product's clock as people see it: what time it is, and, where it is virtual, moving it.

A virtual clock stands still until it is advanced; every timer on the way fires in order, each after the work of the
one before it is finished. Where it stands is remembered in the database, and it never goes back.
"""

from typing import Literal

import msgspec

from offhook.exchanges import events
from offhook.products.network import store
from offhook.runtime import Timers, VirtualTimers
from offhook.storage import Database, Unit
from offhook.web import ApiError


class ClockReading(msgspec.Struct):
    """What the clock shows, in UTC microseconds; `waiting` timers lie ahead, the first at `next_at`."""

    mode: Literal["real", "virtual"]
    now: int
    waiting: int | None
    next_at: int | None


class Clockwork:
    """Reads and moves the clock."""

    def __init__(self, timers: Timers, database: Database) -> None:
        self._timers = timers
        self._database = database
        if isinstance(timers, VirtualTimers):
            timers.moving = self._keep

    def read(self) -> ClockReading:
        """What the clock shows."""
        now = self._timers.clock.now()
        if isinstance(self._timers, VirtualTimers):
            return ClockReading("virtual", now, self._timers.waiting, self._timers.next_at)
        return ClockReading("real", now, None, None)

    async def advance(self, microseconds: int) -> ClockReading:
        """Move a virtual clock forward, firing what falls due on the way."""
        timers = self._virtual()
        since = timers.clock.now()
        await timers.advance(since + microseconds)
        return await self._kept(since)

    async def step(self, up_to: int) -> ClockReading:
        """Wait until nothing runs, then jump to the next timer within `up_to` microseconds, if there is one."""
        timers = self._virtual()
        since = timers.clock.now()
        await timers.step(since + up_to)
        return await self._kept(since)

    async def keep(self) -> None:
        """Remember where a virtual clock stands, so that the next start begins there."""
        if isinstance(self._timers, VirtualTimers):
            unit = Unit()
            store.keep_virtual_now(unit, self._timers.clock.now())
            await self._database.commit(unit)

    def _keep(self, moment: int) -> None:
        """The clock is about to move. Units are committed in order, so what happens there is never kept without it."""
        unit = Unit()
        store.keep_virtual_now(unit, moment)
        self._database.post(unit)

    async def _kept(self, since: int) -> ClockReading:
        now = self._timers.clock.now()
        unit = Unit()
        store.keep_virtual_now(unit, now)
        if now != since:
            events.note(unit, "clock.updated", account_sid=None, sid=None, now=now)
        await self._database.commit(unit)
        return self.read()

    def _virtual(self) -> VirtualTimers:
        if not isinstance(self._timers, VirtualTimers):
            raise ApiError(20409, "The clock is the machine's; start with --clock virtual to be able to move it", 409)
        return self._timers
