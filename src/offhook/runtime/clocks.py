"""The two clocks: the machine's, and one that stands still until it is told to move."""

import time


class RealClock:
    """The machine's wall clock."""

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1000


class VirtualClock:
    """A clock for tests: it stands still between two calls of `move_to` and never goes back."""

    def __init__(self, start: int) -> None:
        self._now = start

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        return self._now

    def move_to(self, moment: int) -> None:
        """Jump forward to `moment`; an earlier moment changes nothing."""
        self._now = max(self._now, moment)
