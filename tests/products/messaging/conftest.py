"""Sending by itself: the real one, on a real database and a virtual clock, with a carrier that the test scripts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from offhook.carriers import CarrierError, DeliveryReport, MediaFiles, OutboundMessage
from offhook.fetch import Fetcher, Guard
from offhook.products.messaging import store
from offhook.products.messaging.accepting import Draft
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.changing import Changing
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import Sending
from offhook.products.monitor import Monitor
from offhook.runtime import Tasks, VirtualClock, VirtualTimers, Work
from offhook.storage import Blobs, Database, Query, Unit, open_database, reading
from offhook.web.origin import Origin
from offhook.webhooks import Outbox, outbox

START = 1_700_000_000_000_000
ACCOUNT = "AC" + "1" * 32
Callback = tuple[str, dict[str, str]]
_CALLBACKS = Query(reading(outbox.callbacks, outbox.Callback).order_by(outbox.callbacks.c.seq), outbox.Callback)


class Carrier:
    """A second carrier beside the simulated network: it takes a message, or refuses it as the script says."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.script: list[CarrierError | None] = []
        self.taken: list[OutboundMessage] = []
        self.tried_at: list[int] = []

    async def send(self, message: OutboundMessage) -> None:
        """Implements `MessageCarrier`; after the script's end everything is taken."""
        self.tried_at.append(self._clock.now())
        problem = self.script.pop(0) if self.script else None
        if problem is not None:
            raise problem
        self.taken.append(message)


class Line:
    """One Sending with everything around it."""

    def __init__(
        self, database: Database, sending: Sending, attaching: Attaching, carrier: Carrier, timers: VirtualTimers
    ) -> None:
        self.database, self.sending, self.carrier, self.timers = database, sending, carrier, timers
        self.attaching = attaching
        self.changing = Changing(database, sending, attaching)

    async def accept(
        self,
        body: str = "hi",
        status_callback: str | None = None,
        validity: int | None = None,
        media_urls: tuple[str, ...] = (),
    ) -> Message:
        """Accept a message; it is durable, and its sending has begun, when this returns."""
        unit = Unit()
        draft = Draft("+12023358536", "+19732644152", body, status_callback, validity, media_urls)
        message = self.sending.accept(unit, ACCOUNT, draft)
        await self.database.commit(unit)
        return message

    async def accepted(self, **given) -> Message:
        """Accept a message and wait until there is nothing left to do now."""
        message = await self.accept(**given)
        await self.settle()
        return message

    async def settle(self) -> None:
        await self.timers.advance(self.timers.clock.now())

    async def advance(self, microseconds: int) -> None:
        await self.timers.advance(self.timers.clock.now() + microseconds)

    async def apply(self, report: DeliveryReport) -> None:
        unit = Unit()
        await self.sending.apply(unit, report)
        await self.database.commit(unit)

    async def report(self, message: Message, outcome: str, code: int | None = None) -> None:
        await self.apply(DeliveryReport(message.sid, outcome, code))  # type: ignore[arg-type]

    async def fetch(self, message: Message) -> Message:
        found = await store.by_sid(self.database, message.account_sid, message.sid)
        assert found is not None
        return found

    async def callbacks(self) -> list[Callback]:
        """Where each waiting callback goes and what it says, in order."""
        rows = await self.database.all(_CALLBACKS)
        return [(row.url, dict(row.pairs)) for row in rows]


class Lines:
    """Opens lines on one database file, one after the other: closing and opening again is a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = VirtualClock(START)

    @asynccontextmanager
    async def opened(self, *script: CarrierError | None) -> AsyncIterator[Line]:
        work = Work()
        tasks, timers = Tasks(work), VirtualTimers(work, self.clock)
        database = await open_database(None, self.folder, work)
        carrier = Carrier(self.clock)
        carrier.script = list(script)
        fetcher = Fetcher(Guard(allow_private=True, own_ports=tuple))
        files = MediaFiles(fetcher, Blobs(self.folder / "media"))
        attaching = Attaching(database, files, Origin("http://offhook.test"), self.clock)
        sending = Sending(
            database, carrier, Outbox(hold=0), attaching, Monitor(database, self.clock), timers, tasks, sole_worker=True
        )
        await sending.queue.start()
        try:
            yield Line(database, sending, attaching, carrier, timers)
        finally:
            sending.queue.stop()
            await tasks.drain(5)
            await fetcher.close()
            await database.close()


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    return Lines(tmp_path)
