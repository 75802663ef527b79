"""A sound under way on the simulated network: when it began, where it passes, and who is told of its end."""

from collections.abc import Callable

from offhook.carriers.simulator.hearing import Heard
from offhook.kit.clock import Timer
from offhook.runtime import Timers


class Sounding:
    """One sound. It passes each place once, however many circuits and rooms lead there, so it never goes in circles."""

    def __init__(self, heard: Heard, began: int) -> None:
        self.heard = heard
        self.began = began
        self.ended: int | None = None
        self._passed: set[object] = set()
        self._told: list[Callable[[Sounding], None]] = []

    def passes(self, place: object) -> bool:
        """Whether it comes to this place for the first time."""
        if place in self._passed:
            return False
        self._passed.add(place)
        return True

    def when_ended(self, tell: Callable[["Sounding"], None]) -> None:
        """Call `tell` when it ends."""
        self._told.append(tell)

    def end(self, now: int) -> None:
        """It ends, by itself or because it was cut off."""
        self.ended = now
        for tell in self._told:
            tell(self)

    @property
    def said(self) -> str:
        """The words, up to where they were cut off."""
        text, lasted = self.heard.text, (self.ended or self.began) - self.began
        if lasted >= self.heard.duration:
            return text
        return text[: len(text) * lasted // self.heard.duration].rstrip()


class Source:
    """One side of a circuit as a source of sound: of one at a time."""

    def __init__(self, timers: Timers) -> None:
        self._timers = timers
        self._sounding: Sounding | None = None
        self._timer: Timer | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is a sound under way."""
        return self._sounding is not None

    def begin(self, heard: Heard, carry: Callable[[Sounding], None], then: Callable[[], None]) -> None:
        """Begin a sound instead of the one that may be under way: `carry` it, and `then`, when it ends by itself, …"""
        self.stop()
        sounding = self._sounding = Sounding(heard, self._timers.clock.now())
        carry(sounding)
        if heard.duration:
            self._timer = self._timers.at(sounding.began + heard.duration, lambda: self._end(sounding, then))
        else:
            self._end(sounding, then)

    def stop(self) -> None:
        """Cut off what is under way."""
        sounding, self._sounding = self._sounding, None
        if self._timer is not None:
            self._timer.cancel()
        if sounding is not None:
            sounding.end(self._timers.clock.now())

    def _end(self, sounding: Sounding, then: Callable[[], None]) -> None:
        if self._sounding is sounding:
            self.stop()
            then()
