"""`<Dial>`: calls that are made for another call, and bringing the two together.

The new call is a live call of its own, with its own leg; the two tell each other what happens through the switchboard.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from offhook.kit.clock import SECOND
from offhook.products.numbers import Numbers
from offhook.products.voice.addressing import APPLICATION, Addressing, address
from offhook.products.voice.call import FINAL
from offhook.products.voice.interpreter import Plan, effects
from offhook.products.voice.interpreter.effects import ChildEnded, Connected, Page, Stopped
from offhook.products.voice.live import NO_ORDERS, LiveCall, Orders
from offhook.products.voice.making import Making, Outgoing
from offhook.products.voice.switchboard import Switchboard
from offhook.protocols.twiml import TwimlError, voice
from offhook.protocols.twiml.urls import resolve

INVALID_ADDRESS, INVALID_CALLER_ID, INVALID_SIP = 13223, 13214, 13243
Noun = voice.Number | voice.Client | voice.Sip | voice.ApplicationNoun
LOOP = "this call has been passed on so often that it must go in circles"
SLACK = 5  # seconds that a call rings longer than who made it waits, so that the one who gives up is always the same


class Bridging:
    """Makes calls for calls."""

    def __init__(self, making: Making, addressing: Addressing, numbers: Numbers, switchboard: Switchboard) -> None:
        self._making = making
        self._numbers = numbers
        self._addressing = addressing
        self._switchboard = switchboard

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {effects.Dial: self._dial, effects.HangUpChild: self._hang_up, effects.Connect: self._connect}

    async def over(self, live: LiveCall) -> None:
        """Tell the call that this one was made for how it ended."""
        if live.parent is None:
            return
        status = live.call.status if live.call.status in FINAL else "failed"
        self._switchboard.tell(live.parent, ChildEnded(live.call.sid, status, live.call.duration or 0))  # type: ignore[arg-type]

    async def _dial(self, live: LiveCall, effect: effects.Dial) -> str | None:
        to = await self._whom(live, effect.noun)
        from_ = await self._addressing.caller_for(live.call, effect.caller_id)
        if from_ is None:
            message = f"<Dial> may not use {effect.caller_id!r} as callerId"
            await self._refuse(live, INVALID_CALLER_ID, message, effect.verb.line)
        if to is not None and live.max_forwards <= 0:
            await self._refuse(live, INVALID_ADDRESS, f"<Dial>: {LOOP}", effect.noun.line)
            return None
        if to is None or from_ is None:
            return None
        return await self._call(live, effect, to, from_)

    async def _call(self, live: LiveCall, effect: effects.Dial, to: str, from_: str) -> str:
        noun, parent = effect.noun, live.call
        call = self._making.new(parent.account_sid, from_, to, direction="outbound-dial", parent_call_sid=parent.sid)
        call.status_callback = await self._absolute(live, noun.status_callback, noun.line)
        call.status_callback_method = noun.status_callback_method
        call.events = ",".join(noun.status_callback_event)
        url = await self._absolute(live, noun.url, noun.line)
        detection = noun.machine_detection if isinstance(noun, voice.Number | voice.Sip) else None
        plan = Plan(
            where=Page(url, noun.method) if url else None,
            timeout=effect.verb.timeout + SLACK,
            send_digits=noun.send_digits if isinstance(noun, voice.Number) else "",
            detection=detection.mode if detection else None,
            detection_timeout=detection.timeout * SECOND if detection else 0,
            waits=False,
        )
        orders = await self._orders(live, detection, noun.line) if detection else NO_ORDERS
        left = _forwards_left(live, effect.verb)
        await self._making.make(call, Outgoing(plan, parent=parent.sid, orders=orders, max_forwards=left))
        return call.sid

    async def _orders(self, live: LiveCall, detection: voice.MachineDetection, line: int) -> Orders:
        callback = await self._absolute(live, detection.callback, line)
        return Orders(detection_callback=callback, detection_callback_method=detection.callback_method)

    async def _whom(self, live: LiveCall, noun: Noun) -> str | None:
        match noun:
            case voice.Number():
                found, code, what = address(noun.number), INVALID_ADDRESS, f"{noun.number!r} is not a phone number"
            case voice.Client():
                found, code, what = (
                    address(f"client:{noun.identity}"),
                    INVALID_ADDRESS,
                    f"{noun.identity!r} is no client",
                )
            case voice.Sip():
                found, code, what = address(noun.uri), INVALID_SIP, f"{noun.uri!r} is not a SIP address"
            case voice.ApplicationNoun():
                found = await self._application(live.call.account_sid, noun)
                code, what = INVALID_ADDRESS, f"there is no application {noun.sid!r}"
        if found is None:
            await self._refuse(live, code, f"<Dial>: {what}", noun.line)
        return found

    async def _application(self, account_sid: str, noun: voice.ApplicationNoun) -> str | None:
        if await self._numbers.applications.fetch(account_sid, noun.sid) is None:
            return None
        told = urlencode([(parameter.name, parameter.value) for parameter in noun.parameters])
        return f"{APPLICATION}{noun.sid}?{told}" if told else f"{APPLICATION}{noun.sid}"

    async def _absolute(self, live: LiveCall, reference: str | None, line: int) -> str | None:
        if not reference:
            return None
        try:
            return resolve(live.session.url, reference)
        except TwimlError as problem:
            await self._refuse(live, problem.code, f"<Dial>: {problem.message}", line)
            return None

    async def _refuse(self, live: LiveCall, code: int, message: str, line: int) -> None:
        sentence = f"{message} (line {line})" if line else message
        await live.documents.warn(code, sentence, live.session.url, is_error=True)

    async def _hang_up(self, live: LiveCall, effect: effects.HangUpChild) -> None:
        self._switchboard.tell(effect.sid, Stopped(effect.status))

    async def _connect(self, live: LiveCall, effect: effects.Connect) -> None:
        self._switchboard.tell(effect.sid, Connected(live.session.room))


def _forwards_left(live: LiveCall, verb: voice.Dial) -> int:
    """How often a call made for this one may be passed on; those made at once share it (RFC 5393 section 5)."""
    at_once = 1 if verb.sequential else max(1, len(verb.nouns))
    return (live.max_forwards - 1) // at_once
