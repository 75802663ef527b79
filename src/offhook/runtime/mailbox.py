"""A mailbox: messages for a task that mostly waits for them, or for a moment to come.

Waiting is not work: a task that waits here does not keep the virtual clock from moving, and is counted again from the
very moment at which a message is put in, before it runs.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from offhook.runtime.timers import Timers
from offhook.runtime.work import Pause, Work

M = TypeVar("M")


class Mailbox(Generic[M]):
    """Messages in the order they were put in. One task reads; anybody on the loop's thread may write."""

    def __init__(self, timers: Timers, work: Work) -> None:
        self._timers = timers
        self._work = work
        self._messages: deque[M] = deque()
        self._woken: asyncio.Future[None] | None = None
        self._pause: Pause | None = None

    def put(self, message: M) -> None:
        """Add a message; whoever waits is woken."""
        self._messages.append(message)
        self._wake()

    async def get(self, until: int | None = None) -> M | None:
        """The next message, or None when there is none at the moment `until`."""
        while not self._messages:
            if until is not None and self._timers.clock.now() >= until:
                return None
            await self._wait(until)
        return self._messages.popleft()

    def discard(self, unwanted: Callable[[M], bool]) -> None:
        """Throw away what nobody has read and is not wanted."""
        self._messages = deque(message for message in self._messages if not unwanted(message))

    async def _wait(self, until: int | None) -> None:
        self._woken = asyncio.get_running_loop().create_future()
        timer = None if until is None else self._timers.at(until, self._wake)
        self._pause = self._work.pause()
        try:
            await self._woken
        finally:
            self._pause.end()
            if timer is not None:
                timer.cancel()
            self._woken = None

    def _wake(self) -> None:
        if self._woken is not None and not self._woken.done():
            if self._pause is not None:
                self._pause.end()  # before the task runs again, so that time cannot move in between
            self._woken.set_result(None)
