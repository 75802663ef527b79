"""A bus inside one process: rings of one turn of the loop are answered together on the next.

A ring that is on its way is counted as work, so virtual time does not pass between a ring and what it starts.
"""

import asyncio
from collections.abc import Callable

import structlog

from offhook.runtime import Work

log = structlog.get_logger("offhook.bus")


class MemoryBus:
    """The `Bus` port for one process. Create it on the event loop that uses it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._listeners: dict[str, dict[object, Callable[[], None]]] = {}
        self._rung: dict[str, None] = {}

    def ring(self, topic: str) -> None:
        """Wake the listeners of `topic` on the loop's next turn."""
        if topic not in self._listeners:
            return
        if not self._rung:
            self._work.enter()
            self._loop.call_soon(self._deliver)
        self._rung[topic] = None

    def listen(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` on the loop after each ring; returns what ends that (safe to call twice)."""
        key = object()
        self._listeners.setdefault(topic, {})[key] = callback

        def unsubscribe() -> None:
            listeners = self._listeners.get(topic, {})
            listeners.pop(key, None)
            if not listeners:
                self._listeners.pop(topic, None)

        return unsubscribe

    def _deliver(self) -> None:
        rung, self._rung = self._rung, {}
        try:
            for topic in rung:
                for key, callback in list(self._listeners.get(topic, {}).items()):
                    if key in self._listeners.get(topic, {}):  # nobody before it in this turn took it off
                        _call(topic, callback)
        finally:
            self._work.leave()


def _call(topic: str, callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:
        log.exception("listener_failed", topic=topic)
