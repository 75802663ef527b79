"""The verification, and the only changes of status it may go through.

While it is `pending`, or `max_attempts_reached`, it stands in the way of another for the same destination in the same
service: a new request sends the same code again, or is refused. All others are ends, and with the end the code is
erased. Every change is an UPDATE that leaves only the statuses from which the new one may follow.

    pending -> approved, canceled, expired, deleted (its service was)
       \\-> max_attempts_reached -> expired, canceled, deleted

https://www.twilio.com/docs/verify/api/verification
"""

from typing import Literal

import msgspec

VERIFICATION = "VE"
Channel = Literal["sms", "call", "email"]
Status = Literal["pending", "approved", "canceled", "max_attempts_reached", "deleted", "failed", "expired"]

MOST_CHECKS = 5  # wrong codes; the answer to any further check is 60202
MOST_SENDS = 5  # of one code
MOST_WRONG = 25  # codes for one destination in a day
NEXT: dict[Status, frozenset[Status]] = {
    "pending": frozenset({"approved", "canceled", "expired", "deleted", "max_attempts_reached"}),
    "max_attempts_reached": frozenset({"expired", "canceled", "deleted"}),
    "approved": frozenset(),
    "canceled": frozenset(),
    "deleted": frozenset(),
    "failed": frozenset(),
    "expired": frozenset(),
}
LIVE: frozenset[Status] = frozenset(status for status, following in NEXT.items() if following)


def may_become(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


class Verification(msgspec.Struct):
    """One verification as it is stored; times in UTC microseconds. `code` is sealed, and None when it has ended."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    to: str
    channel: Channel  # the last one that was used
    status: Status
    code: str | None
    wrong: int  # checks with a wrong code
    sends: int
    country: str
    prefix: str  # the numbers that are looked at together when somebody pumps texts
    amount: str | None
    payee: str | None
    tags: str | None  # JSON, an object
    date_created: int
    date_updated: int
    expires: int

    def __repr__(self) -> str:
        """Without what it holds."""
        return f"<Verification {self.sid} {self.status}>"
