"""`<Dial>`: calls that are made for another call, and bringing the two together.

The new call is a live call of its own, with its own leg; the two tell each other what happens through the switchboard.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from offhook.products.voice.addressing import Addressing, address
from offhook.products.voice.call import FINAL
from offhook.products.voice.interpreter import Plan, effects
from offhook.products.voice.interpreter.effects import ChildEnded, Connected, Page, Stopped
from offhook.products.voice.live import LiveCall
from offhook.products.voice.making import Making, Outgoing
from offhook.products.voice.switchboard import Switchboard
from offhook.protocols.twiml import TwimlError, voice
from offhook.protocols.twiml.urls import resolve

INVALID_NUMBER, INVALID_CALLER_ID, INVALID_CLIENT, INVALID_SIP = 13223, 13214, 13221, 13224
SLACK = 5  # seconds that a call rings longer than who made it waits, so that the one who gives up is always the same


class Bridging:
    """Makes calls for calls."""

    def __init__(self, making: Making, addressing: Addressing, switchboard: Switchboard) -> None:
        self._making = making
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
        plan = Plan(
            where=Page(url, noun.method) if url else None,
            timeout=effect.verb.timeout + SLACK,
            send_digits=noun.send_digits if isinstance(noun, voice.Number) else "",
        )
        await self._making.make(call, Outgoing(plan, parent=parent.sid))
        return call.sid

    async def _whom(self, live: LiveCall, noun: voice.Number | voice.Client | voice.Sip) -> str | None:
        if isinstance(noun, voice.Number):
            text, code, what = noun.number, INVALID_NUMBER, "phone number"
        elif isinstance(noun, voice.Client):
            text, code, what = f"client:{noun.identity}", INVALID_CLIENT, "client"
        else:
            text, code, what = noun.uri, INVALID_SIP, "SIP address"
        found = address(text)
        if found is None:
            await self._refuse(live, code, f"<Dial>: {text!r} is not a {what}", noun.line)
        return found

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
