"""Timers on asyncio: real time waits for the machine's clock, virtual time is advanced by hand.

Both keep one `TimerHeap`. Real timers look at the machine's clock at least once a second while something is waiting,
so a clock set forward, or a laptop that slept, delays nothing by more than that: what has become due is done at once,
each timer once. A clock set back does not make anybody wait longer: the waiting timers move back with it, and whoever
keeps moments elsewhere (rows in the database) is told by how much.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from offhook.kit.clock import SECOND, Clock, Timer, TimerHeap
from offhook.runtime.clocks import RealClock, VirtualClock
from offhook.runtime.work import Work

LONGEST_NAP = 1.0  # seconds of real time between two looks at the clock
SMALLEST_JUMP = 2 * SECOND  # a clock that falls behind by less has not been set back


class Timers(Protocol):
    """What products use to make things happen later."""

    clock: Clock

    def at(self, moment: int, callback: Callable[[], None]) -> Timer:
        """Call `callback` (plain function, on the loop) at `moment`; soon, if that is past."""
        ...

    async def sleep_until(self, moment: int) -> None:
        """Wait for `moment`; meanwhile the calling task is not counted as working."""
        ...

    def when_set_back(self, act: Callable[[int], None]) -> None:
        """Call `act` with the microseconds that the clock was set back by, whenever that happens."""
        ...


async def _sleep(timers: Timers, work: Work, moment: int) -> None:
    woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    pause = work.pause()

    def wake() -> None:
        if not woken.done():
            pause.end()  # before the task runs again, so that time cannot move in between
            woken.set_result(None)

    timer = timers.at(moment, wake)
    try:
        await woken
    finally:
        timer.cancel()
        pause.end()


class RealTimers:
    """Timers on the machine's clock."""

    def __init__(self, work: Work, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or RealClock()
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._heap = TimerHeap()
        self._wake: asyncio.TimerHandle | None = None
        self._wake_at = 0
        self._seen = self.clock.now()
        self._seen_at = self._loop.time()
        self._told: list[Callable[[int], None]] = []

    def at(self, moment: int, callback: Callable[[], None]) -> Timer:
        """Call `callback` at `moment`, or on one of the loop's next turns if that is past."""
        self._look()
        timer = self._heap.add(moment, callback)
        if self._wake is None or moment < self._wake_at:
            self._arm()
        return timer

    async def sleep_until(self, moment: int) -> None:
        """Wait for `moment`; meanwhile the calling task is not counted as working."""
        await _sleep(self, self._work, moment)

    def when_set_back(self, act: Callable[[int], None]) -> None:
        """Call `act` with the microseconds that the clock was set back by, whenever that happens."""
        self._told.append(act)

    def close(self) -> None:
        """Stop waking up."""
        if self._wake is not None:
            self._wake.cancel()

    def _look(self) -> int:
        """Read the clock; when it was set back, so are the timers."""
        now, ticks = self.clock.now(), self._loop.time()
        behind = int((ticks - self._seen_at) * SECOND) - (now - self._seen)
        if behind > SMALLEST_JUMP:
            self._heap.shift(-behind)
            for act in self._told:
                self._loop.call_soon(act, behind)
        self._seen, self._seen_at = now, ticks
        return now

    def _arm(self) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        due = self._heap.next_at()
        if due is not None:
            delay = min(max(due - self._seen, 0) / SECOND, LONGEST_NAP)
            self._wake_at = due
            self._wake = self._loop.call_later(delay, self._fire)

    def _fire(self) -> None:
        self._wake = None
        now = self._look()
        while (timer := self._heap.pop_due(now)) is not None:
            self._loop.call_soon(_call, timer)
        self._arm()


def _call(timer: Timer) -> None:
    if not timer.cancelled:
        timer.callback()


class VirtualTimers:
    """Timers on a clock that moves only in `advance` and `step`."""

    def __init__(self, work: Work, clock: VirtualClock, moving: Callable[[int], None] | None = None) -> None:
        """`moving` hears each moment before the clock moves there, so that it can be remembered first."""
        self.clock: Clock = clock
        self.moving = moving
        self._virtual = clock
        self._work = work
        self._heap = TimerHeap()
        self._one_at_a_time = asyncio.Lock()

    def at(self, moment: int, callback: Callable[[], None]) -> Timer:
        """Call `callback` when time reaches `moment`; on the loop's next turn if that is not in the future."""
        if moment <= self.clock.now():
            timer = Timer(moment, callback)
            self._fire(timer)
            return timer
        return self._heap.add(moment, callback)

    async def sleep_until(self, moment: int) -> None:
        """Wait for `moment`; meanwhile the calling task is not counted as working."""
        await _sleep(self, self._work, moment)

    def when_set_back(self, act: Callable[[int], None]) -> None:
        """A virtual clock never goes back."""

    async def advance(self, to: int) -> int:
        """Fire every timer up to `to` in order, each after the work of the one before it; returns how many.

        The calling task is not counted meanwhile. What a timer's callback raises goes to the loop's exception handler.
        """
        with self._work.paused():
            async with self._one_at_a_time:
                fired = 0
                while await self._fire_next(to):
                    fired += 1
                self._move_to(to)
                return fired

    async def step(self, up_to: int) -> bool:
        """When nothing is running, jump to the next timer not later than `up_to`; False when there is none."""
        with self._work.paused():
            async with self._one_at_a_time:
                return await self._fire_next(up_to)

    @property
    def waiting(self) -> int:
        """How many timers lie in the future."""
        return len(self._heap)

    @property
    def next_at(self) -> int | None:
        """When the next timer falls due."""
        return self._heap.next_at()

    async def _fire_next(self, up_to: int) -> bool:
        await self._work.idle()
        due = self._heap.next_at()
        if due is None or due > up_to:
            return False
        self._move_to(due)
        timer = self._heap.pop_due(due)
        if timer is not None:
            self._fire(timer)
            await self._work.idle()
        return True

    def _move_to(self, moment: int) -> None:
        if self.moving is not None and moment > self.clock.now():
            self.moving(moment)
        self._virtual.move_to(moment)

    def _fire(self, timer: Timer) -> None:
        self._work.enter()
        asyncio.get_running_loop().call_soon(self._call, timer)

    def _call(self, timer: Timer) -> None:
        try:
            _call(timer)
        finally:
            self._work.leave()
