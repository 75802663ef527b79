"""The call, and the only changes of status it may go through.

Everything about transitions is in `NEXT`. `become` (in `store`) compiles to an UPDATE that leaves only the statuses
from which the new one may follow, so what comes late changes no row and has no consequences.

    queued -> ringing -> in-progress -> completed
       |         |            \\-> failed (the process that carried it was killed)
       \\---------+-> busy, no-answer, canceled, failed; in-progress (nobody told that it rings)

A call that comes in begins with `ringing`. https://www.twilio.com/docs/voice/api/call-resource#call-status-values
"""

from typing import Literal

import msgspec

Status = Literal["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"]
Direction = Literal["inbound", "outbound-api", "outbound-dial"]
CallEvent = Literal["initiated", "ringing", "answered", "completed"]

NEXT: dict[Status, frozenset[Status]] = {
    "queued": frozenset({"ringing", "in-progress", "busy", "failed", "no-answer", "canceled"}),
    "ringing": frozenset({"in-progress", "completed", "busy", "failed", "no-answer", "canceled"}),
    "in-progress": frozenset({"completed", "failed"}),
    "completed": frozenset(),
    "busy": frozenset(),
    "failed": frozenset(),
    "no-answer": frozenset(),
    "canceled": frozenset(),
}
FINAL: frozenset[Status] = frozenset(status for status, following in NEXT.items() if not following)
UNFINISHED: frozenset[Status] = frozenset(NEXT) - FINAL
EVENTS: dict[Status, CallEvent] = {
    "ringing": "ringing",
    "in-progress": "answered",
    **dict.fromkeys(FINAL, "completed"),
}


def may_become(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


def events_before(direction: Direction, status: Status) -> tuple[CallEvent, ...]:
    """What there was to tell of a call that is under way, up to this status. One that comes in begins with ringing."""
    first: tuple[CallEvent, ...] = () if direction == "inbound" else ("initiated", "ringing")
    match status:
        case "queued":
            return first[:1]
        case "ringing":
            return first
    return (*first, "answered")


class Call(msgspec.Struct):
    """One call as it is stored; times in UTC microseconds. `events` are those its status callback wants, by comma."""

    seq: int
    sid: str
    account_sid: str
    direction: Direction
    from_: str
    to: str
    status: Status
    date_created: int
    date_updated: int
    start_time: int | None = None  # when it was answered
    end_time: int | None = None
    parent_call_sid: str | None = None
    phone_number_sid: str | None = None
    answered_by: str | None = None
    forwarded_from: str | None = None
    caller_name: str | None = None
    group_sid: str | None = None
    trunk_sid: str | None = None
    queue_time: int = 0  # milliseconds
    status_callback: str | None = None
    status_callback_method: str = "POST"
    events: str = "completed"

    @property
    def duration(self) -> int | None:
        """Seconds from the answer to the end; None while it lasts. A call that nobody answered took none."""
        if self.end_time is None:
            return None
        return max(0, self.end_time - self.start_time) // 1_000_000 if self.start_time is not None else 0
