"""A circuit: two sides of a call, of which either is a leg of ours or a person's phone, and what passes between them.

    dialled -> rings -> answered -> over

The caller's side is there from the begin, the other when somebody is found who has the number.
"""

from typing import Protocol

from offhook.carriers.calls import Refusal
from offhook.carriers.simulator.sounding import Sounding


class Side(Protocol):
    """One end of a circuit. Whatever is told to it comes from the other end."""

    def rung(self) -> None:
        """The other side rings."""
        ...

    def answered(self, *, by_machine: bool) -> None:
        """The other side has answered."""
        ...

    def refused(self, reason: Refusal) -> None:
        """The other side will not answer: the circuit is over."""
        ...

    def hung_up(self) -> None:
        """The other side has hung up: the circuit is over."""
        ...

    def hears(self, sounding: Sounding) -> None:
        """A sound comes from the other side, from now on."""
        ...


class Circuit:
    """The two sides and how far they have come. Whatever comes too late changes nothing."""

    def __init__(self, caller: Side) -> None:
        self.caller = caller
        self.called: Side | None = None
        self.is_answered = False
        self.is_over = False

    def ring(self) -> None:
        """The called side rings, if it has not answered at once."""
        if not self.is_answered and not self.is_over:
            self.caller.rung()

    def answer(self, *, by_machine: bool = False) -> None:
        """The called side answers."""
        if not self.is_answered and not self.is_over:
            self.is_answered = True
            self.caller.answered(by_machine=by_machine)

    def refuse(self, reason: Refusal) -> None:
        """The called side will not answer, or nobody can be reached."""
        if not self.is_answered and not self.is_over:
            self.is_over = True
            self.caller.refused(reason)

    def hang_up(self, side: Side) -> None:
        """One side ends the call, or gives it up."""
        if self.is_over:
            return
        if side is self.called and not self.is_answered:
            self.refuse("no-answer")
            return
        self.is_over = True
        far = self._far(side)
        if far is not None:
            far.hung_up()

    def carry(self, side: Side, sounding: Sounding) -> None:
        """Bring a sound from one side to the other, once they are connected."""
        far = self._far(side)
        if self.is_answered and not self.is_over and far is not None:
            far.hears(sounding)

    def _far(self, side: Side) -> Side | None:
        return self.called if side is self.caller else self.caller
