"""Keeping what was read for a moment, and never longer: tokens and secrets that every request needs.

A value read at one moment is used for `KEPT_FOR` from then on at most, so a change made by another process is seen
in time. A change made by this one calls `forget`; then also a read that was under way is not kept, since it may
have seen what was before.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

V = TypeVar("V")
KEPT_FOR = 1.0  # seconds
SMALLEST_TIDIED = 256  # values; with fewer, those past their time are only replaced when they are asked for again


class Cache(Generic[V]):
    """Values by name, loaded with `load` (None: there is no such thing, which is never kept).

    `now` is real monotonic time in seconds.
    """

    def __init__(self, load: Callable[[str], Awaitable[V | None]], now: Callable[[], float]) -> None:
        self._load = load
        self._now = now
        self._kept: dict[str, tuple[V, float]] = {}
        self._changes = 0
        self._tidy_at = SMALLEST_TIDIED

    async def get(self, name: str) -> V | None:
        """The value, at most `KEPT_FOR` old."""
        kept = self._kept.get(name)
        asked = self._now()
        if kept is not None and asked < kept[1]:
            return kept[0]
        changes = self._changes
        value = await self._load(name)
        if value is None:
            self._kept.pop(name, None)
        elif changes == self._changes:
            self._keep(name, value, asked)
        return value

    def forget(self, name: str) -> None:
        """The value changed."""
        self._changes += 1
        self._kept.pop(name, None)

    def _keep(self, name: str, value: V, asked: float) -> None:
        if len(self._kept) >= self._tidy_at:
            self._kept = {n: kept for n, kept in self._kept.items() if asked < kept[1]}
            self._tidy_at = max(SMALLEST_TIDIED, 2 * len(self._kept))
        self._kept[name] = (value, asked + KEPT_FOR)
