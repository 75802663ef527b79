"""Validating outgoing caller IDs: the number is called, and whoever answers types the code.

Numbers owns the validations and hears how they ended; voice makes the calls.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from offhook.kit.clock import SECOND
from offhook.products.numbers import CallerIds, Validation
from offhook.products.voice.interpreter import Plan
from offhook.products.voice.interpreter.validating import Validated, validate
from offhook.products.voice.live import LiveCall
from offhook.products.voice.making import Making, Outgoing
from offhook.storage import Unit

CALLS_FROM = "+14157234000"  # what Twilio calls from
RINGS = 60  # seconds


class Validating:
    """Implements numbers' `Validator`, and `Rooms` for live calls."""

    def __init__(self, making: Making, caller_ids: CallerIds) -> None:
        self._making = making
        self._caller_ids = caller_ids
        self._under_way: dict[str, Validation] = {}  # by call

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {Validated: self._settle}

    async def over(self, live: LiveCall) -> None:
        """A call that ended before it told how it went has failed."""
        asked = self._under_way.pop(live.call.sid, None)
        if asked is not None:
            await self._caller_ids.settle(asked, is_right=False)

    def call(self, unit: Unit, asked: Validation) -> str:
        """Add a call to `unit`, which asks whoever answers for the code; returns its SID."""
        plan = Plan(None, timeout=RINGS, send_digits=asked.extension)
        call = self._making.new(asked.account_sid, CALLS_FROM, asked.phone_number, direction="outbound-api")
        self._under_way[call.sid] = msgspec.structs.replace(asked, call_sid=call.sid)
        outgoing = Outgoing(plan, steps=lambda session: validate(session, plan, asked.code), delay=asked.delay * SECOND)
        self._making.accept(unit, call, outgoing)
        return call.sid

    async def _settle(self, live: LiveCall, effect: Validated) -> None:
        asked = self._under_way.pop(live.call.sid)
        await self._caller_ids.settle(asked, is_right=effect.is_right)
