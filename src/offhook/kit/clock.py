"""Time as the product sees it.

A moment is an integer: microseconds since 1970-01-01 UTC. Whoever needs to know the time is given a `Clock`;
whoever needs something to happen later adds a `Timer` to a `TimerHeap`. The heap is pure: it neither sleeps nor
asks what time it is. `offhook.runtime` drives one on asyncio with the real time, or with a virtual time that only
moves when told, which is what makes a two-minute phone menu run in milliseconds in a test.
"""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

SMALLEST_TIDIED = 64  # timers; a heap shorter than this is never searched for cancelled ones


class Clock(Protocol):
    """Tells the time. Nothing else in the product does."""

    def now(self) -> int:
        """The present moment in microseconds since 1970-01-01 UTC."""
        ...


class Timer:
    """One thing to be done at `at`; `cancel` is safe at any time."""

    __slots__ = ("at", "callback", "cancelled")

    def __init__(self, at: int, callback: Callable[[], None]) -> None:
        self.at = at
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        """Never call the callback."""
        self.cancelled = True


class TimerHeap:
    """Timers in the order they fall due; equal moments in the order they were added.

    A cancelled timer is thrown out when it comes to the top, or when the heap has doubled since it was last tidied,
    so that timers which are nearly always cancelled (timeouts) do not pile up.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Timer]] = []
        self._order = itertools.count()
        self._tidy_at = SMALLEST_TIDIED

    def add(self, at: int, callback: Callable[[], None]) -> Timer:
        """Remember `callback` for the moment `at`."""
        if len(self._heap) >= self._tidy_at:
            self._tidy()
        timer = Timer(at, callback)
        heapq.heappush(self._heap, (at, next(self._order), timer))
        return timer

    def next_at(self) -> int | None:
        """When the next timer falls due, or None when there is none."""
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: int) -> Timer | None:
        """Take out the next timer that is due at `now`, or None."""
        due = self.next_at()
        if due is None or due > now:
            return None
        return heapq.heappop(self._heap)[2]

    def shift(self, microseconds: int) -> None:
        """Move every waiting timer by so much (negative: earlier). Their order stays."""
        for _, _, timer in self._heap:
            timer.at += microseconds
        self._heap = [(at + microseconds, order, timer) for at, order, timer in self._heap]

    def _tidy(self) -> None:
        self._heap = [entry for entry in self._heap if not entry[2].cancelled]
        heapq.heapify(self._heap)
        self._tidy_at = max(SMALLEST_TIDIED, 2 * len(self._heap))

    def __len__(self) -> int:
        return sum(not timer.cancelled for _, _, timer in self._heap)


def from_datetime(moment: datetime) -> int:
    """Microseconds of an aware datetime. Raises TypeError for one without a time zone."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * SECOND + delta.microseconds


def to_datetime(microseconds: int) -> datetime:
    """The aware UTC datetime of a moment."""
    seconds, rest = divmod(microseconds, SECOND)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
