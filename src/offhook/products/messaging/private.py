"""Texts that are nobody's Message: what Offhook itself says to a person, such as a code.

They go out through the same carrier. There is no resource of them, no callback and no event, so what they say is seen
on the phone and nowhere else. Whoever sends one keeps it until it is sent, tries again, and hears of its delivery.
"""

from collections.abc import Awaitable, Callable

from offhook.carriers import DeliveryReport, MessageCarrier, OutboundMessage
from offhook.storage import Unit

Told = Callable[[Unit, DeliveryReport], Awaitable[None]]


class Private:
    """The private door."""

    def __init__(self, carrier: MessageCarrier) -> None:
        self._carrier = carrier
        self._told: Told | None = None

    def reports_go_to(self, told: Told) -> None:
        """Who hears what became of private texts; what it does joins the carrier's unit."""
        self._told = told

    async def send(self, text: OutboundMessage) -> None:
        """Hand a text to the network; its `sid` is the sender's own, and no message's. Raises CarrierError."""
        await self._carrier.send(text)

    async def apply(self, unit: Unit, report: DeliveryReport) -> None:
        """A report on what is no message."""
        if self._told is not None:
            await self._told(unit, report)
