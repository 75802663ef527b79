"""Codes on their way: attempts are a queue, and each goes out by its channel.

The attempt's row is the queue. A crash may repeat a text but never lose one. The code is opened when it goes out and
not before; if its verification has ended by then, nothing does.
"""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from offhook.carriers import CarrierError, DeliveryReport
from offhook.exchanges import events
from offhook.kit.clock import MINUTE, SECOND
from offhook.products.verify import attempt_store as store
from offhook.products.verify import verification_store
from offhook.products.verify.attempt import Attempt, AttemptStatus, Manner
from offhook.products.verify.codes import Codes
from offhook.products.verify.verification import Channel, Verification
from offhook.runtime import Tasks, Timers
from offhook.storage import Database, Queue, Step, Unit

FIRST_RETRY, LONGEST_RETRY = 2 * SECOND, MINUTE
NOT_SENT = 30008  # what is told of an attempt that no carrier took, where it does not say why


class Way(Protocol):
    """How codes go out by one channel."""

    async def send(self, attempt: Attempt, manner: Manner, code: str) -> None:
        """Hand a code to whoever carries it. Raises CarrierError."""
        ...


class Delivering:
    """Sends what attempts say, and notes what becomes of them."""

    def __init__(self, database: Database, codes: Codes, timers: Timers, tasks: Tasks, *, sole_worker: bool) -> None:
        self._database = database
        self._codes = codes
        self._clock = timers.clock
        self._ways: Mapping[Channel, Way] = {}
        self.queue: Queue[Attempt] = Queue(
            "verify", database, store.claims, timers, tasks, self._send, sole_worker=sole_worker
        )

    def goes_by(self, ways: Mapping[Channel, Way]) -> None:
        """The channels that there are."""
        self._ways = ways

    def can(self, channel: Channel) -> bool:
        """Whether there is a way for a channel."""
        return channel in self._ways

    def add(self, unit: Unit, attempt: Attempt, *, after: Step) -> None:
        """Add an attempt to `unit`; it goes out once that is durable (and `after` changed a row)."""
        step = store.add(unit, attempt, self.queue.hold, after=after)
        unit.on_commit(lambda: self.queue.take(attempt), after=step)

    async def apply(self, unit: Unit, report: DeliveryReport) -> None:
        """A carrier's report on a text. One that overtakes the carrier's own yes counts all the same."""
        self.note(unit, report.message_sid, report.outcome, report.error_code)

    def note(self, unit: Unit, sid: str, status: AttemptStatus, error_code: int | None = None) -> None:
        """Add a change of status to `unit`."""
        store.become(unit, sid, status, self._clock.now(), error_code)

    async def settle(self, sid: str, status: AttemptStatus) -> None:
        """Change a status."""
        unit = Unit()
        self.note(unit, sid, status)
        await self._database.commit(unit)

    async def _send(self, attempt: Attempt) -> None:
        known = await verification_store.anywhere(self._database, attempt.verification_sid)
        outcome = Unit()
        if known is None or not self._is_wanted(known):
            self.note(outcome, attempt.sid, "failed")
        else:
            await self._try(outcome, attempt, known)
        now = self._clock.now()
        events.note(
            outcome, "verification.updated", account_sid=attempt.account_sid, sid=attempt.verification_sid, now=now
        )
        await self._database.commit(outcome)

    async def _try(self, outcome: Unit, attempt: Attempt, known: Verification) -> None:
        """One try, noted before it is made, so that no carrier is asked for the same twice without our knowing."""
        unit = Unit()
        started = store.start(unit, attempt.sid, self._clock.now())
        await self._database.commit(unit)
        if not started.changed or known.code is None:
            return
        tried = msgspec.structs.replace(attempt, tries=attempt.tries + 1)
        manner = msgspec.json.decode(attempt.manner, type=Manner)
        try:
            await self._ways[attempt.channel].send(tried, manner, self._codes.open(known.code))
        except CarrierError as problem:
            self._refused(outcome, tried, known, problem)
        else:
            self.note(outcome, attempt.sid, "sent")

    def _refused(self, outcome: Unit, tried: Attempt, known: Verification, problem: CarrierError) -> None:
        due = self._clock.now() + min(FIRST_RETRY * 2 ** min(tried.tries, 10), LONGEST_RETRY)
        if not problem.temporary or due >= known.expires:
            self.note(outcome, tried.sid, "failed", problem.code or NOT_SENT)
            return
        store.postpone(outcome, tried.sid, due)
        outcome.on_commit(lambda: self.queue.expect(due))

    def _is_wanted(self, known: Verification) -> bool:
        return known.status == "pending" and known.code is not None and known.expires > self._clock.now()
