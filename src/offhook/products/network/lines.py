"""What can be known of the lines of phones: what was set for one, and what follows from how the phone behaves."""

from typing import Any

import msgspec

from offhook.carriers import LineFacts
from offhook.products.network import line_store
from offhook.products.network.behaving import Behaving
from offhook.products.network.handsets import known_address
from offhook.storage import Database, Unit


class PhoneLine(msgspec.Struct):
    """The line of the phone at `address`."""

    address: str
    facts: LineFacts


class PhoneLines:
    """Implements the carriers' `LineProvider` for the simulated network; its API sets the facts."""

    def __init__(self, database: Database, behaving: Behaving) -> None:
        self._database = database
        self._behaving = behaving

    async def facts(self, address: str) -> LineFacts:
        """What is known of the line at an address: every phone of this network is either on or off."""
        kept, behaviour = await line_store.of(self._database, address), await self._behaving.of(address)
        return msgspec.structs.replace(
            kept,
            type=kept.type or behaviour.line,
            status=kept.status or ("Unreachable" if behaviour.is_off else "Reachable"),
        )

    async def find(self, address: str) -> PhoneLine:
        """What was set for a phone, and what follows. Raises ApiError 21211."""
        known = known_address(address)
        return PhoneLine(known, await self.facts(known))

    async def change(self, address: str, changes: dict[str, Any]) -> PhoneLine:
        """Set some facts of a phone's line; None takes one back. Raises ApiError 21211."""
        known = known_address(address)
        unit = Unit()
        kept = await line_store.of(self._database, known)
        line_store.keep(unit, known, msgspec.structs.replace(kept, **changes))
        await self._database.commit(unit)
        return await self.find(known)

    async def forget(self, address: str) -> bool:
        """Take back everything; False when nothing was set."""
        unit = Unit()
        step = line_store.forget(unit, known_address(address))
        await self._database.commit(unit)
        return step.changed > 0
