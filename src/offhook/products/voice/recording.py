"""A recording, what becomes of it, and the words that were found in one.

    in-progress <-> paused;  in-progress, paused -> completed, or absent (nothing was said)

https://www.twilio.com/docs/voice/api/recording
"""

from dataclasses import dataclass
from typing import Literal

import msgspec

from offhook.carriers.calls import Line, Track

Status = Literal["in-progress", "paused", "completed", "absent"]
Source = Literal[
    "DialVerb",
    "Conference",
    "OutboundAPI",
    "RecordVerb",
    "StartCallRecordingAPI",
    "StartConferenceRecordingAPI",
]

NEXT: dict[Status, frozenset[Status]] = {
    "in-progress": frozenset({"paused", "completed", "absent"}),
    "paused": frozenset({"in-progress", "completed", "absent"}),
    "completed": frozenset(),
    "absent": frozenset(),
}
FINAL: frozenset[Status] = frozenset(status for status, following in NEXT.items() if not following)
SILENT = 16102  # the error of one in which nothing was said


def may_become(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


@dataclass(frozen=True, slots=True)
class Order:
    """How a recording is to be made, and who is told of it."""

    source: Source
    track: Track = "both"
    channels: int = 1
    trims: bool = False
    status_callback: str | None = None
    status_callback_method: str = "POST"
    events: tuple[str, ...] = ("completed",)
    conference_sid: str | None = None


class Recording(msgspec.Struct):
    """One recording as it is stored; times in UTC microseconds, `length` in microseconds, `lines` JSON.

    What is heard in it is kept as text, and made into sound when somebody fetches it.
    """

    seq: int
    sid: str
    account_sid: str
    call_sid: str
    source: Source
    status: Status
    channels: int
    track: Track
    date_created: int
    date_updated: int
    conference_sid: str | None = None
    length: int | None = None
    error_code: int | None = None
    trims: bool = False
    status_callback: str | None = None
    status_callback_method: str = "POST"
    events: str = "completed"
    lines: str = "[]"

    @property
    def duration(self) -> int | None:
        """Whole seconds, as Twilio counts them; None while it lasts."""
        return None if self.length is None else round(self.length / 1_000_000)

    @property
    def path(self) -> str:
        """Where its sound is served."""
        return f"/2010-04-01/Accounts/{self.account_sid}/Recordings/{self.sid}"

    @property
    def heard(self) -> tuple[Line, ...]:
        """What is heard in it."""
        return msgspec.json.decode(self.lines, type=tuple[Line, ...])


class Transcription(msgspec.Struct):
    """The words of a recording."""

    seq: int
    sid: str
    account_sid: str
    recording_sid: str
    status: Literal["in-progress", "completed", "failed"]
    text: str
    duration: int
    date_created: int
    date_updated: int

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/2010-04-01/Accounts/{self.account_sid}/Transcriptions/{self.sid}"
