"""How a phone on the simulated network behaves, and what that means for one text.

By default a text arrives at once. A behaviour can make it late, lost with one of Twilio's error codes, lost now and
then (reproducibly: the draws follow from the seed), held while the phone is off, reported twice or too early. A
landline gets none at all.
https://www.twilio.com/docs/messaging/guides/debugging-tools (error codes 30003 to 30008)
"""

import random
from dataclasses import dataclass
from typing import Literal, Protocol

from offhook.carriers.port import Line

Outcome = Literal["delivered", "undelivered"]

UNREACHABLE, LANDLINE = 30003, 30006


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a phone does with texts. `delay` in microseconds; `fault_rate` from 0 to 1."""

    outcome: Outcome = "delivered"
    error_code: int | None = None
    delay: int = 0
    is_off: bool = False
    repeats: int = 0
    too_early: bool = False
    fault_rate: float = 0.0
    seed: int = 0
    line: Line | None = None  # what kind of phone it is; None: nobody has said


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
