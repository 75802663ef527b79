"""The simulated network carries texts: from an app to a person, from a person to an app, from number to number.

Every destination is offered to the numbers of this Offhook first; a number that nobody owns is a handset. A text is
on the phone, durably, before the network says it has it; the receipt is kept beside it and goes back afterwards.
"""

from typing import cast

from offhook.carriers.port import (
    CarrierError,
    DeliveryReport,
    InboundMessage,
    OutboundMessage,
    Outcome,
    Receiver,
    Reports,
)
from offhook.carriers.simulator import receipts
from offhook.carriers.simulator.handsets import Handsets, Text
from offhook.carriers.simulator.receipts import Receipt
from offhook.kit.clock import Clock
from offhook.kit.sids import MESSAGE, new_sid
from offhook.runtime import Tasks, Timers
from offhook.storage import Database, Queue, StorageError, Unit


class SimulatedNetwork:
    """Implements `MessageCarrier`; people's texts come in through `text`."""

    def __init__(
        self,
        database: Database,
        handsets: Handsets,
        timers: Timers,
        tasks: Tasks,
        *,
        sole_worker: bool,
    ) -> None:
        self._database = database
        self._handsets = handsets
        self._clock: Clock = timers.clock
        self._receiver: Receiver | None = None
        self._reports: Reports | None = None
        self.queue: Queue[Receipt] = Queue(
            "receipts", database, receipts.claims, timers, tasks, self._give, sole_worker=sole_worker
        )

    def connect(self, receiver: Receiver, reports: Reports) -> None:
        """Where inbound messages and delivery reports go."""
        self._receiver = receiver
        self._reports = reports

    async def send(self, message: OutboundMessage) -> None:
        """Carry an app's text to its destination; durable when this returns."""
        unit = Unit()
        taken = await self._offer(unit, InboundMessage(message.from_, message.to, message.body))
        text = Text(message.account_sid, message.attempt, message.sid, message.from_, message.to, message.body)
        shown = None if taken else self._handsets.receive(unit, text)
        receipt = Receipt(0, message.attempt, message.sid, "delivered", None, self._clock.now())
        step = receipts.add(unit, receipt, self.queue.hold, shown)
        unit.on_commit(lambda: self.queue.take(receipt), after=step)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise CarrierError(str(problem), temporary=True, code=30008) from problem
            # This very attempt arrived before: the network has the message, and the receipt is on its way.

    async def text(self, account_sid: str, from_: str, to: str, body: str) -> Text:
        """A person sends a text; `message_sid` of what is returned says which Message an app got, if one did."""
        unit = Unit()
        message_sid = await self._offer(unit, InboundMessage(from_, to, body))
        text = Text(account_sid, new_sid(MESSAGE), message_sid, from_, to, body)
        self._handsets.sent(unit, text)
        if message_sid is None:
            self._handsets.receive(unit, text)
        await self._database.commit(unit)
        return text

    async def _offer(self, unit: Unit, message: InboundMessage) -> str | None:
        return await self._receiver.offer(unit, message) if self._receiver is not None else None

    async def _give(self, receipt: Receipt) -> None:
        unit = Unit()
        if self._reports is not None:
            outcome = cast("Outcome", receipt.outcome)
            await self._reports.apply(unit, DeliveryReport(receipt.message_sid, outcome, receipt.error_code))
        receipts.forget(unit, receipt)
        await self._database.commit(unit)
