"""Tells everybody who watches what happened, as it happens, from one look at the log.

While somebody watches, one task looks at the log ten times a second, however many watch; while nobody does, there is
none. It needs no word from whoever wrote a line, so lines of other processes are seen as well. A watcher has a place
in the log and nothing else: no queue grows behind one that is slow, it reads on from its place, out of memory or from
the table, and hears that it missed something when its place is not in the log any more.

Lines are told in order. On PostgreSQL numbers are given out before the commit, so one of another process may turn up
late, and one of a unit that failed never: what follows a gap waits for a moment before it is told.
"""

import asyncio
import contextlib
from bisect import bisect_right
from collections.abc import AsyncIterator, Iterator

import msgspec
import structlog

from offhook.exchanges import events
from offhook.exchanges.events import Event
from offhook.storage import Database

log = structlog.get_logger("offhook.exchanges")
GLANCE = 0.1  # seconds between two looks at the log
LOOK_AGAIN = 2.0  # seconds, after a look that failed
QUIET = 15.0  # seconds without a word after which a watcher hears that nothing happened
GAP_PATIENCE = 0.5  # seconds that a missing number may still turn up
MOST_AT_ONCE = 500  # lines
REMEMBERED = 5_000  # lines, in memory


class Batch(msgspec.Struct, frozen=True):
    """What a watcher is told at once: lines (none, when it is only to hear that all is well) and its new place.

    `missed` says that lines before these are gone, so that whatever it knew may be out of date.
    """

    place: int
    events: list[Event]
    missed: bool = False


class Feed:
    """The log, for any number of watchers. Create it on the event loop that uses it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._watchers = 0
        self._closed = False
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._recent: list[Event] = []
        self._floor = 0  # the last line before those in memory
        self._told = 0  # the last line that everybody may know of
        self._beyond: tuple[int, float] | None = None  # the last line seen behind a gap, and until when it waits

    async def watch(self, account_sid: str | None, after: int | None = None) -> AsyncIterator[Batch]:
        """What happens from now on, or after the line `after`; of one account, or (None) of all. Ends with `close`.

        The first batch comes at once. Raises StorageError when the log cannot be read.
        """
        with self._watching():
            start = await self._start(after)
            place = start.place
            yield start
            loop = asyncio.get_running_loop()
            spoke = loop.time()
            while not self._closed:
                batch = await self._next(place)
                place = batch.place
                mine = [event for event in batch.events if event.concerns(account_sid)]
                if mine or batch.missed or loop.time() - spoke >= QUIET:
                    yield msgspec.structs.replace(batch, events=mine)
                    spoke = loop.time()

    async def close(self) -> None:
        """Send everybody home and look no more."""
        self._closed = True
        self._wake()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.contextmanager
    def _watching(self) -> Iterator[None]:
        self._watchers += 1
        try:
            yield
        finally:
            self._watchers -= 1

    async def _start(self, after: int | None) -> Batch:
        """Where a watcher begins. The first one of all begins the looking, too."""
        bounds = await events.bounds(self._database)
        if self._task is None or self._task.done():
            self._recent, self._floor, self._told, self._beyond = [], bounds.newest, bounds.newest, None
            if not self._closed:
                self._task = asyncio.create_task(self._look(), name="feed")
        if after is None:
            return Batch(self._told, [])
        if after > bounds.newest or after + 1 < bounds.oldest:
            return Batch(self._told, [], missed=True)
        return Batch(after, [])

    async def _next(self, place: int) -> Batch:
        """What follows `place`; waits for it, but not for longer than QUIET."""
        if place >= self._told:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(QUIET):
                    await self._news.wait()
        if place >= self._told:
            return Batch(place, [])
        if place >= self._floor:
            at = bisect_right(self._recent, place, key=_seq)
            return _batch(self._recent[at : at + MOST_AT_ONCE])
        return await self._from_the_log(place)

    async def _from_the_log(self, place: int) -> Batch:
        told = self._told
        found = await events.since(self._database, place, until=told, most=MOST_AT_ONCE)
        bounds = await events.bounds(self._database)  # afterwards: what was there before may be cut meanwhile
        if place + 1 < bounds.oldest:
            return Batch(told, [], missed=True)
        return _batch(found) if found else Batch(told, [])

    async def _look(self) -> None:
        while self._watchers:
            try:
                found = await events.since(self._database, self._told, most=MOST_AT_ONCE)
            except Exception as problem:
                log.error("feed_cannot_look", exc_info=problem)
                await asyncio.sleep(LOOK_AGAIN)
                continue
            self._tell(self._without_gaps(found))
            if len(found) < MOST_AT_ONCE:
                await asyncio.sleep(GLANCE)

    def _tell(self, found: list[Event]) -> None:
        if not found:
            return
        self._recent += found
        if len(self._recent) > 2 * REMEMBERED:
            self._floor = self._recent[-REMEMBERED - 1].seq
            del self._recent[:-REMEMBERED]
        self._told = found[-1].seq
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        if not self._closed:
            self._news = asyncio.Event()

    def _without_gaps(self, found: list[Event]) -> list[Event]:
        """The lines up to the first gap, and those behind it that were there GAP_PATIENCE ago already."""
        now = asyncio.get_running_loop().time()
        told = self._told
        if self._beyond is not None and now >= self._beyond[1]:
            told = max(told, self._beyond[0])
            self._beyond = None
        for at, event in enumerate(found):
            if event.seq > told + 1:
                self._beyond = self._beyond or (found[-1].seq, now + GAP_PATIENCE)
                return found[:at]
            told = max(told, event.seq)
        self._beyond = None
        return found


def _seq(event: Event) -> int:
    return event.seq


def _batch(found: list[Event]) -> Batch:
    return Batch(found[-1].seq, found)
