"""A person's phone in a call: the other kind of side that a circuit has.

What the person does takes its time and is done in the order in which they do it: one says two things one after the
other. What comes from the other side is a line of the transcript the moment it begins.
"""

from collections import deque
from collections.abc import Callable
from typing import Literal, Protocol

from offhook.carriers.calls import Refusal
from offhook.carriers.simulator.behaviour import Behaviour
from offhook.carriers.simulator.circuit import Circuit
from offhook.carriers.simulator.hearing import BEEP, Heard, Kind, spoken, tones
from offhook.carriers.simulator.sounding import Sounding, Source
from offhook.kit.clock import Timer
from offhook.kit.sids import HANDSET_CALL, new_sid
from offhook.runtime import Timers

Status = Literal["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"]
LineKind = Kind | Literal["speech"]

NEXT: dict[Status, frozenset[Status]] = {
    "queued": frozenset({"ringing", "in-progress", "busy", "failed", "no-answer", "canceled"}),
    "ringing": frozenset({"in-progress", "busy", "failed", "no-answer", "canceled"}),
    "in-progress": frozenset({"completed"}),
}
UNDER_WAY: tuple[Status, ...] = tuple(NEXT)


class CallLog(Protocol):
    """Where phones' calls and all that is heard in them are kept. `products.network` implements it."""

    def made(self, call: "PhoneCall") -> None:
        """There is a new call, with the status that it has."""
        ...

    def changed(self, call: "PhoneCall") -> None:
        """Its status has changed, or it is known which Call of an app it is."""
        ...

    def heard(self, call: "PhoneCall", at: int, kind: LineKind, text: str) -> None:
        """There is something to be heard in it, `at` microseconds after it was made."""
        ...


class PhoneCall:
    """One call of one phone, `direction` being the phone's view. Moments in UTC microseconds."""

    def __init__(
        self,
        timers: Timers,
        log: CallLog,
        *,
        direction: Literal["inbound", "outbound"],
        account_sid: str,
        from_: str,
        to: str,
        ended: Callable[["PhoneCall"], None],
        circuit: Circuit | None = None,
        call_sid: str | None = None,
    ) -> None:
        """`circuit` is the caller's, for a call that comes in; `call_sid` the app's Call, where there is one.

        `ended` is called when it is over.
        """
        self.sid = new_sid(HANDSET_CALL)
        self.direction = direction
        self.account_sid = account_sid
        self.from_ = from_
        self.to = to
        self.call_sid = call_sid
        self.status: Status = "queued" if direction == "outbound" else "ringing"
        self.date_created = timers.clock.now()
        self.date_answered: int | None = None
        self.date_ended: int | None = None
        self.circuit = circuit or Circuit(self)
        if circuit is not None:
            circuit.called = self
        self._timers = timers
        self._log = log
        self._ended = ended
        self._behaviour = Behaviour()
        self._source = Source(timers)
        self._to_do: deque[Heard] = deque()
        self._by_itself: Timer | None = None

    @property
    def address(self) -> str:
        """Whose phone it is."""
        return self.from_ if self.direction == "outbound" else self.to

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.status not in NEXT

    @property
    def pending(self) -> int:
        """How much the person has still to say and to press, what they say now included."""
        return len(self._to_do) + self._source.is_busy

    # What the person does

    def ring(self, behaviour: Behaviour, *, is_in_use: bool) -> None:
        """A call comes in: ring, and do what this phone does by itself; one that is in use has no second call."""
        self._log.made(self)
        self._behaviour = behaviour
        if is_in_use or behaviour.answers == "busy":
            self.refuse()
            return
        self.circuit.ring()
        if not self.is_over:
            self._do_by_itself()

    def _do_by_itself(self) -> None:
        at = self.date_created + self._behaviour.rings_for
        match self._behaviour.answers:
            case "at-once":
                self._by_itself = self._timers.at(at, self.answer)
            case "voicemail":
                self._by_itself = self._timers.at(at, self._answer_as_machine)
            case "rejects":
                self._by_itself = self._timers.at(at, self.refuse)

    def answer(self) -> None:
        """Take a call that rings."""
        if self._take(by_machine=False) and self._behaviour.person_says:
            self.say(self._behaviour.person_says)

    def refuse(self) -> None:
        """Do not take a call that comes in: the caller hears that the phone is busy."""
        if self._become("busy"):
            self.circuit.refuse("busy")

    def hang_up(self) -> None:
        """End the call, or give it up."""
        self._fall_silent()
        if self._become("completed" if self.status == "in-progress" else "canceled"):
            self.circuit.hang_up(self)

    def say(self, text: str) -> None:
        """Say something, after what is being said."""
        self._do(spoken(text))

    def press(self, digits: str) -> None:
        """Press keys, after what is being said; `w` waits half a second, `W` a whole one."""
        self._do(tones(digits, 0))

    def _answer_as_machine(self) -> None:
        if self._take(by_machine=True):
            self.say(self._behaviour.machine_says)
            self._do(Heard("beep", "", BEEP))

    def _take(self, *, by_machine: bool) -> bool:
        if self._become("in-progress"):
            self.circuit.answer(by_machine=by_machine)
            return True
        return False

    def _do(self, heard: Heard) -> None:
        if self.status == "in-progress":
            self._to_do.append(heard)
            if not self._source.is_busy:
                self._do_next()

    def _do_next(self) -> None:
        if self._to_do:
            self._source.begin(self._to_do.popleft(), self._send, self._do_next)

    def _send(self, sounding: Sounding) -> None:
        sounding.passes(self)
        heard = sounding.heard
        self._note("speech" if heard.kind == "person" else heard.kind, heard.text)
        self.circuit.carry(self, sounding)

    # What the other side does

    def rung(self) -> None:
        """It rings."""
        self._become("ringing")

    def answered(self, *, by_machine: bool) -> None:
        """It has answered."""
        self._become("in-progress")

    def refused(self, reason: Refusal) -> None:
        """It will not answer."""
        self._become(reason)

    def hung_up(self) -> None:
        """It has hung up, or given up."""
        self._fall_silent()
        self._become("completed" if self.status == "in-progress" else "no-answer")

    def hears(self, sounding: Sounding) -> None:
        """It is to be heard."""
        if self.status == "in-progress" and sounding.passes(self):
            self._note(sounding.heard.kind, sounding.heard.text)

    def is_call(self, call_sid: str) -> None:
        """The other side is an app's Call."""
        self.call_sid = call_sid or None
        self._log.changed(self)

    def _fall_silent(self) -> None:
        self._to_do.clear()
        self._source.stop()

    def _note(self, kind: LineKind, text: str) -> None:
        self._log.heard(self, self._timers.clock.now() - self.date_created, kind, text)

    def _become(self, status: Status) -> bool:
        """Change the status, if it can follow; late news changes nothing."""
        if status not in NEXT.get(self.status, ()):
            return False
        self.status = status
        now = self._timers.clock.now()
        if status == "in-progress":
            self.date_answered = now
        if status != "ringing" and self._by_itself is not None:
            self._by_itself.cancel()
        if self.is_over:
            self.date_ended = now
            self._ended(self)
        self._log.changed(self)
        return True
