"""Who is on the line: the calls that are under way in this process, and how one leg tells another something.

Legs exchange plain messages and never touch each other, so a leg may live in another process one day.
"""

from collections.abc import Callable
from typing import Any

Hear = Callable[[Any], None]  # news, commands for the leg, and what else a live call takes


class Switchboard:
    """Passes news to calls, by SID."""

    def __init__(self) -> None:
        self._lines: dict[str, Hear] = {}

    def plug_in(self, sid: str, hear: Hear) -> None:
        """A call is under way."""
        self._lines[sid] = hear

    def pull_out(self, sid: str) -> None:
        """A call is over."""
        self._lines.pop(sid, None)

    def tell(self, sid: str, news: Any) -> bool:
        """Pass news to a call; False when it is not under way."""
        hear = self._lines.get(sid)
        if hear is None:
            return False
        hear(news)
        return True

    def __contains__(self, sid: str) -> bool:
        """Whether a call is under way."""
        return sid in self._lines

    def tell_all(self, news: Any) -> None:
        """Pass news to every call."""
        for hear in list(self._lines.values()):
            hear(news)

    def __len__(self) -> int:
        return len(self._lines)
