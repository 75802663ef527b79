"""Lining up: callers who stand in queues, and those who take them out, first come, first served.

Who stands where is in the table of members, which is what the API shows, and in memory, where callers and takers find
each other. Only this process has the calls, so after it was killed nobody stands anywhere.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from offhook.exchanges import events
from offhook.kit.clock import SECOND, Clock
from offhook.products.voice import queue_store as store
from offhook.products.voice.interpreter import effects
from offhook.products.voice.interpreter.effects import (
    Dequeued,
    DequeuerGone,
    Diverted,
    MemberCame,
    MemberGone,
    Page,
    Place,
    Standing,
    Where,
)
from offhook.products.voice.live import LiveCall
from offhook.products.voice.queue import Member
from offhook.products.voice.queues import Queues
from offhook.products.voice.switchboard import Switchboard
from offhook.storage import Database, Unit

FRONT = "Front"  # the name of whoever is next, instead of a call's SID


@dataclass
class _Caller:
    """One who stands in a line; `is_kept` when that is durable."""

    member: Member
    is_kept: bool = False

    @property
    def sid(self) -> str:
        return self.member.call_sid


@dataclass
class _Taker:
    """One who waits for a caller; `where` is what the caller is told before."""

    sid: str
    where: Page | None


@dataclass
class _Line:
    """A queue as it stands now; each by the SID of the call, in the order in which they came."""

    queue_sid: str
    callers: dict[str, _Caller] = field(default_factory=dict)
    takers: dict[str, _Taker] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Talk:
    """A caller who was taken out, and who did it."""

    caller: str
    taker: str


class LiningUp:
    """The queues with people in them; implements `Rooms` for live calls."""

    def __init__(self, database: Database, queues: Queues, switchboard: Switchboard, clock: Clock) -> None:
        self._database = database
        self._queues = queues
        self._switchboard = switchboard
        self._clock = clock
        self._lines: dict[str, _Line] = {}  # by queue
        self._where: dict[str, _Line] = {}  # by call, of callers and takers
        self._talks: dict[str, _Talk] = {}  # by call, of both

    async def start(self) -> None:
        """Nobody stands in a queue whose call ended with the process before."""
        unit = Unit()
        store.clear(unit)
        await self._database.commit(unit)

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {
            effects.EnterQueue: self._enter,
            effects.AskQueue: self._ask,
            effects.LeaveQueue: self._leave,
            effects.TakeFromQueue: self._take,
            effects.ReleaseMember: self._release,
        }

    async def over(self, live: LiveCall) -> None:
        """The call stands in no line any more, and whom it spoke with hears that it is gone."""
        await self._step_out(live.call.sid)
        self._part(live.call.sid)

    async def dequeue(self, account_sid: str, queue_sid: str, call_sid: str, where: Where) -> Member | None:
        """Let a member, or the one at the `FRONT`, do what the document at `where` says. None: there is no such member.

        Returns the member as it was.
        """
        line = self._lines.get(queue_sid)
        sid = next(iter(line.callers), "") if line is not None and call_sid == FRONT else call_sid
        caller = line.callers.get(sid) if line is not None else None
        if line is None or caller is None or caller.member.account_sid != account_sid:
            return None
        member = msgspec.structs.replace(caller.member, position=list(line.callers).index(sid) + 1)
        self._switchboard.tell(sid, Diverted(where))
        await self._step_out(sid)
        return member

    async def _enter(self, live: LiveCall, effect: effects.EnterQueue) -> Place | None:
        live.forget(Dequeued, DequeuerGone)
        account_sid, verb = live.call.account_sid, effect.verb
        while True:
            queue = await self._queues.named(account_sid, verb.name)
            line = self._line(queue.sid)
            if len(line.callers) >= (verb.max_queue_size or queue.max_size):
                self._forget(line)
                return None
            caller = _Caller(Member(0, account_sid, queue.sid, live.call.sid, self._clock.now(), 0))
            self._where[caller.sid], line.callers[caller.sid] = line, caller
            if await self._keep(caller):
                break
            await self._step_out(caller.sid)  # the queue has been deleted meanwhile
        caller.is_kept = True
        self._serve(line)
        return Place(queue.sid, queue.friendly_name, caller.member.date_enqueued)

    async def _ask(self, live: LiveCall, effect: effects.AskQueue) -> Standing | None:
        line, sid = self._where.get(live.call.sid), live.call.sid
        queue = await self._queues.fetch(live.call.account_sid, line.queue_sid) if line is not None else None
        if line is None or queue is None or sid not in line.callers:
            return None
        since = [caller.member.date_enqueued for caller in line.callers.values()]
        average = (self._clock.now() - sum(since) // len(since)) // SECOND
        return Standing(list(line.callers).index(sid) + 1, len(since), queue.max_size, average)

    async def _leave(self, live: LiveCall, effect: effects.LeaveQueue) -> bool:
        if effect.unless_taken and live.call.sid in self._talks:
            return False
        await self.over(live)
        return True

    async def _take(self, live: LiveCall, effect: effects.TakeFromQueue) -> bool:
        live.forget(MemberCame, MemberGone)
        queue = await self._queues.find(live.call.account_sid, effect.noun.name)
        if queue is None:
            return False
        line, taker = self._line(queue.sid), _Taker(live.call.sid, effect.where)
        self._where[taker.sid], line.takers[taker.sid] = line, taker
        self._serve(line)
        return True

    async def _release(self, live: LiveCall, effect: effects.ReleaseMember) -> None:
        await self.over(live)

    def _serve(self, line: _Line) -> None:
        """Bring the first callers and the first takers together, as long as there are both."""
        while line.takers and line.callers:
            taker, caller = next(iter(line.takers.values())), next(iter(line.callers.values()))
            if not caller.is_kept:
                return
            if taker.sid not in self._switchboard:
                self._drop(line, taker.sid)
            elif caller.sid not in self._switchboard:
                self._drop(line, caller.sid)
            else:
                self._bring_together(line, caller, taker)

    def _bring_together(self, line: _Line, caller: _Caller, taker: _Taker) -> None:
        self._drop(line, caller.sid)
        self._drop(line, taker.sid)
        self._talks[caller.sid] = self._talks[taker.sid] = _Talk(caller.sid, taker.sid)
        self._database.post(self._leaving(caller))
        where = None if taker.where is None else replace(taker.where, parameters=self._told(caller, taker))
        self._switchboard.tell(taker.sid, MemberCame(caller.sid, taker.sid))
        self._switchboard.tell(caller.sid, Dequeued(taker.sid, taker.sid, where))

    def _told(self, caller: _Caller, taker: _Taker) -> effects.Parameters:
        """What the document is told that a caller hears before; `Dequeing` is spelled as Twilio does."""
        waited = (self._clock.now() - caller.member.date_enqueued) // SECOND
        return (
            ("QueueSid", caller.member.queue_sid),
            ("QueueTime", str(waited)),
            ("DequeingCallSid", taker.sid),
        )

    async def _keep(self, caller: _Caller) -> bool:
        """Write down that a caller has come; False when there is no such queue any more."""
        unit, member = Unit(), caller.member
        step = store.enter(unit, member)
        now = self._clock.now()
        events.note(unit, "queue.updated", account_sid=member.account_sid, sid=member.queue_sid, now=now, after=step)
        await self._database.commit(unit)
        return step.changed > 0

    def _leaving(self, caller: _Caller) -> Unit:
        """What is to be written down when a caller stands there no longer."""
        unit, member = Unit(), caller.member
        step = store.leave(unit, member.call_sid)
        now = self._clock.now()
        events.note(unit, "queue.updated", account_sid=member.account_sid, sid=member.queue_sid, now=now, after=step)
        return unit

    async def _step_out(self, sid: str) -> None:
        """A call stands in its line no longer, if it did."""
        line = self._where.get(sid)
        if line is None:
            return
        caller = line.callers.get(sid)
        self._drop(line, sid)
        if caller is not None:
            await self._database.commit(self._leaving(caller))

    def _part(self, sid: str) -> None:
        """A call speaks no longer with whom it met, who hears so."""
        talk = self._talks.pop(sid, None)
        if talk is None:
            return
        other = talk.taker if sid == talk.caller else talk.caller
        self._talks.pop(other, None)
        self._switchboard.tell(other, MemberGone(sid) if sid == talk.caller else DequeuerGone())

    def _line(self, queue_sid: str) -> _Line:
        return self._lines.setdefault(queue_sid, _Line(queue_sid))

    def _drop(self, line: _Line, sid: str) -> None:
        line.callers.pop(sid, None)
        line.takers.pop(sid, None)
        self._where.pop(sid, None)
        self._forget(line)

    def _forget(self, line: _Line) -> None:
        if not line.callers and not line.takers:
            self._lines.pop(line.queue_sid, None)
