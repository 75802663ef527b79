"""Recording conferences: what comes in on each leg is recorded apart, and put together when the recording ends.

A part begins when somebody comes, or when the recording goes on after a pause, and ends when they leave or it pauses.
https://www.twilio.com/docs/voice/twiml/conference#record
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from offhook.carriers.calls import Line, Recorded, StopRecording
from offhook.kit.clock import Clock
from offhook.kit.sids import RECORDING, new_sid
from offhook.products.voice.call import Call
from offhook.products.voice.live import BeginPart
from offhook.products.voice.meeting import Meeting
from offhook.products.voice.recording import Order, Recording
from offhook.products.voice.recordings import Recordings
from offhook.products.voice.switchboard import Switchboard
from offhook.protocols.twiml import voice
from offhook.runtime import Tasks


@dataclass
class _Tape:
    """A recording under way. `parts` are the legs that are being recorded, each with the SID of its part."""

    recording: Recording
    began: int
    parts: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    coming: set[str] = field(default_factory=set)  # parts that were begun and are not here yet
    paused_at: int | None = None
    skips: bool = False  # the time of a pause is left out
    skipped: int = 0
    length: int | None = None  # once it has ended

    def place(self, now: int) -> int:
        """Where in the recording a moment is."""
        return now - self.began - self.skipped


class ConferenceRecordings:
    """The recordings of the conferences that are under way, one for each at most."""

    def __init__(self, recordings: Recordings, switchboard: Switchboard, clock: Clock, tasks: Tasks) -> None:
        self._recordings = recordings
        self._switchboard = switchboard
        self._clock = clock
        self._tasks = tasks
        self._tapes: dict[str, _Tape] = {}  # by conference
        self._orders: dict[str, Order] = {}

    def ask(self, meeting: Meeting, noun: voice.Conference, callback: str | None) -> None:
        """A document wants the conference recorded; the first that does says how."""
        if noun.record == "record-from-start":
            self._orders.setdefault(meeting.conference.sid, _order(meeting, noun, callback))

    async def come(self, meeting: Meeting, call: Call) -> None:
        """Somebody has come: begin, if the conference has begun and is to be recorded, or record them too."""
        sid = meeting.conference.sid
        tape = self._tapes.get(sid)
        if tape is not None:
            self._record(tape, [call.sid])
        elif meeting.conference.status == "in-progress" and (order := self._orders.pop(sid, None)) is not None:
            recording = self._recordings.begin(call, order)
            tape = self._tapes[sid] = _Tape(recording, self._clock.now())
            await self._recordings.keep(recording)
            self._record(tape, [chair.participant.call_sid for chair in meeting.present])

    def left(self, meeting: Meeting, call_sid: str) -> None:
        """Somebody has left."""
        tape = self._tapes.get(meeting.conference.sid)
        if tape is not None:
            self._stop(tape, [call_sid])

    def over(self, meeting: Meeting) -> None:
        """The conference is over."""
        self._orders.pop(meeting.conference.sid, None)
        tape = self._tapes.get(meeting.conference.sid)
        if tape is not None:
            self._end(tape)

    def is_under_way(self, recording: Recording) -> bool:
        """Whether this is the recording of a conference that is under way."""
        return self._tape(recording) is not None

    async def steer(
        self, recording: Recording, status: Literal["paused", "in-progress", "stopped"], *, silence: bool
    ) -> Recording:
        """Pause it, go on with it, or stop it."""
        tape = self._tape(recording)
        if tape is None:
            return recording
        if status == "stopped":
            self._end(tape)
            return await self._recordings.ended(recording.sid)
        if status == "paused" and tape.paused_at is None:
            there = list(tape.parts)
            self._stop(tape, there)
            tape.parts = dict.fromkeys(there, "")
            tape.paused_at, tape.skips = self._clock.now(), not silence
        elif status == "in-progress" and tape.paused_at is not None:
            tape.skipped += self._clock.now() - tape.paused_at if tape.skips else 0
            tape.paused_at = None
            self._record(tape, tape.parts)
        await self._recordings.change(tape.recording, status)
        return tape.recording

    def _tape(self, recording: Recording) -> _Tape | None:
        found = self._tapes.get(recording.conference_sid or "")
        return found if found is not None and found.recording.sid == recording.sid else None

    def _record(self, tape: _Tape, call_sids: Iterable[str]) -> None:
        """Begin a part for each of these calls; while it is paused, only remember that they are there."""
        for call_sid in list(call_sids):
            tape.parts[call_sid] = ""
            if tape.paused_at is not None:
                continue
            part = tape.parts[call_sid] = new_sid(RECORDING)
            tape.coming.add(part)
            take = partial(self._take, tape, tape.place(self._clock.now()))
            if not self._switchboard.tell(call_sid, BeginPart(part, take)):
                tape.coming.discard(part)

    def _stop(self, tape: _Tape, call_sids: Iterable[str]) -> None:
        for call_sid in list(call_sids):
            part = tape.parts.pop(call_sid, "")
            if part:
                self._switchboard.tell(call_sid, StopRecording(part))

    def _take(self, tape: _Tape, place: int, recorded: Recorded) -> None:
        """A part is here."""
        tape.coming.discard(recorded.sid)
        tape.lines += (replace(line, at=line.at + place) for line in recorded.lines)
        if tape.length is not None and not tape.coming:
            self._finish(tape)

    def _end(self, tape: _Tape) -> None:
        del self._tapes[tape.recording.conference_sid or ""]
        now = self._clock.now()
        tape.length = tape.place(now if tape.paused_at is None or not tape.skips else tape.paused_at)
        self._stop(tape, tape.parts)
        if not tape.coming:
            self._finish(tape)

    def _finish(self, tape: _Tape) -> None:
        lines = tuple(sorted(tape.lines, key=lambda line: line.at))
        whole = Recorded(tape.recording.sid, tape.length or 0, lines)
        self._tasks.spawn(self._recordings.finish(tape.recording, whole), f"recording-{whole.sid}")


def _order(meeting: Meeting, noun: voice.Conference, callback: str | None) -> Order:
    return Order(
        "Conference",
        trims=noun.trim == "trim-silence",
        status_callback=callback,
        status_callback_method=noun.recording_status_callback_method,
        events=noun.recording_status_callback_event,
        conference_sid=meeting.conference.sid,
    )
