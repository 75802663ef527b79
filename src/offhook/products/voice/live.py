"""A call under way: drives the interpreter for one leg, and does what it asks for.

The interpreter yields effects; commands go to the leg, everything else is done here or by whoever knows about it
(`Parts`). What the leg tells, and what other calls and the API tell this one, comes in through one mailbox, in order.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from offhook.carriers import calls
from offhook.products.voice.call import FINAL, Call
from offhook.products.voice.documents import CallDocuments, Documents
from offhook.products.voice.interpreter import DocumentError, HungUpError, Session, Steps, effects
from offhook.products.voice.interpreter.effects import News, Stopped
from offhook.products.voice.recording import Order, Recording
from offhook.products.voice.switchboard import Switchboard
from offhook.products.voice.tracking import Tracking
from offhook.runtime import Mailbox, Tasks, Timers

log = structlog.get_logger("offhook.voice")
COMMANDS = calls.Command.__args__
HEARD = (calls.Digit, calls.SpeechStarted, calls.SpeechEnded)


class Rooms(Protocol):
    """Who brings calls together: `dialing`, `conferences`, `queues`, each for effects of its own."""

    def handlers(self) -> dict[type, Callable[["LiveCall", Any], Awaitable[Any]]]:
        """What is done for each kind of effect; what it returns is the effect's result."""
        ...

    async def over(self, live: "LiveCall") -> None:
        """A call is over: whatever it was part of goes on without it."""
        ...


class Recorder(Protocol):
    """Who keeps what legs record; `recordings` implements this."""

    async def finish(self, recording: Recording, recorded: calls.Recorded) -> None:
        """Keep what a leg has recorded."""
        ...

    async def ended(self, sid: str) -> Recording:
        """Wait until a recording is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Orders:
    """What the maker of a call wants besides what is said on it: all of it recorded, to be told who answered."""

    recording: Order | None = None
    detection_callback: str | None = None
    detection_callback_method: str = "POST"


NO_ORDERS = Orders()


@dataclass(frozen=True, slots=True)
class Begin:
    """News for a live call: record from now on."""

    recording: Recording


@dataclass(frozen=True, slots=True)
class BeginPart:
    """News for a live call: record what comes in from now on, for somebody who puts it together with others."""

    sid: str
    take: Callable[[calls.Recorded], None]


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """News for a live call: another URL is told of its status from now on."""

    url: str
    method: str


@dataclass
class Parts:
    """What live calls share."""

    documents: Documents
    tracking: Tracking
    switchboard: Switchboard
    timers: Timers
    tasks: Tasks
    recorder: Recorder | None = None
    rooms: tuple[Rooms, ...] = ()


class LiveCall:
    """One call, from its beginning to its end."""

    def __init__(self, parts: Parts, call: Call, session: Session, orders: Orders = NO_ORDERS) -> None:
        self.call = call
        self.orders = orders
        self.session = session
        self.documents: CallDocuments = parts.documents.of(call)
        self.leg: calls.Leg | None = None
        self._recordings: dict[str, Recording] = {}  # under way
        self._parts_of_others: dict[str, Callable[[calls.Recorded], None]] = {}
        self._recorded: list[str] = []  # those that have ended, kept by now or soon
        self._is_over = False  # the leg has ended, or is to end
        self._speaks = False  # the far side, now
        self.parent: str | None = None  # who hears what becomes of this one
        self.max_forwards = calls.MAX_FORWARDS
        self._parts = parts
        self._mailbox: Mailbox[News] = Mailbox(parts.timers, parts.tasks.work)
        self._handlers = self._own_handlers() | {
            kind: do for part in parts.rooms for kind, do in part.handlers().items()
        }

    def hear(self, news: Any) -> None:
        """Take news: from the leg, from another call, from the API. Commands are for the leg."""
        if isinstance(news, Begin):
            self.record(news.recording)
        elif isinstance(news, ToldElsewhere):
            self.call.status_callback, self.call.status_callback_method = news.url, news.method
        elif isinstance(news, BeginPart):
            self._record_part(news)
        elif isinstance(news, COMMANDS):
            self.tell_leg(news)
        elif isinstance(news, calls.Recorded):
            self._keep(news)
        else:
            self._notice(news)
            self._mailbox.put(news)

    def _notice(self, news: News) -> None:
        if isinstance(news, calls.Ended | calls.Refused | Stopped):
            self._is_over = True
        elif isinstance(news, calls.SpeechStarted | calls.SpeechEnded):
            self._speaks = isinstance(news, calls.SpeechStarted)

    def record(self, recording: Recording) -> None:
        """Record from now on; `recording` has been kept."""
        self._recordings[recording.sid] = recording
        if self._is_over or self.leg is None:
            self._keep(calls.Recorded(recording.sid, 0))
        else:
            self.tell_leg(calls.Record(recording.sid, recording.track))

    def forget(self, *kinds: type) -> None:
        """Forget news of these kinds that nobody has taken: they are about what is over."""
        self._mailbox.discard(lambda news: isinstance(news, kinds))

    def connect(self, leg: calls.Leg) -> None:
        """The leg of a call that goes out; one that was ended meanwhile is hung up."""
        self.leg = leg
        if self._is_over:
            leg.do(calls.HangUp())

    def start(self, steps: Steps[None]) -> None:
        """Begin to carry out what the interpreter wants."""
        self._parts.switchboard.plug_in(self.call.sid, self.hear)
        self._parts.tasks.spawn(self._live(steps), f"call-{self.call.sid}")

    def tell_leg(self, command: calls.Command) -> None:
        """Tell the leg what to do; while there is none, it is only noted that there is to be none."""
        self._is_over = self._is_over or isinstance(command, calls.HangUp | calls.Reject)
        if self.leg is not None:
            self.leg.do(command)

    async def _live(self, steps: Steps[None]) -> None:
        try:
            await self._carry_out(steps)
        finally:
            self.tell_leg(calls.HangUp())
            await self._wait_for_recordings()
            self._parts.switchboard.pull_out(self.call.sid)
            for part in self._parts.rooms:
                await part.over(self)
            if self.call.status not in FINAL:
                await self._parts.tracking.become(self.call, "failed")

    def _record_part(self, part: BeginPart) -> None:
        self._parts_of_others[part.sid] = part.take
        if self._is_over or self.leg is None:
            self._keep(calls.Recorded(part.sid, 0))
        else:
            self.tell_leg(calls.Record(part.sid, "inbound"))

    def _keep(self, recorded: calls.Recorded) -> None:
        take = self._parts_of_others.pop(recorded.sid, None)
        if take is not None:
            take(recorded)
        recording = self._recordings.pop(recorded.sid, None)
        if recording is not None and self._parts.recorder is not None:
            self._recorded.append(recorded.sid)
            self._parts.tasks.spawn(self._parts.recorder.finish(recording, recorded), f"recording-{recorded.sid}")

    async def _wait_for_recordings(self) -> None:
        """The leg has ended, and tells what it has recorded."""
        for sid in [*self._recordings, *self._recorded]:
            if self._parts.recorder is not None:
                await self._parts.recorder.ended(sid)

    async def _carry_out(self, steps: Steps[None]) -> None:
        result: Any = None
        problem: DocumentError | HungUpError | None = None
        while True:
            self.session.now = self._parts.timers.clock.now()
            try:
                effect = steps.send(result) if problem is None else steps.throw(problem)
            except StopIteration:
                return
            result, problem = None, None
            try:
                result = await self._do(effect)
            except DocumentError as failed:
                problem = failed
            except Exception:
                log.exception("call_failed", call=self.call.sid)
                problem = HungUpError("failed")

    async def _do(self, effect: Any) -> Any:
        if isinstance(effect, COMMANDS):
            self.tell_leg(effect)
            return None
        return await self._handlers[type(effect)](self, effect)

    def _own_handlers(self) -> dict[type, Callable[["LiveCall", Any], Awaitable[Any]]]:
        return {
            effects.Read: LiveCall._read,
            effects.Tell: LiveCall._tell,
            effects.Wait: LiveCall._wait,
            effects.Discard: LiveCall._discard,
            effects.Warn: LiveCall._warn,
            effects.Rang: LiveCall._rang,
            effects.Picked: LiveCall._picked,
            effects.Found: LiveCall._found,
            effects.Report: LiveCall._report,
            effects.Finish: LiveCall._finish,
            effects.Log: LiveCall._log,
        }

    async def _read(self, effect: effects.Read) -> effects.Document:
        return await self.documents.read(effect.where)

    async def _tell(self, effect: effects.Tell) -> None:
        ends_at = self.session.ends_at
        has_no_time = ends_at is not None and ends_at <= self.session.now
        await self.documents.tell(effect.page, is_over=self._is_over or has_no_time)

    async def _wait(self, effect: effects.Wait) -> News | None:
        return await self._mailbox.get(effect.until)

    async def _discard(self, effect: effects.Discard) -> bool:
        self._mailbox.discard(lambda news: isinstance(news, HEARD))
        return self._speaks

    async def _warn(self, effect: effects.Warn) -> None:
        message = f"{effect.message} (line {effect.line})" if effect.line else effect.message
        await self.documents.warn(effect.code, message, self.session.url, is_error=effect.is_error)

    async def _rang(self, effect: effects.Rang) -> None:
        await self._parts.tracking.become(self.call, "ringing")

    async def _picked(self, effect: effects.Picked) -> None:
        await self._parts.tracking.become(self.call, "in-progress")

    async def _found(self, effect: effects.Found) -> None:
        url = self.orders.detection_callback if effect.is_late else None
        await self._parts.tracking.note_answered_by(
            self.call, effect.answered_by, url, self.orders.detection_callback_method
        )

    async def _report(self, effect: effects.Report) -> None:
        if self.parent is not None:
            self._parts.switchboard.tell(self.parent, effect.news)

    async def _finish(self, effect: effects.Finish) -> None:
        await self._parts.tracking.become(self.call, effect.status)

    async def _log(self, effect: effects.Log) -> None:
        self._parts.tracking.log(self.call, effect.kind, effect.text)
