"""The port of the bus: topics that can be rung, and those who listen."""

from collections.abc import Callable
from typing import Protocol


class Bus(Protocol):
    """Wakes whoever listens to a topic. Used from the event loop's thread only.

    Rings say "look again", never what there is to see. So several rings may arrive as one, and none is kept for a
    listener that comes later; it has to look once by itself.
    """

    def ring(self, topic: str) -> None:
        """Wake the listeners of `topic`, soon; never waits and never fails."""
        ...

    def listen(self, topic: str, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` on the loop after each ring; returns what ends that (safe to call twice)."""
        ...
