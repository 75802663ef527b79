"""How much the process still has to do before time may move on.

On the virtual clock, `advance` fires one timer and then waits until everything that timer set off is finished:
commits, fetches, deliveries, the tasks between them. Each of these is counted here while it runs. A task that
sleeps until a later moment is not running, so it is not counted meanwhile (`Timers.sleep_until` sees to that), and
neither is one that waits inside `paused` for time itself to pass.

What is counted belongs to a task: `counted` and `adopt` note whose it is, so that `paused` takes out exactly the share
of the task that pauses, and nothing when that task was never counted. A child task (`gather`, `wait_for`) does not
inherit its parent's share; a counted task that waits for a sleeping child must do so inside `paused`.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

QUIET_TURNS = 2  # of the loop, without work, before the process is called idle


class Pause:
    """The share of one task, taken out of the count until `end`."""

    __slots__ = ("_share", "_task", "_work")

    def __init__(self, work: "Work", task: asyncio.Task[Any] | None, share: int) -> None:
        self._work, self._task, self._share = work, task, share

    def end(self) -> None:
        """Count the task again. A second call changes nothing."""
        share, self._share = self._share, 0
        if self._task is not None:
            self._work.adopt(self._task, share)


class Work:
    """A counter that can be waited on. Used from the event loop's thread only."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._shares: dict[asyncio.Task[Any], int] = {}

    @property
    def count(self) -> int:
        """How many pieces of work are under way."""
        return self._count

    def enter(self) -> None:
        """Begin one piece of work."""
        self.add(1)

    def leave(self) -> None:
        """End one piece of work."""
        self.add(-1)

    def add(self, pieces: int) -> None:
        """Begin (or, when negative, end) several pieces of work."""
        before, self._count = self._count, self._count + pieces
        if before <= 0 < self._count:
            self._idle.clear()
        elif self._count <= 0 < before:
            self._idle.set()

    def adopt(self, task: asyncio.Task[Any], pieces: int = 1) -> None:
        """Begin work that belongs to `task`; `release` ends it."""
        if pieces:
            self._shares[task] = self._shares.get(task, 0) + pieces
            self.add(pieces)

    def release(self, task: asyncio.Task[Any]) -> None:
        """End one piece of work of `task`."""
        left = self._shares.get(task, 0) - 1
        if left > 0:
            self._shares[task] = left
        else:
            self._shares.pop(task, None)
        self.add(-1)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what the current task does inside as one piece of work."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be counted this way; use enter and leave in a callback")
        self.adopt(task)
        try:
            yield
        finally:
            self.release(task)

    def pause(self) -> Pause:
        """Stop counting the current task, all of its share, until the pause ends."""
        task = asyncio.current_task()
        share = self._shares.pop(task, 0) if task is not None else 0
        self.add(-share)
        return Pause(self, task, share)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the current task inside, where it waits for other work or for time to pass."""
        pause = self.pause()
        try:
            yield
        finally:
            pause.end()

    async def idle(self) -> None:
        """Wait until nothing is under way, and stays so for some turns of the loop."""
        quiet = 0
        while quiet < QUIET_TURNS:
            if self._count > 0:
                quiet = 0
                await self._idle.wait()
            quiet += 1
            await asyncio.sleep(0)
            if self._count > 0:
                quiet = 0
