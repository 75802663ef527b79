"""The simulated network carries texts: from an app to a person, from a person to an app, from number to number.

Every destination is offered to the numbers of this Offhook first; a number that nobody owns is a handset. What the
network took is in a table until it arrived; arriving, the report and the end of the row are one unit, so a crash
neither loses a text nor shows it twice.
"""

from collections import Counter
from collections.abc import Callable

import msgspec
import structlog

from offhook.carriers.port import (
    CarrierError,
    DeliveryReport,
    InboundMessage,
    Line,
    Media,
    NotTakenError,
    OutboundMessage,
    Receiver,
    Reports,
)
from offhook.carriers.simulator import transit
from offhook.carriers.simulator.behaviour import Behaviours, fate
from offhook.carriers.simulator.handsets import Handsets, Text
from offhook.carriers.simulator.transit import TextInTransit
from offhook.kit.sids import MESSAGE, new_sid
from offhook.runtime import Tasks, Timers, Turns
from offhook.storage import Database, Queue, StorageError, Unit

log = structlog.get_logger("offhook.network")


class SimulatedNetwork:
    """Implements `MessageCarrier` and `Lines`; people's texts come in through `text`."""

    def __init__(
        self,
        database: Database,
        handsets: Handsets,
        behaviours: Behaviours,
        timers: Timers,
        tasks: Tasks,
        *,
        sole_worker: bool,
    ) -> None:
        self._database = database
        self._handsets = handsets
        self._behaviours = behaviours
        self._clock = timers.clock
        self._receiver: Receiver | None = None
        self._reports: Reports | None = None
        self._turns = Turns()
        self._carried: Counter[str] = Counter()
        self.queue: Queue[TextInTransit] = Queue(
            "network", database, transit.claims, timers, tasks, self._arrive, sole_worker=sole_worker
        )

    def connect(self, receiver: Receiver, reports: Reports) -> None:
        """Where inbound messages and delivery reports go."""
        self._receiver = receiver
        self._reports = reports

    async def send(self, message: OutboundMessage) -> None:
        """Take an app's text; the network has it, durably, when this returns."""
        behaviour = await self._behaviours.of(message.to)
        if behaviour.fault_rate:
            self._carried[message.to] += 1
        what = fate(behaviour, self._carried[message.to])
        now = self._clock.now()
        taken = TextInTransit(
            seq=0,
            attempt=message.attempt,
            account_sid=message.account_sid,
            message_sid=message.sid,
            from_=message.from_,
            to=message.to,
            body=message.body,
            media=msgspec.json.encode(message.media).decode(),
            outcome=what.outcome,
            error_code=what.error_code,
            repeats=behaviour.repeats,
            due=None if behaviour.is_off else now + behaviour.delay,
        )
        at_once = taken.due == now
        kept = await self._take(taken, at_once=at_once, hand_over=not behaviour.too_early)
        if kept and at_once and behaviour.too_early:
            await self._arrive_early(taken)
        if behaviour.is_off:
            await self._let_go(message.to)  # it may have been switched on meanwhile

    async def line_of(self, address: str) -> Line | None:
        """What kind of phone somebody has said this number is."""
        return (await self._behaviours.of(address)).line

    async def text(self, account_sid: str, from_: str, to: str, body: str, media: tuple[Media, ...] = ()) -> Text:
        """A person sends a text; `message_sid` of what is returned says which Message an app got, if one did."""
        unit = Unit()
        message_sid, is_taken = None, True
        try:
            message_sid = await self._offer(unit, InboundMessage(from_, to, body, media))
        except NotTakenError as problem:
            log.warning("text_not_taken", to=to, problem=str(problem))
            is_taken = False
        text = Text(account_sid, new_sid(MESSAGE), message_sid, from_, to, body, media)
        self._handsets.sent(unit, text)
        if message_sid is None and is_taken:
            self._handsets.receive(unit, text)
        await self._database.commit(unit)
        return text

    async def let_go(self) -> None:
        """Phones may be on again: what was held for those that are arrives."""
        for address in await transit.held_for(self._database):
            await self._let_go(address)

    async def carries(self, digest: str) -> bool:
        """Whether a text on its way has this file."""
        return await transit.carries(self._database, digest)

    def start_over(self, is_meant: Callable[[str], bool]) -> None:
        """Count the texts of some phones from one again, so that their faults repeat themselves."""
        for address in [address for address in self._carried if is_meant(address)]:
            del self._carried[address]

    async def _let_go(self, address: str) -> None:
        if (await self._behaviours.of(address)).is_off:
            return
        unit = Unit()
        transit.let_go(unit, address, self._clock.now())
        unit.on_commit(self.queue.ring)
        await self._database.commit(unit)

    async def _take(self, taken: TextInTransit, *, at_once: bool, hand_over: bool) -> bool:
        """Keep a text durably; False when this very attempt is here already. Raises CarrierError."""
        unit = Unit()
        transit.add(unit, taken, self.queue.hold if at_once else 0)
        if at_once and hand_over:
            unit.on_commit(lambda: self.queue.take(taken))
        elif not at_once and (due := taken.due) is not None:
            unit.on_commit(lambda: self.queue.expect(due))
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise CarrierError(str(problem), temporary=True) from problem
            return False
        return True

    async def _arrive_early(self, arrived: TextInTransit) -> None:
        """Arrive before `send` has said that the network has it; when that fails, a moment later like any other."""
        try:
            await self._arrive(arrived)
        except StorageError as problem:
            log.warning("arrival_not_kept", message_sid=arrived.message_sid, problem=str(problem))
            self.queue.take(arrived)

    async def _arrive(self, arrived: TextInTransit) -> None:
        """Arrive in turn: what one number says to another is read in the order it was said."""
        async with self._turns.of((arrived.from_, arrived.to)):
            await self._arrive_in_turn(arrived)

    async def _arrive_in_turn(self, arrived: TextInTransit) -> None:
        unit = Unit()
        report = DeliveryReport(arrived.message_sid, arrived.outcome, arrived.error_code)
        if arrived.outcome == "delivered":
            try:
                await self._show(unit, arrived)
            except NotTakenError as problem:
                report = DeliveryReport(arrived.message_sid, "undelivered", problem.code)
        for _ in range(1 + arrived.repeats):
            await self._report(unit, report)
        transit.forget(unit, arrived)
        await self._database.commit(unit)

    async def _show(self, unit: Unit, arrived: TextInTransit) -> None:
        files = arrived.files()
        inbound = InboundMessage(arrived.from_, arrived.to, arrived.body, files)
        if await self._offer(unit, inbound) is None:
            text = Text(
                account_sid=arrived.account_sid,
                attempt=arrived.attempt,
                message_sid=arrived.message_sid,
                from_=arrived.from_,
                to=arrived.to,
                body=arrived.body,
                media=files,
            )
            self._handsets.receive(unit, text)

    async def _offer(self, unit: Unit, message: InboundMessage) -> str | None:
        return await self._receiver.offer(unit, message) if self._receiver is not None else None

    async def _report(self, unit: Unit, report: DeliveryReport) -> None:
        if self._reports is not None:
            await self._reports.apply(unit, report)
