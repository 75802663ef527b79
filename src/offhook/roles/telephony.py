"""The telephone side of a process: what people and apps say to each other, and the network that carries it.

The simulated network carries texts and calls; messaging and voice are what apps have of them, handsets what people
have. Built from the bottom up: the network, then the products, then the two are connected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from offhook.carriers import MailCarrier, MediaFiles, SmtpCarrier
from offhook.carriers.simulator import SimulatedCalls, SimulatedNetwork
from offhook.fetch import Fetcher
from offhook.kit.clock import SECOND
from offhook.media import Workshop
from offhook.products import lookup, messaging, monitor, network, numbers, verify, voice
from offhook.products.accounts import Accounts
from offhook.roles.settings import Settings
from offhook.runtime import Tasks, Timers
from offhook.storage import Blobs, Database, Queue, Sealer, Unit
from offhook.web import ApiError, Operation
from offhook.web.origin import Origin
from offhook.webhooks import Asker, Outbox


@dataclass(frozen=True)
class Floor:
    """What it stands on."""

    settings: Settings
    database: Database
    sealer: Sealer
    accounts: Accounts
    numbers: numbers.Numbers
    monitor: monitor.Monitor
    outbox: Outbox
    asker: Asker
    fetcher: Fetcher
    origin: Origin
    timers: Timers
    tasks: Tasks
    sole_worker: bool


class TextsOfCalls:
    """Implements voice's `Texts` with messaging."""

    def __init__(self, database: Database, messaging: messaging.Messaging) -> None:
        self._database = database
        self._messaging = messaging

    async def send(self, account_sid: str, from_: str, to: str, body: str, callback: str | None) -> str:
        """Send a text; returns its SID. Raises NotSentError."""
        unit = Unit()
        try:
            message = await self._messaging.accept(
                unit, account_sid, to=to, from_=from_, body=body, status_callback=callback
            )
            await self._database.commit(unit)
        except ApiError as problem:
            raise voice.NotSentError(problem.code, problem.message) from problem
        return message.sid


class Telephony:
    """Texts, calls, and the people who have them."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        clock = floor.timers.clock
        self.behaving = network.Behaving(floor.database)
        phones = network.Phones(clock)
        self._blobs = Blobs(floor.settings.data / "media")
        self._workshop = Workshop(
            floor.settings.data / "sounds", self._blobs, recognizer=floor.settings.speech_recognizer
        )
        files = MediaFiles(floor.fetcher, self._blobs)
        self._texts = SimulatedNetwork(
            floor.database, phones, self.behaving, floor.timers, floor.tasks, sole_worker=floor.sole_worker
        )
        self._calls = SimulatedCalls(network.Calls(floor.database, clock), self.behaving, floor.timers, floor.tasks)
        self._messaging = self._build_messaging(files)
        self._voice = self._build_voice()
        self._mailboxes = network.Mailboxes(floor.database, clock)
        self._verify = self._build_verify()
        self._texts.connect(self._messaging.receiving, self._messaging.sending)
        self._calls.connect(self._voice.receiving)
        files.used_by(self._voice.carries)
        floor.numbers.caller_ids.validated_by(self._voice.validating, floor.outbox)
        self.handsets = network.Handsets(floor.database, self._texts, phones, self.behaving, files)
        self._calling = network.Calling(floor.database, self._calls, self.behaving, clock)
        self._lines = network.PhoneLines(floor.database, self.behaving)
        self._lookup = lookup.Lookup(self._lines, floor.numbers, any_number=floor.settings.adopts)

    @property
    def queues(self) -> list[Queue[Any]]:
        """The queues to work on."""
        return [self._texts.queue, *self._messaging.queues, *self._verify.queues]

    async def start(self) -> None:
        """Calls that a killed process left behind have ended."""
        await self._calling.start()
        await self._voice.start()
        await self._verify.start()

    def stop(self) -> None:
        """End every call: the process is about to end, and nobody carries them on."""
        self._voice.stop()

    async def close(self) -> None:
        """End the processes that make sound."""
        await self._workshop.close()

    def resources(self, clockwork: network.Clockwork, going_back: network.GoingBack) -> Sequence[Operation]:
        """Everything that is served."""
        return [
            *messaging.resources(self._messaging),
            *voice.resources(self._voice),
            *lookup.resources(self._lookup),
            *verify.resources(self._verify),
            *network.resources(self.handsets, self._calling, self._lines, self._mailboxes, clockwork, going_back),
        ]

    def _build_messaging(self, files: MediaFiles) -> messaging.Messaging:
        floor = self._floor
        return messaging.build_messaging(
            database=floor.database,
            accounts=floor.accounts,
            numbers=floor.numbers,
            carrier=self._texts,
            lines=self._texts,
            outbox=floor.outbox,
            attaching=messaging.Attaching(floor.database, files, floor.origin, floor.timers.clock),
            origin=floor.origin,
            asker=floor.asker,
            alerts=floor.monitor,
            timers=floor.timers,
            tasks=floor.tasks,
            adopts=floor.settings.adopts,
            sole_worker=floor.sole_worker,
        )

    def _build_voice(self) -> voice.Voice:
        floor = self._floor
        return voice.build_voice(
            database=floor.database,
            accounts=floor.accounts,
            numbers=floor.numbers,
            carrier=self._calls,
            outbox=floor.outbox,
            asker=floor.asker,
            alerts=floor.monitor,
            timers=floor.timers,
            tasks=floor.tasks,
            fetcher=floor.fetcher,
            blobs=self._blobs,
            workshop=self._workshop,
            origin=floor.origin,
            texts=TextsOfCalls(floor.database, self._messaging),
            adopts=floor.settings.adopts,
        )

    def _build_verify(self) -> verify.Verify:
        floor, settings = self._floor, self._floor.settings
        return verify.build_verify(
            database=floor.database,
            sealer=floor.sealer,
            accounts=floor.accounts,
            messaging=self._messaging,
            reciting=self._voice.reciting,
            mail=self._mail_carriers(),
            lines=self._texts,
            outbox=floor.outbox,
            alerts=floor.monitor,
            timers=floor.timers,
            tasks=floor.tasks,
            rules=verify.Rules(
                ttl=settings.verify_ttl * SECOND,
                resend_wait=settings.first_resend_wait * SECOND,
                guard=settings.guard_against_pumping,
                sender=settings.verify_sender,
                mail_sender=settings.mail_from,
                shows_codes=not settings.is_production,
            ),
            sole_worker=floor.sole_worker,
        )

    def _mail_carriers(self) -> list[MailCarrier]:
        """The mail server, if there is one, and in dev mode the mailboxes of the people here."""
        settings = self._floor.settings
        server: list[MailCarrier] = [SmtpCarrier(settings.smtp_url)] if settings.smtp_url else []
        return server if settings.is_production else [*server, self._mailboxes]
