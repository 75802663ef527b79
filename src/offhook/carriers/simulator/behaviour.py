"""How a phone on the simulated network behaves, and what that means for one text or one call.

By default a text arrives at once. A behaviour can make it late, lost with one of Twilio's error codes, lost now and
then (reproducibly: the draws follow from the seed), held while the phone is off, reported twice or too early. A
landline gets none at all. A call rings until the person answers, or the phone does so, or refuses, by itself.
https://www.twilio.com/docs/messaging/guides/debugging-tools (error codes 30003 to 30008)
"""

import random
from dataclasses import dataclass
from typing import Literal, Protocol

from offhook.carriers.port import Line
from offhook.kit.clock import SECOND

Outcome = Literal["delivered", "undelivered"]
Answers = Literal["by-hand", "at-once", "busy", "rejects", "never", "voicemail"]

UNREACHABLE, LANDLINE = 30003, 30006
VOICEMAIL_AFTER = 10 * SECOND  # of ringing
GREETING = "Please leave a message after the tone."


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a phone does with texts and calls. `delay` and `answer_delay` in microseconds; `fault_rate` from 0 to 1."""

    outcome: Outcome = "delivered"
    error_code: int | None = None
    delay: int = 0
    is_off: bool = False
    repeats: int = 0
    too_early: bool = False
    fault_rate: float = 0.0
    seed: int = 0
    line: Line | None = None  # what kind of phone it is; None: nobody has said
    answers: Answers = "by-hand"
    answer_delay: int | None = None  # how long it rings before it does something by itself
    greeting: str = ""

    @property
    def rings_for(self) -> int:
        """How long it rings before it does something by itself, in microseconds."""
        if self.answer_delay is not None:
            return self.answer_delay
        return VOICEMAIL_AFTER if self.answers == "voicemail" else 0

    @property
    def person_says(self) -> str:
        """What a person says who answers; nothing, if that is said by a machine."""
        return "" if self.answers == "voicemail" else self.greeting

    @property
    def machine_says(self) -> str:
        """What a voicemail says before it beeps."""
        return self.greeting or GREETING


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one text."""

    outcome: Outcome
    error_code: int | None


class Behaviours(Protocol):
    """Who knows how phones behave; `products.network` implements this."""

    async def of(self, address: str) -> Behaviour:
        """The behaviour of one phone."""
        ...


def fate(behaviour: Behaviour, number: int) -> Fate:
    """What becomes of the text that is the phone's `number`-th; the same for the same seed and number."""
    if behaviour.line == "landline":
        return Fate("undelivered", LANDLINE)
    lost = behaviour.outcome == "undelivered"
    if not lost and behaviour.fault_rate > 0:
        draw = random.Random(f"{behaviour.seed}:{number}").random()  # noqa: S311 - it must be reproducible
        lost = draw < behaviour.fault_rate
    if lost:
        return Fate("undelivered", behaviour.error_code or UNREACHABLE)
    return Fate("delivered", None)
