"""The simulated network's calls: from an app to a person, from a person to an app, between apps, between people.

Every destination is offered to the numbers of this Offhook first; a number that nobody owns is a phone. Calls are in
memory: they end with the process. What people's phones show of them is kept (`CallLog`).
"""

import structlog

from offhook.carriers.calls import CallReceiver, InboundCall, Leg, Listener, OutboundCall
from offhook.carriers.port import NotTakenError
from offhook.carriers.simulator.behaviour import Behaviours
from offhook.carriers.simulator.circuit import Circuit
from offhook.carriers.simulator.leg import SimulatedLeg
from offhook.carriers.simulator.phone import CallLog, PhoneCall
from offhook.carriers.simulator.rooms import Rooms
from offhook.runtime import Tasks, Timers

log = structlog.get_logger("offhook.network")
ELSEWHERE = ("sip:", "sips:", "app:")  # addresses that are no phone's


class PhoneInUseError(Exception):
    """The phone has a call already."""


class SimulatedCalls:
    """Implements `CallCarrier`; people call through `dial`."""

    def __init__(self, calls: CallLog, behaviours: Behaviours, timers: Timers, tasks: Tasks) -> None:
        self._log = calls
        self._behaviours = behaviours
        self._timers = timers
        self._tasks = tasks
        self._receiver: CallReceiver | None = None
        self._rooms = Rooms()
        self._of_phones: dict[str, PhoneCall] = {}  # by the phone's address

    def connect(self, receiver: CallReceiver) -> None:
        """Where calls to our numbers go."""
        self._receiver = receiver

    async def call(self, call: OutboundCall, listener: Listener) -> Leg:
        """Begin to call for an app."""
        leg = SimulatedLeg.calling(self._timers, self._rooms, call, listener)
        inbound = InboundCall(call.from_, call.to, call.caller_name, call.max_forwards)
        self._tasks.spawn(self._switch(leg.circuit, inbound, call.account_sid, call.sid), f"call {call.sid}")
        return leg

    def dial(self, account_sid: str, from_: str, to: str) -> PhoneCall:
        """A person calls. Raises PhoneInUseError."""
        if from_ in self._of_phones:
            raise PhoneInUseError(from_)
        phone = PhoneCall(
            self._timers,
            self._log,
            direction="outbound",
            account_sid=account_sid,
            from_=from_,
            to=to,
            ended=self._forget,
        )
        self._of_phones[from_] = phone
        self._log.made(phone)
        self._tasks.spawn(self._switch(phone.circuit, InboundCall(from_, to), account_sid, None), f"call {phone.sid}")
        return phone

    def find(self, address: str) -> PhoneCall | None:
        """The call that a phone has now."""
        return self._of_phones.get(address)

    async def _switch(self, circuit: Circuit, call: InboundCall, account_sid: str, call_sid: str | None) -> None:
        """Find who is called. `call_sid` is the caller's, where it is an app."""
        try:
            if not await self._offer(circuit, call):
                await self._ring(circuit, call, account_sid, call_sid)
        except NotTakenError as problem:
            log.warning("call_not_taken", to=call.to, problem=str(problem))
            circuit.refuse("failed")
        except Exception:
            circuit.refuse("failed")
            raise

    async def _offer(self, circuit: Circuit, call: InboundCall) -> bool:
        """Whether one of our numbers takes the call."""
        if self._receiver is None:
            return False
        leg = SimulatedLeg.called(self._timers, self._rooms, circuit)
        listener = await self._receiver.offer(call, leg)
        if listener is None:
            circuit.called = None
            return False
        leg.is_heard_by(listener)
        if isinstance(circuit.caller, PhoneCall):
            circuit.caller.is_call(leg.sid)
        circuit.ring()
        return True

    async def _ring(self, circuit: Circuit, call: InboundCall, account_sid: str, call_sid: str | None) -> None:
        if call.to.startswith(ELSEWHERE):
            log.warning("call_not_possible", to=call.to, meaning="the simulated network has phones and clients only")
            circuit.refuse("failed")
            return
        behaviour = await self._behaviours.of(call.to)
        if circuit.is_over:
            return
        if behaviour.is_off:
            circuit.refuse("no-answer")
            return
        phone = PhoneCall(
            self._timers,
            self._log,
            direction="inbound",
            account_sid=account_sid,
            from_=call.from_,
            to=call.to,
            ended=self._forget,
            circuit=circuit,
            call_sid=call_sid,
        )
        is_in_use = self._of_phones.setdefault(call.to, phone) is not phone
        phone.ring(behaviour, is_in_use=is_in_use)

    def _forget(self, call: PhoneCall) -> None:
        """A phone's call is over: it can have another."""
        if self._of_phones.get(call.address) is call:
            del self._of_phones[call.address]
