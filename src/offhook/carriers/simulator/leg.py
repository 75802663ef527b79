"""A leg on the simulated network: our end of a circuit, told what to do by whoever has the call."""

from collections import deque
from functools import partial
from typing import Literal

from offhook.carriers.calls import (
    Answer,
    Answered,
    AnsweredBy,
    Command,
    Detected,
    Digit,
    Ended,
    Event,
    HangUp,
    Ignore,
    Join,
    Leave,
    Listen,
    Listener,
    OutboundCall,
    PauseRecording,
    Play,
    Played,
    Record,
    Refusal,
    Refused,
    Reject,
    ResumeRecording,
    Ringing,
    SpeechEnded,
    SpeechStarted,
    Stop,
    StopRecording,
)
from offhook.carriers.simulator.circuit import Circuit
from offhook.carriers.simulator.detecting import Detecting
from offhook.carriers.simulator.hearing import played
from offhook.carriers.simulator.recording import Recording
from offhook.carriers.simulator.rooms import Rooms
from offhook.carriers.simulator.sounding import Sounding, Source
from offhook.runtime import Timers

CONFIDENCE = 0.9  # of what was understood; nothing is ever misheard


class SimulatedLeg:
    """Implements the port's `Leg`, and is one side of a circuit. Make it with `calling` or `called`."""

    def __init__(self, timers: Timers, rooms: Rooms, circuit: Circuit | None, sid: str) -> None:
        self.sid = sid
        self.incoming: Sounding | None = None
        self.circuit = circuit or Circuit(self)
        self._timers = timers
        self._rooms = rooms
        self._source = Source(timers)
        self._listener: Listener | None = None
        self._events: deque[Event] = deque()
        self._recordings: dict[str, Recording] = {}
        self._detecting: Detecting | None = None
        self._is_listening = False
        self._is_over = False

    @classmethod
    def calling(cls, timers: Timers, rooms: Rooms, call: OutboundCall, listener: Listener) -> "SimulatedLeg":
        """The caller's end of a new circuit."""
        leg = cls(timers, rooms, None, call.sid)
        leg._listener = listener
        leg._detecting = Detecting(timers, call, leg._detected)
        return leg

    @classmethod
    def called(cls, timers: Timers, rooms: Rooms, circuit: Circuit) -> "SimulatedLeg":
        """The end of a circuit that is offered to whoever owns the number; `is_heard_by` says who took it."""
        leg = cls(timers, rooms, circuit, "")
        circuit.called = leg
        return leg

    def is_heard_by(self, listener: Listener) -> None:
        """Tell `listener` what happens, and what has happened so far."""
        self._listener = listener
        for _ in self._events:
            self._deliver_soon()

    def do(self, command: Command) -> None:
        """Take a command; one that comes too late is passed over."""
        if self._is_over:
            return
        match command:
            case Answer():
                if self is self.circuit.called:
                    self.circuit.answer()
            case Reject(reason):
                self._end()
                self.circuit.refuse("busy" if reason == "busy" else "failed")
            case HangUp():
                self._end()
                self.circuit.hang_up(self)
            case Play(number, sound):
                self._source.begin(played(sound), self.lets_hear, lambda: self._tell(Played(number)))
            case Stop():
                self._source.stop()
            case Listen():
                self._is_listening = True
            case Ignore():
                self._is_listening = False
            case Join(room, muted, coached):
                now = self._timers.clock.now()
                self._rooms.join(self, room, muted=muted, coaching=coached, now=now)
            case Leave():
                self._rooms.leave(self)
            case Record() | PauseRecording() | ResumeRecording() | StopRecording():
                self._record(command)

    def _record(self, command: Record | PauseRecording | ResumeRecording | StopRecording) -> None:
        now = self._timers.clock.now()
        if isinstance(command, Record):
            begun = self._recordings[command.sid] = Recording(command.sid, command.track, now)
            if self.incoming is not None and self.incoming.ended is None:
                begun.add("inbound", self.incoming, now)
            return
        recording = self._recordings.get(command.sid)
        if recording is None:
            return
        match command:
            case PauseRecording(_, silence):
                recording.pause(now, silence=silence)
            case ResumeRecording():
                recording.resume(now)
            case StopRecording(sid):
                del self._recordings[sid]
                self._tell(recording.end(now))

    # What the other side of the circuit does

    def rung(self) -> None:
        """It rings."""
        self._tell(Ringing())

    def answered(self, *, by_machine: bool) -> None:
        """It has answered."""
        self._tell(Answered())
        if self._detecting is not None:
            self._detecting.answered(by_machine=by_machine)

    def refused(self, reason: Refusal) -> None:
        """It will not answer."""
        if not self._is_over:
            self._end()
            self._tell(Refused(reason))

    def hung_up(self) -> None:
        """It has hung up."""
        if not self._is_over:
            self._end()
            self._tell(Ended())

    def hears(self, sounding: Sounding) -> None:
        """It is to be heard: by whoever has the call, and by the others in the room."""
        if self._is_over or not sounding.passes(self):
            return
        self.incoming = sounding
        self._keep("inbound", sounding)
        if sounding.heard.is_speech:
            sounding.when_ended(self._spoken)
            self._tell(SpeechStarted())
        for offset, key in sounding.heard.keys:
            self._key(sounding, offset, key)
        if self._detecting is not None:
            self._detecting.has_heard(sounding.heard)
        self._rooms.spread(self, sounding)

    def lets_hear(self, sounding: Sounding) -> None:
        """Send out a sound to the other side: one that is played here, or what somebody in the room is heard with."""
        if not self._is_over and sounding.passes(self):
            self._keep("outbound", sounding)
            self.circuit.carry(self, sounding)

    def _spoken(self, sounding: Sounding) -> None:
        """The other side has spoken."""
        if not self._is_over:
            understood = self._is_listening
            text = sounding.said if understood else None
            self._tell(SpeechEnded(text, CONFIDENCE if understood else 0.0))

    def _key(self, sounding: Sounding, offset: int, key: str) -> None:
        if offset == 0:
            self._tell(Digit(key))
        else:
            self._timers.at(sounding.began + offset, partial(self._key_if_pressed, sounding, key))

    def _key_if_pressed(self, sounding: Sounding, key: str) -> None:
        if sounding.ended is None and not self._is_over:
            self._tell(Digit(key))

    def _keep(self, track: Literal["inbound", "outbound"], sounding: Sounding) -> None:
        for recording in self._recordings.values():
            recording.add(track, sounding, self._timers.clock.now())

    def _detected(self, answered_by: AnsweredBy) -> None:
        self._tell(Detected(answered_by))

    def _end(self) -> None:
        """Everything that goes on ends; recordings are told of."""
        self._source.stop()
        self._rooms.leave(self)
        if self._detecting is not None:
            self._detecting.stop()
        self._is_over = True
        for recording in self._recordings.values():
            self._tell(recording.end(self._timers.clock.now()))
        self._recordings.clear()

    def _tell(self, event: Event) -> None:
        self._events.append(event)
        if self._listener is not None:
            self._deliver_soon()

    def _deliver_soon(self) -> None:
        self._timers.at(self._timers.clock.now(), self._deliver)

    def _deliver(self) -> None:
        if self._listener is not None:
            self._listener(self._events.popleft())
