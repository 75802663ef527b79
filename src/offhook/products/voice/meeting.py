"""A conference that is under way, as it is kept in memory, and what is decided of it: whom it takes, when it ends."""

from dataclasses import dataclass, field

import msgspec

from offhook.kit.sids import CALL, is_sid
from offhook.products.voice.conference import Conference, Event, Participant, ReasonEnded
from offhook.products.voice.interpreter.conference_effects import Seat
from offhook.products.voice.interpreter.pages import Page
from offhook.protocols.twiml import voice

FULL, LABEL_INVALID, LABEL_TAKEN, COACHED_INVALID = 16020, 16023, 16025, 13240
MOST_IN_LABEL = MOST_IN_NAME = 128
ENOUGH = 2  # people, for a conference to begin


@dataclass
class Chair:
    """A participant of a conference that is under way, and what it hears while it waits or is held."""

    participant: Participant
    wait: Page | None = None
    music: Page | None = None


@dataclass
class Announcement:
    """An announcement, and whose ears it has yet to reach; `to` is set where it is for one only."""

    url: str
    left: set[str]
    to: Participant | None = None
    failure: str | None = None


@dataclass
class Meeting:
    """A conference that is under way. `chairs` by the SIDs of the calls, in the order in which they came."""

    conference: Conference
    chairs: dict[str, Chair] = field(default_factory=dict)
    announcements: dict[int, Announcement] = field(default_factory=dict)

    @property
    def present(self) -> list[Chair]:
        """Those who have come."""
        return [chair for chair in self.chairs.values() if chair.participant.present]

    def has(self, label: str, but: str = "") -> bool:
        """Whether somebody, but for one call, has this label."""
        return any(sid != but and chair.participant.label == label for sid, chair in self.chairs.items())

    def find(self, name: str) -> Chair | None:
        """A participant by the SID of its call, or by its label."""
        labelled = (chair for chair in self.chairs.values() if chair.participant.label == name)
        return self.chairs.get(name) or next(labelled, None)

    def may_begin(self) -> bool:
        """Whether it has not begun, and those are there who can begin it."""
        there = self.present
        willing = any(chair.participant.start_conference_on_enter for chair in there)
        return self.conference.status == "init" and len(there) >= ENOUGH and willing

    def seat_of(self, chair: Chair) -> Seat:
        """What the call of a participant is told."""
        conference, participant = self.conference, chair.participant
        return Seat(
            sid=conference.sid,
            name=conference.friendly_name,
            is_begun=conference.status == "in-progress",
            is_muted=participant.muted,
            is_held=participant.hold,
            coached=participant.call_sid_to_coach,
            wait=chair.wait,
            music=chair.music,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a participant; None leaves it as it is. No `call_sid_to_coach`: nobody ("")."""

    muted: bool | None = None
    hold: bool | None = None
    music: Page | None = None
    wait: Page | None = None
    beep_on_exit: bool | None = None
    end_conference_on_exit: bool | None = None
    call_sid_to_coach: str | None = None


def is_label(text: str) -> bool:
    """Whether a participant may have this label."""
    return len(text) <= MOST_IN_LABEL and "/" not in text and "%2f" not in text.lower() and not is_sid(text, CALL)


def objection(meeting: Meeting | None, call_sid: str, noun: voice.Conference) -> tuple[int, str] | None:
    """Twilio's number for why somebody cannot come, and a sentence."""
    there = [chair for chair in meeting.present if chair.participant.call_sid != call_sid] if meeting else []
    if len(there) >= noun.max_participants:
        return FULL, f"The conference {noun.name!r} is full: {len(there)} are in it"
    label = noun.participant_label
    if label and not is_label(label):
        return LABEL_INVALID, f"{label!r} cannot be the label of a participant"
    if label and meeting is not None and meeting.has(label, but=call_sid):
        return LABEL_TAKEN, f"Another participant of {noun.name!r} has the label {label!r}"
    if noun.coach and not any(chair.participant.call_sid == noun.coach for chair in there):
        return COACHED_INVALID, f"{noun.coach!r} is to be coached, and is not in the conference {noun.name!r}"
    return None


def ending(meeting: Meeting, participant: Participant, *, kicked: bool) -> ReasonEnded | None:
    """Why a conference ends with somebody who has left it, if it does."""
    if participant.present and participant.end_conference_on_exit:
        how = "kicked" if kicked else "left"
        return f"participant-with-end-conference-on-exit-{how}"  # type: ignore[return-value]
    if meeting.chairs:
        return None
    return "last-participant-kicked" if kicked else "last-participant-left"


def apply(chair: Chair, change: Change) -> list[Event]:
    """Change a participant; returns what is to be told of it."""
    after, before = chair.participant, msgspec.structs.replace(chair.participant)
    for name in ("muted", "hold", "beep_on_exit", "end_conference_on_exit"):
        if (value := getattr(change, name)) is not None:
            setattr(after, name, value)
    if change.call_sid_to_coach is not None:
        after.call_sid_to_coach = change.call_sid_to_coach or None
    chair.wait = change.wait or chair.wait
    chair.music = change.music if change.hold or change.music is not None else chair.music
    return [*_flipped(before, after), *_modified(before, after, change)]


def _flipped(before: Participant, after: Participant) -> list[Event]:
    what: list[Event] = []
    if after.muted != before.muted:
        what.append("participant-mute" if after.muted else "participant-unmute")
    if after.hold != before.hold:
        what.append("participant-hold" if after.hold else "participant-unhold")
    return what


def _modified(before: Participant, after: Participant, change: Change) -> list[Event]:
    names = ("beep_on_exit", "end_conference_on_exit", "call_sid_to_coach")
    is_other = any(getattr(after, name) != getattr(before, name) for name in names)
    return ["participant-modify"] if is_other or change.wait is not None else []
