"""Receiving: a text for one of our numbers becomes a message, durably, and then its webhook is asked what to do."""

from offhook.carriers import InboundMessage, NotTakenError
from offhook.kit.sids import MESSAGE, MMS, new_sid
from offhook.products.accounts import Accounts
from offhook.products.messaging import history, store
from offhook.products.messaging.answering import Answering
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.message import Message
from offhook.products.messaging.opting_out import OptingOut
from offhook.products.numbers import Numbers
from offhook.protocols import gsm7
from offhook.runtime import Tasks, Timers
from offhook.storage import Database, Queue, Unit

UNREACHABLE = 30003  # what a sender is told of a number that takes nothing


class Receiving:
    """Implements the carriers' `Receiver`."""

    def __init__(
        self,
        accounts: Accounts,
        numbers: Numbers,
        answering: Answering,
        opting_out: OptingOut,
        attaching: Attaching,
        database: Database,
        timers: Timers,
        tasks: Tasks,
        *,
        sole_worker: bool,
    ) -> None:
        self._accounts = accounts
        self._numbers = numbers
        self._opting_out = opting_out
        self._attaching = attaching
        self._clock = timers.clock
        self.queue: Queue[Message] = Queue(
            "answering", database, store.inbound, timers, tasks, answering.answer, sole_worker=sole_worker
        )

    async def offer(self, unit: Unit, inbound: InboundMessage) -> str | None:
        """Add a text for one of our numbers to `unit`; returns its SID, or None when the number is not ours.

        Raises NotTakenError for a number of an account that is suspended or closed.
        """
        number = await self._numbers.at(inbound.to)
        if number is None:
            return None
        if not await self._accounts.is_active(number.account_sid):
            raise NotTakenError(f"{inbound.to} belongs to {number.account_sid}, which is not active", UNREACHABLE)
        now = self._clock.now()
        message = Message(
            seq=0,
            sid=new_sid(MMS if inbound.media else MESSAGE),
            account_sid=number.account_sid,
            direction="inbound",
            from_=inbound.from_,
            to=inbound.to,
            body=inbound.body,
            status="received",
            num_segments=gsm7.measure(inbound.body).segments,
            date_created=now,
            date_updated=now,
            date_sent=now,
            due=now,
            num_media=len(inbound.media),
        )
        step = store.add(unit, message, self.queue.hold)
        self._attaching.add(unit, message.account_sid, message.sid, list(inbound.media))
        unit.on_commit(lambda: self.queue.take(message), after=step)
        history.note_created(unit, message, after=step)
        self._opting_out.obey(unit, message)
        return message.sid
