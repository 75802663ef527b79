"""Following a call: each change of its status is written with the callback that tells of it, in one unit.

Callbacks of a call are numbered from 0 and come in that order; which of them an app wants is in the call's row.
"""

from collections.abc import Callable

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.products.voice import history, store
from offhook.products.voice.call import EVENTS, FINAL, Call, CallEvent, Status, events_before
from offhook.products.voice.parameters import of_event
from offhook.storage import Database, Step, Unit
from offhook.webhooks import Outbox


class Tracking:
    """Changes calls."""

    def __init__(self, database: Database, outbox: Outbox, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._told: dict[str, int] = {}  # callbacks so far, by call

    def begin(self, unit: Unit, call: Call) -> Step:
        """Add a new call to `unit`. One that goes out tells that it was initiated."""
        step = store.add(unit, call)
        self._note(unit, call, "created", step)
        if call.direction != "inbound":
            self._tell(unit, call, "initiated", step)
        return step

    async def become(self, call: Call, status: Status, also: Callable[[Unit, Step], None] | None = None) -> bool:
        """Change the status, and `call`; False when it cannot follow (the call is over). `also` adds to the unit."""
        unit, now, before = Unit(), self._clock.now(), call.status
        step = store.become(unit, call.sid, status, now)
        call.status, call.date_updated = status, now
        if status == "in-progress":
            call.start_time = now
        elif status in FINAL:
            call.end_time = max(now, call.start_time or now)
        self._note(unit, call, "updated", step)
        if (event := EVENTS.get(status)) is not None:
            self._tell(unit, call, event, step)
        if also is not None:
            also(unit, step)
        if status in FINAL:
            self._told.pop(call.sid, None)
        await self._database.commit(unit)
        if not step.changed:
            call.status = before
        return step.changed > 0

    async def note_answered_by(self, call: Call, answered_by: str, url: str | None, method: str) -> None:
        """Keep who, or what, answered, and tell `url` of it.

        https://www.twilio.com/docs/voice/answering-machine-detection#asyncamdstatuscallback
        """
        unit, now = Unit(), self._clock.now()
        call.answered_by = answered_by
        step = store.note_answered_by(unit, call.sid, answered_by, now)
        self._note(unit, call, "updated", step)
        if url:
            told = (
                ("CallSid", call.sid),
                ("AccountSid", call.account_sid),
                ("AnsweredBy", answered_by),
                ("MachineDetectionDuration", str((now - (call.start_time or now)) // 1000)),
            )
            self._outbox.add(
                unit,
                account_sid=call.account_sid,
                resource_sid=call.sid,
                url=url,
                method=method,
                parameters=told,
                now=now,
                after=step,
            )
        await self._database.commit(unit)

    def log(self, call: Call, kind: str, text: str) -> None:
        """A line for the call's timeline. Nobody waits for it."""
        unit = Unit()
        history.note_step(unit, call.account_sid, call.sid, kind, text, self._clock.now())
        self._database.post(unit)

    async def end_what_was_left(self) -> int:
        """Calls that were under way when the process was killed have failed; returns how many they were."""
        left = await store.unfinished(self._database)
        for call in left:
            wanted = call.events.split(",")
            self._told[call.sid] = sum(event in wanted for event in events_before(call.direction, call.status))
            await self.become(call, "failed")
        return len(left)

    def _tell(self, unit: Unit, call: Call, event: CallEvent, after: Step) -> None:
        if not call.status_callback or event not in call.events.split(","):
            return
        number = self._told.get(call.sid, 0)
        self._told[call.sid] = number + 1
        now = self._clock.now()
        self._outbox.add(
            unit,
            account_sid=call.account_sid,
            resource_sid=call.sid,
            url=call.status_callback,
            method=call.status_callback_method,
            parameters=of_event(call, event, number, now),
            now=now,
            after=after,
        )

    def _note(self, unit: Unit, call: Call, what: str, after: Step) -> None:
        events.note(
            unit,
            f"call.{what}",
            account_sid=call.account_sid,
            sid=call.sid,
            now=self._clock.now(),
            detail=call.status,
            after=after,
        )
