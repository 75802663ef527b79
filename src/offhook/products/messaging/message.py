"""The message, and the only changes of status it may go through.

Everything about transitions is in `NEXT`. `become` (in `store`) compiles to an UPDATE that leaves only the statuses
from which the new one may follow, so a late or repeated report changes no row and has no consequences.

    queued -> sending -> sent -> delivered
       |         |          \\-> undelivered, failed
       |         \\-> failed, delivered, undelivered (a report that overtakes the carrier's yes)
       \\-> failed, canceled
    received (inbound; it never changes); sending may follow sending: another attempt

https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
"""

from typing import Literal

import msgspec

Status = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "received"]
Direction = Literal["inbound", "outbound-api", "outbound-reply"]

NEXT: dict[Status, frozenset[Status]] = {
    "queued": frozenset({"sending", "failed", "canceled"}),
    "sending": frozenset({"sending", "sent", "delivered", "undelivered", "failed"}),
    "sent": frozenset({"delivered", "undelivered", "failed"}),
    "delivered": frozenset(),
    "undelivered": frozenset(),
    "failed": frozenset(),
    "canceled": frozenset(),
    "received": frozenset(),
}
REPORTED: frozenset[Status] = frozenset({"sent", "delivered", "undelivered", "failed", "canceled"})
FINAL: frozenset[Status] = frozenset(status for status, following in NEXT.items() if not following)


def may_become(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


class Message(msgspec.Struct):
    """One message as it is stored; times in UTC microseconds. It waits for work while `due` is set."""

    seq: int
    sid: str
    account_sid: str
    direction: Direction
    from_: str
    to: str
    body: str
    status: Status
    num_segments: int
    date_created: int
    date_updated: int
    date_sent: int | None = None
    error_code: int | None = None
    status_callback: str | None = None
    attempts: int = 0
    due: int | None = None
    num_media: int = 0
    expires: int | None = None  # until when it may wait to be sent
    feedback: str | None = None
    media_urls: str | None = None  # JSON, a list: where its files are to be fetched from
    in_reply_to: str | None = None  # the SID of the text that it answers
