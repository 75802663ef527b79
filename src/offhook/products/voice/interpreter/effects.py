"""What the interpreter asks for, and what it is told: plain messages, so that it can be tested without a phone.

An effect is yielded; its result is sent back. Commands of the leg (`carriers.calls`) are effects too, without result.
"""

from dataclasses import dataclass, field
from typing import Literal

from offhook.carriers import calls
from offhook.products.voice.interpreter.conference_effects import Announced, Beeped, SeatChanged, SeatLost
from offhook.products.voice.interpreter.pages import Fallback as Fallback
from offhook.products.voice.interpreter.pages import Given as Given
from offhook.products.voice.interpreter.pages import Page as Page
from offhook.products.voice.interpreter.pages import Parameters as Parameters
from offhook.products.voice.interpreter.pages import Where as Where
from offhook.protocols.twiml import voice

CallStatus = Literal["completed", "busy", "no-answer", "failed", "canceled"]
DialStatus = Literal["completed", "answered", "busy", "no-answer", "failed", "canceled"]


# Effects


@dataclass(frozen=True, slots=True)
class Read:
    """Get a document; the result is a `Document`. Raises DocumentError in the interpreter."""

    where: Where


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell an app of something, and ignore what it answers; a failure becomes an alert."""

    page: Page


@dataclass(frozen=True, slots=True)
class Load:
    """Get a sound file; the result is a `calls.File`, or None, with an alert, where it cannot be had."""

    url: str
    is_music: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait for news; the result is News, or None at the moment `until`."""

    until: int | None = None


@dataclass(frozen=True, slots=True)
class Discard:
    """Forget the keys and words that came before anybody listened; the result is whether the far side speaks now."""


@dataclass(frozen=True, slots=True)
class Warn:
    """Something was not done as the document says: an alert, and the call goes on."""

    code: int
    message: str
    line: int = 0
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Rang:
    """The far side of a call that goes out rings."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The call was answered, by us or by the far side."""


@dataclass(frozen=True, slots=True)
class Found:
    """It is known who, or what, has answered; `is_late` when documents did not wait for it."""

    answered_by: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Tell the call that this one was made for."""

    news: "ChildRings | ChildAnswered | ChildReady | ChildEnded"


@dataclass(frozen=True, slots=True)
class Finish:
    """The call is over with this status; nothing follows."""

    status: CallStatus


@dataclass(frozen=True, slots=True)
class Dial:
    """Call somebody for this call; the result is the SID of the new call. News tell what becomes of it."""

    noun: voice.Number | voice.Client | voice.Sip | voice.ApplicationNoun
    caller_id: str
    record: str
    verb: voice.Dial


@dataclass(frozen=True, slots=True)
class HangUpChild:
    """End a call that was made for this one."""

    sid: str
    status: Literal["completed", "canceled", "no-answer"] = "completed"


@dataclass(frozen=True, slots=True)
class Connect:
    """Bring this call and one made for it together."""

    sid: str


@dataclass(frozen=True, slots=True)
class EnterQueue:
    """Stand in a queue; the result is `Place`, or None when it is full."""

    verb: voice.Enqueue


@dataclass(frozen=True, slots=True)
class AskQueue:
    """How things stand in the queue; the result is `Standing`, or None when one is not in it any more."""


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Stand there no longer, or speak no longer with who took one out; the result is whether that is so now.

    With `unless_taken` it is not, for a call that somebody has just taken out: then `Dequeued` is on its way.
    """

    unless_taken: bool = False


@dataclass(frozen=True, slots=True)
class TakeFromQueue:
    """Take the first from a queue, who hears the document at `where` before; the result is whether there is that queue.

    `MemberCame` tells when there is somebody.
    """

    noun: voice.Queue
    where: Page | None = None


@dataclass(frozen=True, slots=True)
class ReleaseMember:
    """Be done with whom was taken from a queue, or with waiting for somebody."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send a text; the result is its SID, or None, with an alert, when it cannot be sent."""

    verb: voice.Sms
    callback: str | None


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Record this call from now on; the result is `Kept`. `source` is Twilio's."""

    source: str
    verb: voice.Record | voice.Dial | None = None
    track: calls.Track = "both"
    channels: int = 1


@dataclass(frozen=True, slots=True)
class EndRecording:
    """Record no longer; the result is the length in seconds. Nothing is kept of an `is_absent` one."""

    sid: str
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """A line for the call's timeline: a verb begins, a key came."""

    kind: str
    text: str
    line: int = 0


# Results


@dataclass(frozen=True, slots=True)
class Document:
    """What an app wants done, and where that came from; an empty URL for a document that was given."""

    script: voice.Script
    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Place:
    """In a queue: its SID, and when one came."""

    sid: str
    name: str
    since: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a queue looks to one who stands in it. The first has `position` 1; `average` is in seconds."""

    position: int
    size: int
    most: int
    average: int


# News: what comes while the interpreter waits, beside the events of the leg


@dataclass(frozen=True, slots=True)
class Diverted:
    """The app wants something else done now, through the API; a `fallback` takes the place of the call's."""

    where: Where
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Limited:
    """The call may last so many seconds from its answer on, and no longer."""

    time_limit: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """The call is to end; `status` is what it ends with while nobody has answered."""

    status: CallStatus = "completed"


@dataclass(frozen=True, slots=True)
class ChildRings:
    """A call made for this one rings."""

    sid: str


@dataclass(frozen=True, slots=True)
class ChildAnswered:
    """Somebody has picked up; what the app says to them comes first."""

    sid: str


@dataclass(frozen=True, slots=True)
class ChildReady:
    """Whom was called can now be spoken with."""

    sid: str


@dataclass(frozen=True, slots=True)
class Connected:
    """The call that this one was made for is in `room` and waits."""

    room: str


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """A call made for this one is over; `duration` in seconds."""

    sid: str
    status: DialStatus
    duration: int


@dataclass(frozen=True, slots=True)
class MemberCame:
    """The first of a queue comes to the room, after what it is told before."""

    sid: str
    room: str


@dataclass(frozen=True, slots=True)
class MemberGone:
    """Whom was taken from a queue has hung up."""

    sid: str


@dataclass(frozen=True, slots=True)
class Dequeued:
    """Somebody takes this one from the queue: `where` is said first, then `room` is joined."""

    by: str
    room: str
    where: Page | None = None


@dataclass(frozen=True, slots=True)
class DequeuerGone:
    """Whom this one spoke with after the queue has hung up, or the other document went on."""


News = (
    calls.Event
    | Diverted
    | Limited
    | Stopped
    | ChildRings
    | ChildAnswered
    | ChildReady
    | Connected
    | ChildEnded
    | SeatChanged
    | SeatLost
    | Announced
    | Beeped
    | MemberCame
    | MemberGone
    | Dequeued
    | DequeuerGone
)


@dataclass(slots=True)
class Kept:
    """A recording that has ended, as documents are told of it; `duration` in seconds."""

    sid: str
    url: str
    duration: int = 0
    digits: str = field(default="")
