"""Sending: a message is accepted, handed to a carrier, and followed until the network says what became of it.

The row is the queue. In a process that sends, it is inserted already leased to that process and handed over in
memory after the commit. An attempt is noted durably before the carrier is asked, so a crash can repeat a text but
never lose one. A callback is written in the unit of the change it tells of.
"""

from collections import OrderedDict

import msgspec
import structlog

from offhook.carriers import CarrierError, DeliveryReport, MediaError, MessageCarrier, OutboundMessage
from offhook.exchanges import redaction
from offhook.kit.clock import HOUR, MINUTE, SECOND, to_datetime
from offhook.kit.sids import MESSAGE, MMS, new_sid
from offhook.products.messaging import history, store
from offhook.products.messaging.accepting import Draft
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.message import REPORTED, Direction, Message, Status
from offhook.products.messaging.private import Private
from offhook.protocols import gsm7
from offhook.runtime import Tasks, Timers, Turns
from offhook.storage import Database, Queue, Step, StorageError, Unit
from offhook.webhooks import Alert, Alerts, Outbox

log = structlog.get_logger("offhook.messaging")
VALIDITY = 10 * HOUR  # how long a message is tried; Twilio's longest and default ValidityPeriod
FIRST_RETRY, LONGEST_RETRY = 5 * SECOND, 10 * MINUTE
VALIDITY_EXPIRED = 30036
LOOK_AGAIN = 2 * SECOND  # after the database was away
MOST_FOLLOWED = 10_000  # messages kept in memory until their report comes
API_VERSION = "2010-04-01"


class Sending:
    """Accepts and sends; implements the carriers' `Reports`."""

    def __init__(
        self,
        database: Database,
        carrier: MessageCarrier,
        outbox: Outbox,
        attaching: Attaching,
        alerts: Alerts,
        timers: Timers,
        tasks: Tasks,
        *,
        sole_worker: bool,
    ) -> None:
        self._database = database
        self._carrier = carrier
        self.private = Private(carrier)
        self._outbox = outbox
        self._attaching = attaching
        self._alerts = alerts
        self._timers = timers
        self._clock = timers.clock
        self._turns = Turns()
        self._followed: OrderedDict[str, Message] = OrderedDict()
        self.queue: Queue[Message] = Queue(
            "sending", database, store.outbound, timers, tasks, self._send, sole_worker=sole_worker
        )

    def accept(
        self,
        unit: Unit,
        account_sid: str,
        draft: Draft,
        *,
        direction: Direction = "outbound-api",
        sid: str | None = None,
        after: Step | None = None,
        otherwise: Exception | None = None,
        guarded: bool = True,
    ) -> Message:
        """Add a message to `unit`; it is sent once that is durable (and the step `after` changed a row).

        A recipient who opted out of the sender's messages gets none, unless it is not `guarded`: then the unit raises
        `otherwise`, if given.
        """
        message = self._made(account_sid, draft, direction, sid)
        if guarded:
            step = store.add_outbound(unit, message, self.queue.hold, after, otherwise)
        else:
            step = store.add(unit, message, self.queue.hold, after=after)
        unit.on_commit(lambda: self.queue.take(message), after=step)
        history.note_created(unit, message, after=step)
        return message

    def rehearse(self, account_sid: str, draft: Draft) -> Message:
        """The message that would be made of a draft. It is not."""
        return self._made(account_sid, draft, "outbound-api", None)

    async def apply(self, unit: Unit, report: DeliveryReport) -> None:
        """What a carrier's report changes: the status, and a callback if it did.

        A report may overtake the carrier's own answer; then the message was sent all the same, and is said to be.
        """
        message = self._followed.get(report.message_sid) or await store.anywhere(self._database, report.message_sid)
        if message is None:
            await self.private.apply(unit, report)
            return
        if report.outcome != "failed" and message.status != "sent":
            self.change(unit, message, "sent")
        self.change(unit, message, report.outcome, report.error_code)
        unit.on_commit(lambda: self._forget(message.sid))

    def change(
        self,
        unit: Unit,
        message: Message,
        status: Status,
        error_code: int | None = None,
        otherwise: Exception | None = None,
    ) -> None:
        """Add a change of status to `unit`, and a callback if it happens; `otherwise` is raised if it does not."""
        now = self._clock.now()
        changed = store.become(unit, message.sid, status, now, error_code, otherwise)
        history.note(unit, message, status, now, error_code, after=changed)
        if message.status_callback and status in REPORTED:
            self._outbox.add(
                unit,
                account_sid=message.account_sid,
                resource_sid=message.sid,
                url=message.status_callback,
                parameters=callback_parameters(message, status, error_code, now),
                now=now,
                after=changed,
            )

    def _made(self, account_sid: str, draft: Draft, direction: Direction, sid: str | None) -> Message:
        now = self._clock.now()
        return Message(
            seq=0,
            sid=sid or new_sid(MMS if draft.media_urls else MESSAGE),
            account_sid=account_sid,
            direction=direction,
            from_=draft.from_,
            to=draft.to,
            body=draft.body,
            status="queued",
            num_segments=gsm7.measure(draft.body).segments,
            date_created=now,
            date_updated=now,
            status_callback=draft.status_callback,
            due=now,
            num_media=len(draft.media_urls),
            expires=now + (draft.validity * SECOND if draft.validity else VALIDITY),
            media_urls=msgspec.json.encode(draft.media_urls).decode() if draft.media_urls else None,
            in_reply_to=draft.in_reply_to,
        )

    async def _send(self, message: Message) -> None:
        """Send in turn: what one number says to another arrives in the order it was said."""
        async with self._turns.of((message.from_, message.to)):
            await self._send_in_turn(message)

    async def _send_in_turn(self, message: Message) -> None:
        if message.expires is not None and message.expires <= self._clock.now():
            await self._give_up(message)
            return
        unit = Unit()
        now = self._clock.now()
        started = store.start(unit, message, now)
        history.note(unit, message, "sending", now, after=started)
        await self._database.commit(unit)
        if not started.changed:
            return
        self._follow(message)
        outcome = Unit()
        try:
            await self._carrier.send(await self._outbound(message))
        except MediaError as problem:
            self._alerts.add(outcome, _alert(message, problem))
            self.change(outcome, message, "failed", problem.code)
        except CarrierError as problem:
            self._refused(outcome, message, problem)
        else:
            self.change(outcome, message, "sent")
            outcome.on_commit(lambda: self._note_sent(message))
        await self._keep(outcome)

    async def _keep(self, outcome: Unit) -> None:
        """Note what became of an attempt, as often as it takes: what a carrier took must not be sent once more."""
        while True:
            try:
                await self._database.commit(outcome)
            except StorageError as problem:
                if problem.kind not in ("unavailable", "full"):
                    raise
                log.error("outcome_not_kept", problem=str(problem))
                outcome.forget()
                await self._timers.sleep_until(self._clock.now() + LOOK_AGAIN)
            else:
                return

    async def _outbound(self, message: Message) -> OutboundMessage:
        """The message as carriers take it, with its files. Raises MediaError."""
        files = await self._attaching.of(message)
        return OutboundMessage(
            account_sid=message.account_sid,
            sid=message.sid,
            attempt=f"{message.sid}-{message.attempts + 1}",
            from_=message.from_,
            to=message.to,
            body=message.body,
            media=tuple(file.as_carried() for file in files),
        )

    async def _give_up(self, message: Message) -> None:
        """It waited as long as it may, in vain."""
        unit = Unit()
        self.change(unit, message, "failed", VALIDITY_EXPIRED)
        await self._database.commit(unit)

    def _refused(self, unit: Unit, message: Message, problem: CarrierError) -> None:
        now = self._clock.now()
        if problem.temporary:
            wait = min(FIRST_RETRY * 2 ** min(message.attempts, 10), LONGEST_RETRY)
            due = min(now + wait, message.expires or message.date_created + VALIDITY)
            store.postpone(unit, message, due)
            unit.on_commit(lambda: self.queue.expect(due))
        else:
            self.change(unit, message, "failed", problem.code)

    def _follow(self, message: Message) -> None:
        self._followed[message.sid] = message
        if len(self._followed) > MOST_FOLLOWED:
            self._followed.popitem(last=False)

    def _note_sent(self, message: Message) -> None:
        if message.sid in self._followed:
            self._followed[message.sid] = msgspec.structs.replace(message, status="sent")

    def _forget(self, sid: str) -> None:
        self._followed.pop(sid, None)


def _alert(message: Message, problem: MediaError) -> Alert:
    method = "GET" if problem.url else ""
    url = redaction.url(problem.url)
    return Alert(message.account_sid, problem.code, str(problem), message.sid, request_method=method, request_url=url)


def callback_parameters(
    message: Message, status: Status, error_code: int | None, now: int
) -> tuple[tuple[str, str], ...]:
    """What a status callback says.

    https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
    """
    parameters = [
        ("SmsSid", message.sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("To", message.to),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("From", message.from_),
        ("ApiVersion", API_VERSION),
    ]
    if error_code is not None:
        parameters.append(("ErrorCode", str(error_code)))
    if status in ("delivered", "undelivered"):
        parameters.append(("RawDlrDoneDate", to_datetime(now).strftime("%y%m%d%H%M")))
    return tuple(parameters)
