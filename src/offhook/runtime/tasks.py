"""Background tasks: counted as work, never lost, and none left behind when the process stops."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from offhook.runtime.work import Work

log = structlog.get_logger("offhook.tasks")
CANCEL_GRACE = 5.0  # seconds for a cancelled task to put its things away


class Tasks:
    """Starts tasks and sees them to their end."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run `coroutine` in the background; what it raises is logged with `name`."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self.work.adopt(task)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def drain(self, seconds: float) -> int:
        """Wait up to `seconds` for what runs and what that starts, then cancel the rest; returns how many that were.

        `seconds` are real. A task that holds out against its cancellation for CANCEL_GRACE is logged and left.
        """
        await self._wait(seconds)
        left = self._others()
        for task in left:
            task.cancel()
        await self._wait(CANCEL_GRACE)
        for task in left & self._running:
            log.error("task_not_stopped", task=task.get_name())
        return len(left)

    async def _wait(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (running := self._others()) and (rest := until - loop.time()) > 0:
            await asyncio.wait(running, timeout=rest)
            await asyncio.sleep(0)  # the done callbacks

    def _others(self) -> set[asyncio.Task[None]]:
        return self._running - {asyncio.current_task()}

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.work.release(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("task_failed", task=task.get_name(), exc_info=problem)
