"""Taking turns: what concerns the same thing happens in the order it was asked for, everything else side by side."""

import asyncio
from collections import deque
from collections.abc import Hashable
from types import TracebackType


class Turns:
    """A line for each key; a line exists while somebody stands in it."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, deque[asyncio.Future[None]]] = {}

    def of(self, key: Hashable) -> "Turn":
        """Wait until those who asked earlier for the same key are done: `async with turns.of(key)`."""
        return Turn(self._lines, key)

    def __len__(self) -> int:
        return len(self._lines)


class Turn:
    """One place in a line. Whoever is served is not in the deque; leaving serves the next."""

    __slots__ = ("_key", "_lines")

    def __init__(self, lines: dict[Hashable, deque[asyncio.Future[None]]], key: Hashable) -> None:
        self._lines, self._key = lines, key

    async def __aenter__(self) -> None:
        line = self._lines.get(self._key)
        if line is None:
            self._lines[self._key] = deque()
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.append(waiter)
        try:
            await waiter
        except BaseException:
            if waiter.done() and not waiter.cancelled():
                self._next()  # it was our turn already
            elif waiter in line:
                line.remove(waiter)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._next()

    def _next(self) -> None:
        line = self._lines[self._key]
        while line:
            waiter = line.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        del self._lines[self._key]
