"""A simulated network for calls with nothing above it: who owns which number, what legs tell, what phones show.

The clock, the timers and the tasks are the program's own. Numbers are owned by `Owner`s, which take whatever call
comes and write down what its leg tells.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from offhook.carriers import NotTakenError
from offhook.carriers.calls import Answer, Command, Event, InboundCall, Leg, Listener, OutboundCall, Speech
from offhook.carriers.simulator import Behaviour, PhoneCall, SimulatedCalls
from offhook.kit.clock import SECOND
from offhook.runtime import Tasks, VirtualClock, VirtualTimers, Work

START = 1_800_000_000 * SECOND
OURS, OTHER, PERSON, FRIEND, THIRD = "+12023358536", "+12023358537", "+19732644152", "+12125550100", "+12125550101"


@dataclass
class Line:
    """An end of a call that an app has, and all that it was told, each with its second."""

    network: "Telephony"
    leg: Leg | None = None
    told: list[tuple[float, Event]] = field(default_factory=list)

    def listen(self, event: Event) -> None:
        self.told.append((self.network.second, event))

    def do(self, *commands: Command) -> None:
        assert self.leg is not None
        for command in commands:
            self.leg.do(command)

    @property
    def events(self) -> list[Event]:
        return [event for _, event in self.told]

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


class Telephony:
    """The network. `owned` says what becomes of a call to one of our numbers."""

    def __init__(self) -> None:
        work = Work()
        self.timers = VirtualTimers(work, VirtualClock(START))
        self.tasks = Tasks(work)
        self.behaviours: dict[str, Behaviour] = {}
        self.calls = SimulatedCalls(self, self, self.timers, self.tasks)
        self.calls.connect(self)
        self.owned: dict[str, str] = {}
        self.came: list[tuple[InboundCall, Line]] = []
        self.shown: dict[str, PhoneCall] = {}
        self.statuses: dict[str, list[str]] = {}
        self._transcripts: dict[str, list[tuple[float, str, str]]] = {}

    @property
    def second(self) -> float:
        return (self.timers.clock.now() - START) / SECOND

    async def pass_(self, seconds: float = 0) -> None:
        await self.timers.advance(self.timers.clock.now() + round(seconds * SECOND))

    # What an app does

    async def call(self, to: str = PERSON, from_: str = OURS, sid: str = "CA1", **more: Any) -> Line:
        line = Line(self)
        line.leg = await self.calls.call(OutboundCall("AC1", sid, from_, to, **more), line.listen)
        assert line.told == []
        await self.pass_()
        return line

    async def offer(self, call: InboundCall, leg: Leg) -> Listener | None:
        what = self.owned.get(call.to)
        if what is None:
            return None
        if what == "takes-nothing":
            raise NotTakenError(f"{call.to} takes nothing", 21610)
        if what == "fails":
            raise RuntimeError(what)
        leg.sid = f"CA-in-{len(self.came) + 1}"
        line = Line(self, leg)
        self.came.append((call, line))
        if what == "answers":
            leg.do(Answer())
        return line.listen

    # What a person does

    async def dial(self, to: str = OURS, from_: str = PERSON) -> PhoneCall:
        call = self.calls.dial("AC1", from_, to)
        await self.pass_()
        return call

    def at(self, address: str) -> PhoneCall:
        found = self.calls.find(address)
        assert found is not None
        return found

    def transcript(self, call: PhoneCall) -> list[tuple[float, str, str]]:
        return self._transcripts[call.sid]

    # The ports of the carrier

    async def of(self, address: str) -> Behaviour:
        return self.behaviours.get(address, Behaviour())

    def made(self, call: PhoneCall) -> None:
        self.shown[call.sid] = call
        self.statuses[call.sid] = [call.status]
        self._transcripts[call.sid] = []

    def changed(self, call: PhoneCall) -> None:
        if self.statuses[call.sid][-1] != call.status:
            self.statuses[call.sid].append(call.status)

    def heard(self, call: PhoneCall, at: int, kind: str, text: str) -> None:
        self._transcripts[call.sid].append((at / SECOND, kind, text))


def on_the_phone(scenario: Callable[[Telephony], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """A test that is a coroutine with a network of its own."""

    def test() -> None:
        async def run() -> None:
            network = Telephony()
            await scenario(network)
            await network.tasks.drain(1)

        asyncio.run(run())

    test.__name__, test.__doc__ = scenario.__name__, scenario.__doc__
    return test


def say(text: str) -> Speech:
    """Words that last a second for each 15 characters."""
    return Speech(text)
