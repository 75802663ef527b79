"""A behaviour as it is stored: for one address, or for every number with a prefix (`+1415*`)."""

import msgspec

from offhook.carriers import Line
from offhook.carriers.simulator import Answers, Behaviour, Outcome


class Rule(msgspec.Struct):
    """How the phones that `pattern` means behave; `delay` and `answer_delay` in microseconds."""

    seq: int
    pattern: str
    outcome: Outcome = "delivered"
    error_code: int | None = None
    delay: int = 0
    is_off: bool = False
    repeats: int = 0
    too_early: bool = False
    fault_rate: float = 0.0
    seed: int = 0
    line: Line | None = None
    answers: Answers = "by-hand"
    answer_delay: int | None = None
    greeting: str = ""

    @property
    def is_for_many(self) -> bool:
        """Whether it is about every number with a prefix, and not about one phone."""
        return self.pattern.endswith("*")

    def means(self, address: str) -> bool:
        """Whether the rule is about this address."""
        if self.is_for_many:
            return address.startswith(self.pattern[:-1])
        return address == self.pattern

    def behaviour(self) -> Behaviour:
        """The rule as the simulator knows it."""
        return Behaviour(
            outcome=self.outcome,
            error_code=self.error_code,
            delay=self.delay,
            is_off=self.is_off,
            repeats=self.repeats,
            too_early=self.too_early,
            fault_rate=self.fault_rate,
            seed=self.seed,
            line=self.line,
            answers=self.answers,
            answer_delay=self.answer_delay,
            greeting=self.greeting,
        )
