"""Which rows of a queue run now, which wait in memory, and which stay in the table: fair between lanes, and bounded.

Rows of one lane (of one endpoint, say) that take long must not use up the room of the others. So a lane gets at most
a part of the room, and never more than half of what is left: however many lanes are stuck, there is a place for the
next one. What finds no place waits in a line, and the lines take turns. A line has an end: what comes behind it is not
kept in memory at all. The lane is *spilled* then, which means that the table holds more rows of it, and as long as it
is, newcomers stay in the table too, for they come behind those. When its line gets short, whoever owns this fills it.

Pure: no I/O, no time. A row is known by its key.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

R = TypeVar("R")
SHARE = 4  # a lane gets at most a SHAREth of the room
LINE = 1000  # rows of one lane that wait in memory
LINES = 10 * LINE  # rows of all lanes that do, or a few more
SHORT = 10  # rows that a lane may always keep


class _Lane(Generic[R]):
    """Rows that have something in common: how many run, who waits, and who left since the table was read."""

    __slots__ = ("filling", "gone", "line", "running", "spilled")

    def __init__(self) -> None:
        self.running = 0
        self.line: deque[R] = deque()
        self.spilled = False
        self.filling = False
        self.gone: set[Hashable] = set()

    @property
    def is_forgettable(self) -> bool:
        return not (self.running or self.line or self.spilled or self.filling)


class Lanes(Generic[R]):
    """The rows of one queue that are in this process's hands; at most `room` run. Lanes have names.

    Without `lane_of` there is one lane, which gets all the room.
    """

    def __init__(
        self, room: int, key_of: Callable[[R], Hashable], lane_of: Callable[[R], str] | None = None, line: int = LINE
    ) -> None:
        self._room, self._longest = room, line
        self._key_of, self._lane_of = key_of, lane_of
        self._most = max(1, room // SHARE) if lane_of else room
        self._running = 0
        self._keys: set[Hashable] = set()
        self._lanes: dict[str, _Lane[R]] = {}
        self._waiting: OrderedDict[str, _Lane[R]] = OrderedDict()
        self._spilled: set[str] = set()

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def room(self) -> int:
        """How many more could run."""
        return self._room - len(self._keys)

    def name_of(self, row: R) -> str:
        """The lane that a row is in."""
        return self._lane_of(row) if self._lane_of else ""

    def enter(self, row: R) -> bool:
        """Take a row in; False when it has to stay in the table. One that is here already changes nothing."""
        if self._key_of(row) in self._keys:
            return True
        name = self.name_of(row)
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane()
        if lane.spilled or lane.filling or len(lane.line) >= self._line():
            self._spill(name, lane)
            return False
        self._join(name, lane, row)
        return True

    def startable(self) -> Iterator[R]:
        """The rows that are to start now; each counts as running from then on. Lanes that wait take turns."""
        while (name := self._next()) is not None:
            lane = self._waiting[name]
            row = lane.line.popleft()
            self._running += 1
            lane.running += 1
            if lane.line:
                self._waiting.move_to_end(name)
            else:
                del self._waiting[name]
            yield row

    def leave(self, row: R) -> None:
        """A row that ran is done with."""
        name, key = self.name_of(row), self._key_of(row)
        lane = self._lanes[name]
        lane.running -= 1
        self._running -= 1
        self._keys.discard(key)
        if lane.filling:
            lane.gone.add(key)
        self._forget_if_empty(name, lane)

    def spill(self, name: str) -> None:
        """The table holds rows of this lane that nobody works on."""
        self._spill(name, self._lanes.setdefault(name, _Lane()))

    def to_fill(self) -> list[str]:
        """The lanes that are to be filled from the table now."""
        if not self._spilled:
            return []
        short = max(self._longest // 4, 1)
        spilled = [(name, self._lanes[name]) for name in self._spilled]
        return sorted(name for name, lane in spilled if not lane.filling and len(lane.line) < short)

    def begin_to_fill(self, name: str) -> int:
        """The table is about to be read; returns how many rows of the lane to ask for, the oldest ones."""
        lane = self._lanes[name]
        self._spilled.discard(name)
        lane.spilled, lane.filling = False, True
        return self._line() + len(lane.line) + lane.running

    def fill(self, name: str, rows: list[R], asked: int) -> None:
        """The table was read: let in what is neither here nor was here meanwhile."""
        lane = self._lanes[name]
        for row in rows:
            key = self._key_of(row)
            if key not in self._keys and key not in lane.gone:
                self._join(name, lane, row)
        if len(rows) >= asked:
            self._spill(name, lane)
        self._end_filling(name, lane)

    def give_up_filling(self, name: str) -> None:
        """The table could not be read."""
        lane = self._lanes[name]
        self._spill(name, lane)
        self._end_filling(name, lane)

    def _end_filling(self, name: str, lane: _Lane[R]) -> None:
        lane.filling = False
        lane.gone.clear()
        self._forget_if_empty(name, lane)

    def _join(self, name: str, lane: _Lane[R], row: R) -> None:
        self._keys.add(self._key_of(row))
        lane.line.append(row)
        self._waiting[name] = lane

    def _spill(self, name: str, lane: _Lane[R]) -> None:
        lane.spilled = True
        self._spilled.add(name)

    def _line(self) -> int:
        """How long a line may be."""
        left = self._room + LINES - len(self._keys)
        return max(min(self._longest, left), min(SHORT, self._longest))

    def _next(self) -> str | None:
        if not self._waiting:
            return None
        free = self._room - self._running
        if free <= 0:
            return None
        most = min(self._most, max(1, free // 2)) if self._lane_of else self._most
        return next((name for name, lane in self._waiting.items() if lane.running < most), None)

    def _forget_if_empty(self, name: str, lane: _Lane[R]) -> None:
        if lane.is_forgettable:
            self._lanes.pop(name, None)
