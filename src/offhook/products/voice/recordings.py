"""Recording calls: begun and ended by documents and by the API, told of by callbacks, heard when somebody asks.

A leg hands over what it recorded when that has ended, whoever ended it; then the row is finished, once. What is heard
is kept as text (`Line`), and becomes sound when somebody fetches it. The words of people in it are its transcription.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from offhook.carriers import calls
from offhook.exchanges import events
from offhook.kit.clock import to_datetime
from offhook.kit.sids import RECORDING, TRANSCRIPTION, new_sid
from offhook.products.voice import recording_store as store
from offhook.products.voice.call import Call
from offhook.products.voice.interpreter import effects
from offhook.products.voice.live import LiveCall
from offhook.products.voice.parameters import API_VERSION, of_call
from offhook.products.voice.recording import FINAL, SILENT, Order, Recording, Status, Transcription
from offhook.products.voice.trimming import trimmed
from offhook.protocols.twiml import TwimlError, voice
from offhook.protocols.twiml.urls import resolve
from offhook.runtime import Mailbox, Tasks, Timers
from offhook.storage import Database, Step, Unit
from offhook.web.origin import Origin
from offhook.webhooks import Outbox


class Recordings:
    """Makes and finishes recordings; implements `Rooms` for live calls."""

    def __init__(self, database: Database, outbox: Outbox, origin: Origin, timers: Timers, tasks: Tasks) -> None:
        self._database = database
        self._outbox = outbox
        self._origin = origin
        self._timers = timers
        self._clock = timers.clock
        self._work = tasks.work
        self._done: dict[str, Recording] = {}  # of calls that are under way
        self._waiting: dict[str, list[Mailbox[Recording]]] = {}  # who waits for the end of a recording
        self._silent: set[str] = set()  # those of which nothing is to be kept
        self._words_for: dict[str, tuple[LiveCall, str | None]] = {}  # whom to tell the words of a recording

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {effects.StartRecording: self._start, effects.EndRecording: self._end}

    async def over(self, live: LiveCall) -> None:
        """Forget what is only asked for while a call is under way."""
        for sid in [sid for sid, recording in self._done.items() if recording.call_sid == live.call.sid]:
            del self._done[sid]

    def begin(self, call: Call, order: Order) -> Recording:
        """A recording of a call that does not exist yet."""
        now = self._clock.now()
        return Recording(
            seq=0,
            sid=new_sid(RECORDING),
            account_sid=call.account_sid,
            call_sid=call.sid,
            source=order.source,
            status="in-progress",
            channels=order.channels,
            track=order.track,
            date_created=now,
            date_updated=now,
            conference_sid=order.conference_sid,
            trims=order.trims,
            status_callback=order.status_callback,
            status_callback_method=order.status_callback_method,
            events=",".join(order.events),
        )

    async def keep(self, recording: Recording) -> None:
        """Keep a recording that begins."""
        unit = Unit()
        step = store.add(unit, recording)
        self._note(unit, recording, "created", step)
        self._tell(unit, recording, step)
        await self._database.commit(unit)

    async def change(self, recording: Recording, status: Status) -> None:
        """Pause a recording, or go on with it."""
        recording.status = status
        unit = Unit()
        self._note(unit, recording, "updated", store.become(unit, recording, status, self._clock.now()))
        await self._database.commit(unit)

    async def finish(self, recording: Recording, recorded: calls.Recorded) -> None:
        """What a leg recorded, whole: the row is finished, the app is told."""
        self._fill(recording, recorded)
        unit = Unit()
        step = store.become(unit, recording, recording.status, self._clock.now())
        self._note(unit, recording, "updated", step)
        self._tell(unit, recording, step)
        self._transcribe(unit, recording)
        try:
            await self._database.commit(unit)
        finally:
            self._done[recording.sid] = recording
            for waiting in self._waiting.pop(recording.sid, []):
                waiting.put(recording)

    async def ended(self, sid: str) -> Recording:
        """Wait until a recording of a call that is under way is kept."""
        if sid in self._done:
            return self._done[sid]
        mailbox: Mailbox[Recording] = Mailbox(self._timers, self._work)
        self._waiting.setdefault(sid, []).append(mailbox)
        while True:
            if (recording := await mailbox.get()) is not None:
                return recording

    def _fill(self, recording: Recording, recorded: calls.Recorded) -> None:
        length, lines = recorded.duration, recorded.lines
        if recording.trims:
            length, lines = trimmed(length, lines)
        if recording.sid in self._silent:
            self._silent.remove(recording.sid)
            recording.status, recording.length, recording.error_code, lines = "absent", 0, SILENT, ()
        else:
            recording.status, recording.length = "completed", length
        recording.lines = msgspec.json.encode(lines).decode()

    async def end_what_was_left(self) -> None:
        """Recordings that were under way when the process was killed are empty."""
        for recording in await store.unfinished(self._database):
            self._silent.add(recording.sid)
            await self.finish(recording, calls.Recorded(recording.sid, 0))
        self._done.clear()

    def url(self, recording: Recording) -> str:
        """Where its sound is served."""
        return self._origin.url(recording.path)

    async def _start(self, live: LiveCall, effect: effects.StartRecording) -> effects.Kept:
        order = await _order(live, effect)
        recording = self.begin(live.call, order)
        if isinstance(effect.verb, voice.Record) and (effect.verb.transcribe or effect.verb.transcribe_callback):
            callback = await _absolute(live, effect.verb.transcribe_callback, effect.verb.line)
            self._words_for[recording.sid] = (live, callback)
        await self.keep(recording)
        live.record(recording)
        return effects.Kept(recording.sid, self.url(recording))

    async def _end(self, live: LiveCall, effect: effects.EndRecording) -> int:
        if effect.is_absent:
            self._silent.add(effect.sid)
        live.tell_leg(calls.StopRecording(effect.sid))
        finished = await self.ended(effect.sid)
        return finished.duration or 0

    def _transcribe(self, unit: Unit, recording: Recording) -> None:
        asked = self._words_for.pop(recording.sid, None)
        if asked is None or recording.status != "completed":
            return
        live, callback = asked
        now = self._clock.now()
        words = " ".join(line.text for line in recording.heard if line.kind == "person")
        transcription = Transcription(
            0,
            new_sid(TRANSCRIPTION),
            recording.account_sid,
            recording.sid,
            "completed" if words else "failed",
            words,
            recording.duration or 0,
            now,
            now,
        )
        step = store.add_text(unit, transcription)
        if callback:
            self._tell_words(unit, live.call, recording, transcription, callback, step)

    def _tell_words(
        self, unit: Unit, call: Call, recording: Recording, words: Transcription, callback: str, after: Step
    ) -> None:
        """https://www.twilio.com/docs/voice/twiml/record#transcribe-callback"""
        told = (
            ("TranscriptionSid", words.sid),
            ("TranscriptionText", words.text),
            ("TranscriptionStatus", words.status),
            ("TranscriptionUrl", self._origin.url(words.path)),
            ("TranscriptionType", "fast"),
            ("RecordingSid", recording.sid),
            ("RecordingUrl", self.url(recording)),
        )
        self._outbox.add(
            unit,
            account_sid=call.account_sid,
            resource_sid=call.sid,
            url=callback,
            parameters=(*of_call(call), *told),
            now=self._clock.now(),
            after=after,
        )

    def _tell(self, unit: Unit, recording: Recording, after: Step) -> None:
        """https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback"""
        if not recording.status_callback or recording.status not in recording.events.split(","):
            return
        started = to_datetime(recording.date_created).strftime("%a, %d %b %Y %H:%M:%S +0000")
        told = [
            ("AccountSid", recording.account_sid),
            ("CallSid", recording.call_sid),
            ("RecordingSid", recording.sid),
            ("RecordingUrl", self.url(recording)),
            ("RecordingStatus", recording.status),
            ("RecordingChannels", str(recording.channels)),
            ("RecordingStartTime", started),
            ("RecordingSource", recording.source),
            ("RecordingTrack", recording.track),
            ("ApiVersion", API_VERSION),
        ]
        if recording.status in FINAL:
            told.append(("RecordingDuration", str(recording.duration or 0)))
            told.append(("ErrorCode", str(recording.error_code or 0)))
        if recording.conference_sid:
            told.append(("ConferenceSid", recording.conference_sid))
        self._outbox.add(
            unit,
            account_sid=recording.account_sid,
            resource_sid=recording.sid,
            url=recording.status_callback,
            method=recording.status_callback_method,
            parameters=tuple(told),
            now=self._clock.now(),
            after=after,
        )

    def _note(self, unit: Unit, recording: Recording, what: str, after: Step) -> None:
        events.note(
            unit,
            f"recording.{what}",
            account_sid=recording.account_sid,
            sid=recording.sid,
            now=self._clock.now(),
            detail=recording.status,
            after=after,
        )


async def _order(live: LiveCall, effect: effects.StartRecording) -> Order:
    """What a document wants of a recording; one that the call was made with says it itself."""
    verb = effect.verb
    if verb is None:
        return live.orders.recording or Order("OutboundAPI")
    callback = await _absolute(live, verb.recording_status_callback, verb.line)
    return Order(
        source=effect.source,  # type: ignore[arg-type]
        track=effect.track,
        channels=effect.channels,
        trims=verb.trim == "trim-silence",
        status_callback=callback,
        status_callback_method=verb.recording_status_callback_method,
        events=verb.recording_status_callback_event,
    )


async def _absolute(live: LiveCall, reference: str | None, line: int) -> str | None:
    if not reference:
        return None
    try:
        return resolve(live.session.url, reference)
    except TwimlError as problem:
        await live.documents.warn(problem.code, f"{problem.message} (line {line})", live.session.url)
        return None
