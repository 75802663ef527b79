"""The challenge: a user is asked for a code of a factor, until the challenge expires.

    pending -> approved    the right code came
       \\---> denied       the fifth wrong one did
       \\---> expired      nobody wrote that down: it follows from the time

Twilio leaves a challenge pending whose codes are used up; `denied` is a user's answer to a push there.
https://www.twilio.com/docs/verify/api/challenge
"""

from typing import Literal

import msgspec

from offhook.kit.clock import DAY, HOUR, MINUTE

CHALLENGE = "YC"
LIVES, LIVES_AT_MOST = 5 * MINUTE, 60 * MINUTE
MOST_ATTEMPTS = 5
SHORT_CODE = 4  # digits
MOST_A_DAY_OF_SHORT_CODES, MOST_AN_HOUR, MOST_A_DAY = 10, 50, 100  # challenges of one factor (Twilio's error 60312)
Status = Literal["pending", "approved", "denied"]
ShownStatus = Literal["pending", "expired", "approved", "denied"]


class Challenge(msgspec.Struct):
    """One challenge as it is stored; times in UTC microseconds, details JSON texts."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    factor_sid: str
    status: Status
    attempts: int
    expires: int
    date_responded: int | None
    details: str | None
    hidden_details: str | None
    metadata: str | None
    date_created: int
    date_updated: int

    def status_at(self, now: int) -> ShownStatus:
        """The status that it has at a moment."""
        return "expired" if self.status == "pending" and now >= self.expires else self.status


class Limits(msgspec.Struct, frozen=True):
    """How many challenges of one factor there may be: in the last hour, and in the last day."""

    in_an_hour: int
    in_a_day: int


def limits_for(code_length: int) -> Limits:
    """The fewer digits a code has, the fewer challenges."""
    if code_length <= SHORT_CODE:
        return Limits(MOST_A_DAY_OF_SHORT_CODES, MOST_A_DAY_OF_SHORT_CODES)
    return Limits(MOST_AN_HOUR, MOST_A_DAY)


PERIODS = (HOUR, DAY)
