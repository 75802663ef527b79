"""People who call: what their phones show of it (`Calls`), and what they do with it (`Calling`).

Calls live in the carrier's memory (`carriers.simulator.switching`). Here they are kept as they go, so that a phone
shows them, with all that was to be heard, when they are long over. Everybody's phone is seen by the first account.
"""

import re
from typing import Literal

import msgspec

from offhook.carriers.simulator import LineKind, PhoneCall, PhoneInUseError, SimulatedCalls
from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.products.network import call_store as store
from offhook.products.network import phones
from offhook.products.network.behaving import Behaving
from offhook.products.network.handsets import known_address
from offhook.products.network.phone_call import HandsetCall, HandsetLine
from offhook.storage import Database, Page, PageRequest, Step, Unit
from offhook.web import ApiError, invalid_parameter

KEYS = re.compile(r"[0-9*#wW]+")
LONGEST_SPEECH = 4096  # characters
Action = Literal["answer", "reject", "hangup"]


class Calls:
    """Implements the simulator's `CallLog`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def made(self, call: PhoneCall) -> None:
        """A phone has a new call."""
        unit = Unit()
        phones.know(unit, call.address)
        self._note(unit, call, "handset-call.created", store.add(unit, HandsetCall.of(call)))

    def changed(self, call: PhoneCall) -> None:
        """Its status has changed, or it is known which Call of an app it is."""
        unit = Unit()
        self._note(unit, call, "handset-call.updated", store.change(unit, HandsetCall.of(call)))

    def heard(self, call: PhoneCall, at: int, kind: LineKind, text: str) -> None:
        """There is something to be heard in it."""
        unit = Unit()
        store.add_line(unit, call.account_sid, HandsetLine(call.sid, at, kind, text))
        self._note(unit, call, "handset-call.updated", None)

    def _note(self, unit: Unit, call: PhoneCall, what: str, after: Step | None) -> None:
        whose, now = call.account_sid, self._clock.now()
        events.note(unit, what, account_sid=whose, sid=call.sid, now=now, detail=call.address, after=after)
        self._database.post(unit)


class Conversation(msgspec.Struct, frozen=True):
    """A call, what was to be heard in it, and how much the person has still to say or to press."""

    call: HandsetCall
    lines: list[HandsetLine]
    pending: int


class Calling:
    """The service: the person with the phone, calling and being called."""

    def __init__(self, database: Database, network: SimulatedCalls, behaving: Behaving, clock: Clock) -> None:
        self._database = database
        self._network = network
        self._behaving = behaving
        self._clock = clock

    async def start(self) -> None:
        """End the calls of a process that was killed: nobody has them any more."""
        if await store.are_under_way(self._database):
            unit = Unit()
            store.end_all(unit, self._clock.now())
            await self._database.commit(unit)

    async def dial(self, account_sid: str, address: str, to: str) -> Conversation:
        """The person calls. Raises ApiError for addresses that are none, and for a phone that is off or in use."""
        caller, called = known_address(address), known_address(to)
        if (await self._behaving.of(caller)).is_off:
            raise ApiError(20409, f"The phone {caller} is switched off", 409)
        try:
            call = self._network.dial(account_sid, caller, called)
        except PhoneInUseError:
            raise ApiError(20409, f"The phone {caller} has a call already", 409) from None
        return await self._after(call)

    async def act(self, address: str, sid: str, action: Action | None, digits: str, speech: str) -> Conversation | None:
        """The person does something on a call: acts, then presses keys, then speaks.

        None when the phone has no such call. Raises ApiError 20409 for what cannot be done in it now, and 20001.
        """
        address = known_address(address)
        call = self._network.find(address)
        if call is None or call.sid != sid:
            if await self._kept(address, sid) is None:
                return None
            raise ApiError(20409, f"The call {sid} has ended", 409)
        _check(call, action, digits, speech)
        _do(call, action)
        if digits:
            call.press(digits)
        if speech:
            call.say(speech)
        return await self._after(call)

    async def find(self, address: str, sid: str) -> Conversation | None:
        """One call of a phone."""
        address = known_address(address)
        call = await self._kept(address, sid)
        return None if call is None else (await self._conversations(address, [call]))[0]

    async def page(
        self, address: str, request: PageRequest, *, oldest_first: bool, call_sid: str | None = None
    ) -> Page[Conversation]:
        """The calls of a phone, or of them only those that are this Call of an app."""
        address = known_address(address)
        found = await store.page(self._database, address, request, oldest_first=oldest_first, call_sid=call_sid)
        shown = await self._conversations(address, found.rows)
        return Page(shown, request, found.next_token, found.previous_token)

    async def _after(self, call: PhoneCall) -> Conversation:
        """The call as it is kept, with all that has just been done: units are committed in order."""
        await self._database.commit(Unit())
        found = await self.find(call.address, call.sid)
        assert found is not None
        return found

    async def _kept(self, address: str, sid: str) -> HandsetCall | None:
        call = await store.fetch(self._database, sid)
        return call if call is not None and call.address == address else None

    async def _conversations(self, address: str, calls: list[HandsetCall]) -> list[Conversation]:
        heard = await store.heard_in(self._database, [call.sid for call in calls])
        live = self._network.find(address)
        pending = {live.sid: live.pending} if live else {}
        return [Conversation(call, heard[call.sid], pending.get(call.sid, 0)) for call in calls]


def _check(call: PhoneCall, action: Action | None, digits: str, speech: str) -> None:
    """Raises ApiError for what cannot be done, before anything is."""
    if digits and not KEYS.fullmatch(digits):
        raise invalid_parameter("Digits", "it must be of the keys 0 to 9, * and #, and of w and W, which wait")
    if len(speech) > LONGEST_SPEECH:
        raise invalid_parameter("Speech", f"it must have {LONGEST_SPEECH} characters at most")
    if not (action or digits or speech):
        raise ApiError(20001, "One of 'Action', 'Digits' and 'Speech' is required.")
    is_offered = call.status == "ringing" and call.direction == "inbound"
    if action in ("answer", "reject") and not is_offered:
        raise ApiError(20409, f"The call {call.sid} does not ring here: it is {call.status}", 409)
    is_talking = action == "answer" or (call.status == "in-progress" and action is None)
    if (digits or speech) and not is_talking:
        raise ApiError(20409, f"Nobody can speak or press keys in the call {call.sid} then", 409)


def _do(call: PhoneCall, action: Action | None) -> None:
    match action:
        case "answer":
            call.answer()
        case "reject":
            call.refuse()
        case "hangup" if call.status == "ringing" and call.direction == "inbound":
            call.refuse()
        case "hangup":
            call.hang_up()
