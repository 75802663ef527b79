"""What a carrier of calls is to the rest of Offhook: it holds legs, a leg does what it is told and tells what happens.

A leg is one connection between us and somebody: a phone on the simulated network, a SIP trunk, a browser. Both ways it
speaks in plain messages (`Command`, `Event`), so whoever tells it what to do needs to know neither what it is nor in
which process it lives. A command that comes too late (the leg has ended) is passed over. Moments and durations are
microseconds of the product's clock.

A leg plays one sound at a time; `Play` while another is under way replaces it, and only the last one is told of.
Legs in the same room hear each other: what comes in on one goes out on the others. What is played to a leg is heard by
that leg alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from offhook.kit.clock import SECOND

Detection = Literal["Enable", "DetectMessageEnd"]
AnsweredBy = Literal[
    "human", "machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other", "fax", "unknown"
]
Refusal = Literal["busy", "no-answer", "failed", "canceled"]
Track = Literal["inbound", "outbound", "both"]


# Sounds: what can be played to a leg


@dataclass(frozen=True, slots=True)
class Speech:
    """Words to be spoken: plain text, or SSML in `<speak>`. `voice` and `language` are Twilio's names."""

    text: str
    voice: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A sound file that has been fetched, kept in the blob store under `digest`. `is_music`: to pass the time with."""

    url: str
    content_type: str
    digest: str
    duration: int
    is_music: bool = False


@dataclass(frozen=True, slots=True)
class Tones:
    """Keys to press; `w` is half a second of silence, `W` a whole one."""

    digits: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing, for so long."""

    duration: int


@dataclass(frozen=True, slots=True)
class Beep:
    """The beep after which people speak."""


Sound = Speech | File | Tones | Silence | Beep


# Commands: what a leg is told


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer a leg that came in."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer a leg that came in: the caller hears that it is busy, or that the number is not in service."""

    reason: Literal["busy", "rejected"] = "rejected"


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the leg, or call off one that is still ringing."""


@dataclass(frozen=True, slots=True)
class Play:
    """Play a sound; `Played` with the same `number` tells that it has ended by itself."""

    number: int
    sound: Sound


@dataclass(frozen=True, slots=True)
class Stop:
    """Fall silent."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Recognise speech from now on. Keys are told of always."""

    language: str = "en-US"
    hints: str = ""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Recognise speech no longer."""


@dataclass(frozen=True, slots=True)
class Record:
    """Record the leg from now on; `track` "inbound" is what comes from the far side, "outbound" what it hears."""

    sid: str
    track: Track = "both"


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Leave out what follows, or (`silence`) keep its time but not its sound."""

    sid: str
    silence: bool = True


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    """Go on with a recording that was paused."""

    sid: str


@dataclass(frozen=True, slots=True)
class StopRecording:
    """End a recording; `Recorded` brings it."""

    sid: str


@dataclass(frozen=True, slots=True)
class Join:
    """Be in a room: hear the others there, and be heard unless `muted`.

    A `coached` leg (its SID) is the only one that hears this one. Joining again changes how one is in it.
    """

    room: str
    muted: bool = False
    coached: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Be in no room."""


Command = (
    Answer
    | Reject
    | HangUp
    | Play
    | Stop
    | Listen
    | Ignore
    | Record
    | PauseRecording
    | ResumeRecording
    | StopRecording
    | Join
    | Leave
)


# Events: what a leg tells


@dataclass(frozen=True, slots=True)
class Ringing:
    """The far side of a leg that goes out rings."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The far side of a leg that goes out has answered."""


@dataclass(frozen=True, slots=True)
class Detected:
    """Who has answered, where that was to be found out."""

    answered_by: AnsweredBy


@dataclass(frozen=True, slots=True)
class Refused:
    """A leg that goes out was not answered, and has ended."""

    reason: Refusal


@dataclass(frozen=True, slots=True)
class Ended:
    """The far side has hung up; a caller may do so before the answer."""


@dataclass(frozen=True, slots=True)
class Played:
    """The sound of `Play` with this number has ended."""

    number: int


@dataclass(frozen=True, slots=True)
class Digit:
    """The far side pressed a key: 0 to 9, * or #."""

    digit: str


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The far side begins to speak."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The far side has spoken. `text` is what was understood, None where nobody recognises; confidence from 0 to 1."""

    text: str | None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a recording that is kept as text: what was to be heard from `at` on, for `duration`.

    `text` is the words, the keys, or the URL of a file, whose bytes are in the blob store under `digest`.
    """

    at: int
    duration: int
    track: Literal["inbound", "outbound"]
    kind: Literal["say", "play", "beep", "music", "digits", "person"]
    text: str
    voice: str = ""
    language: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording has ended. It is `lines`, where the leg speaks text; moments count from its beginning."""

    sid: str
    duration: int
    lines: tuple[Line, ...] = ()


Event = Ringing | Answered | Detected | Refused | Ended | Played | Digit | SpeechStarted | SpeechEnded | Recorded
Listener = Callable[[Event], None]


# The port itself


MAX_FORWARDS = 70  # how often a call may be passed on, so that none goes in circles (RFC 3261 section 8.1.1.6)


@dataclass(frozen=True, slots=True)
class OutboundCall:
    """A call to make. `sid` is the Call's; `detection` asks who answers, within `detection_timeout`."""

    account_sid: str
    sid: str
    from_: str
    to: str
    caller_name: str = ""
    detection: Detection | None = None
    detection_timeout: int = 30 * SECOND
    max_forwards: int = MAX_FORWARDS


@dataclass(frozen=True, slots=True)
class InboundCall:
    """A call that somebody makes to one of our numbers (or that a carrier believes is ours)."""

    from_: str
    to: str
    caller_name: str = ""
    max_forwards: int = MAX_FORWARDS


class Leg(Protocol):
    """One connection. `sid` is the SID of its Call."""

    sid: str

    def do(self, command: Command) -> None:
        """Take a command; what comes of it is told as events, later and in order."""
        ...


class CallCarrier(Protocol):
    """A way out to the phone network, for calls."""

    async def call(self, call: OutboundCall, listener: Listener) -> Leg:
        """Begin to call. Everything that becomes of it, refusals too, is told to `listener`, never before this returns.

        Ringing has no end of its own: whoever calls hangs up when it takes too long.
        """
        ...


class CallReceiver(Protocol):
    """Implemented by voice: where carriers bring calls."""

    async def offer(self, call: InboundCall, leg: Leg) -> Listener | None:
        """If its destination is one of our numbers, take the call; returns who hears of the leg, and sets its `sid`.

        None: the number is not ours. Raises NotTakenError for a number of ours that takes nothing.
        """
        ...
