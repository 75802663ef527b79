"""Conferences and who is in them, and the only changes of status that a conference may go through.

    init -> in-progress -> completed
       \\-> completed

A conference begins with the first call that dials its name, or that the API calls for it, and is in progress as soon
as two are in it of whom one may start it. A participant is kept while there is something of it: from the call that is
made for it, or from coming in, until it leaves. https://www.twilio.com/docs/voice/api/conference-resource
"""

from typing import Literal

import msgspec

Status = Literal["init", "in-progress", "completed"]
ReasonEnded = Literal[
    "conference-ended-via-api",
    "participant-with-end-conference-on-exit-left",
    "participant-with-end-conference-on-exit-kicked",
    "last-participant-kicked",
    "last-participant-left",
]
ReasonLeft = Literal[
    "conference_ended_via_api",
    "moderator_ended_conference",
    "participant_updated_via_api",
    "participant_hung_up",
    "participant_add_failed",
]
Kind = Literal["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"]
Event = Literal[
    "conference-start",
    "conference-end",
    "participant-join",
    "participant-leave",
    "participant-mute",
    "participant-unmute",
    "participant-hold",
    "participant-unhold",
    "participant-modify",
    "participant-speech-start",
    "participant-speech-stop",
    "announcement-end",
    "announcement-fail",
]
KINDS: dict[Event, Kind] = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "participant-speech-start": "speaker",
    "participant-speech-stop": "speaker",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}

NEXT: dict[Status, frozenset[Status]] = {
    "init": frozenset({"in-progress", "completed"}),
    "in-progress": frozenset({"completed"}),
    "completed": frozenset(),
}
FINAL: Status = "completed"


def may_become(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


class Conference(msgspec.Struct):
    """One conference as it is stored; times in UTC microseconds.

    `events` are the kinds that its status callback wants, by comma; `told` is how many of them it was told of.
    """

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    status: Status
    date_created: int
    date_updated: int
    region: str = "us1"
    reason_conference_ended: ReasonEnded | None = None
    call_sid_ending_conference: str | None = None
    status_callback: str | None = None
    status_callback_method: str = "POST"
    events: str = ""
    told: int = 0


class Participant(msgspec.Struct):
    """One call's part in a conference as it is stored. Until it is `present` its call is on the way."""

    seq: int
    account_sid: str
    conference_sid: str
    call_sid: str
    date_created: int
    date_updated: int
    label: str | None = None
    present: bool = False
    muted: bool = False
    hold: bool = False
    call_sid_to_coach: str | None = None
    start_conference_on_enter: bool = True
    end_conference_on_exit: bool = False
    beep_on_exit: bool = True

    @property
    def coaching(self) -> bool:
        """Whether only one of the others hears it."""
        return self.call_sid_to_coach is not None
