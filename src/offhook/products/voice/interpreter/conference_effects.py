"""What a leg in a conference asks for, and what it is told: part of `effects`."""

from dataclasses import dataclass
from typing import Literal

from offhook.products.voice.interpreter.pages import Page
from offhook.protocols.twiml import voice


@dataclass(frozen=True, slots=True)
class EnterConference:
    """Take part in a conference; the result is `Seat`, or None, with an alert, where that cannot be.

    `callback` is the URL, made absolute, that hears of the conference if this one is the first to come,
    `recording_callback` the one that hears of its recording.
    """

    noun: voice.Conference
    callback: str | None = None
    recording_callback: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveConference:
    """Take part no longer: the call has ended, the app wants something else done, or one left by a key or in time."""

    how: Literal["hung-up", "diverted", "left"] = "left"


@dataclass(frozen=True, slots=True)
class AnnouncementOver:
    """The announcement with this number was heard, or (`failure` says why) could not be."""

    number: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Speaks:
    """Somebody in a conference begins to speak, or ends."""

    is_speaking: bool


# Results


@dataclass(frozen=True, slots=True)
class Seat:
    """In a conference: its SID, whether it has begun, and how one is there.

    `wait` is heard until it begins instead of what the document says, `music` while held; None is Twilio's music, a
    page without URL silence.
    """

    sid: str
    name: str
    is_begun: bool
    is_muted: bool = False
    is_held: bool = False
    coached: str | None = None
    wait: Page | None = None
    music: Page | None = None


# News


@dataclass(frozen=True, slots=True)
class SeatChanged:
    """Something about one's place in a conference has changed: it has begun, one is muted, held, coached."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class SeatLost:
    """The conference with this SID has ended, or this one was put out of it."""

    sid: str


@dataclass(frozen=True, slots=True)
class Announced:
    """Something is to be played to a conference, this one among others; `number` is this announcement's."""

    sid: str
    where: Page
    number: int


@dataclass(frozen=True, slots=True)
class Beeped:
    """Somebody has come to the conference, or left."""

    sid: str
