"""Finding out who has answered: a person, or a machine, and when it has finished talking.

A person says who they are soon; a machine talks on. `Enable` tells which it is after a moment. `DetectMessageEnd` waits
for a machine's beep. https://www.twilio.com/docs/voice/answering-machine-detection
"""

from collections.abc import Callable

from offhook.carriers.calls import AnsweredBy, OutboundCall
from offhook.carriers.simulator.hearing import Heard
from offhook.kit.clock import SECOND, Timer
from offhook.runtime import Timers

MOMENT = SECOND  # until it is clear whether it is a machine


class Detecting:
    """Tells once who has answered, where the call asks for that."""

    def __init__(self, timers: Timers, call: OutboundCall, tell: Callable[[AnsweredBy], None]) -> None:
        self._timers = timers
        self._how = call.detection
        self._timeout = call.detection_timeout
        self._tell = tell
        self._timer: Timer | None = None
        self._waits_for_beep = False

    def answered(self, *, by_machine: bool) -> None:
        """Somebody has answered."""
        if self._how is None:
            return
        self._waits_for_beep = by_machine and self._how == "DetectMessageEnd"
        if self._waits_for_beep or self._timeout < MOMENT:
            self._after(self._timeout, "unknown")
        else:
            self._after(MOMENT, "machine_start" if by_machine else "human")

    def has_heard(self, heard: Heard) -> None:
        """Whoever answered was to be heard."""
        if self._waits_for_beep and heard.kind == "beep":
            self._found("machine_end_beep")

    def stop(self) -> None:
        """Nobody wants to know any more."""
        self._waits_for_beep = False
        if self._timer is not None:
            self._timer.cancel()

    def _after(self, duration: int, answered_by: AnsweredBy) -> None:
        self._timer = self._timers.at(self._timers.clock.now() + duration, lambda: self._found(answered_by))

    def _found(self, answered_by: AnsweredBy) -> None:
        self.stop()
        self._tell(answered_by)
