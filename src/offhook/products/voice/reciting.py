"""Calls of Offhook's own that tell somebody something: another slice says what, and hears whether it was told."""

from collections.abc import Awaitable, Callable
from typing import Any

from offhook.products.voice.interpreter import Plan
from offhook.products.voice.interpreter.reciting import Recital, Recited, recite
from offhook.products.voice.live import LiveCall
from offhook.products.voice.making import Making, Outgoing
from offhook.storage import Unit

RINGS = 60  # seconds
Told = Callable[[bool], Awaitable[None]]


class Reciting:
    """Makes such calls; implements `Rooms` for live ones."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._under_way: dict[str, Told] = {}  # by call

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {Recited: self._settle}

    async def over(self, live: LiveCall) -> None:
        """A call that ended before it told how it went has failed."""
        await self._hear(live, is_told=False)

    def call(
        self, unit: Unit, account_sid: str, from_: str, to: str, recital: Recital, told: Told, *, send_digits: str = ""
    ) -> str:
        """Add a call to `unit`; returns its SID. `told` is called once, with whether it was told."""
        plan = Plan(None, timeout=RINGS, send_digits=send_digits)
        call = self._making.new(account_sid, from_, to, direction="outbound-api")
        self._under_way[call.sid] = told
        self._making.accept(unit, call, Outgoing(plan, steps=lambda session: recite(session, plan, recital)))
        return call.sid

    async def _settle(self, live: LiveCall, effect: Recited) -> None:
        await self._hear(live, is_told=effect.is_told)

    async def _hear(self, live: LiveCall, *, is_told: bool) -> None:
        told = self._under_way.pop(live.call.sid, None)
        if told is not None:
            await told(is_told)
