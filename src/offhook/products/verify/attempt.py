"""The attempt: one message or call with a code, and whether its owner came back with it.

    queued -> sending -> sent -> delivered
       |         |         \\-> undelivered, failed
       |         \\-> delivered, undelivered, failed
       \\-> failed (the verification ended before it went out)

https://www.twilio.com/docs/verify/api/list-verification-attempts
"""

from typing import Literal

import msgspec

from offhook.products.verify.verification import Channel

ATTEMPT = "VL"
AttemptStatus = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed"]
Conversion = Literal["converted", "unconverted"]

NEXT: dict[AttemptStatus, frozenset[AttemptStatus]] = {
    "queued": frozenset({"sending", "failed"}),
    "sending": frozenset({"sending", "sent", "delivered", "undelivered", "failed"}),
    "sent": frozenset({"delivered", "undelivered", "failed"}),
    "delivered": frozenset(),
    "undelivered": frozenset(),
    "failed": frozenset(),
}


def may_become(status: AttemptStatus) -> frozenset[AttemptStatus]:
    """The statuses that `status` may follow."""
    return frozenset(former for former, following in NEXT.items() if status in following)


class Manner(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a code is to be said: all but the code. `ttl` in minutes."""

    friendly_name: str
    locale: str
    ttl: int
    template: str = ""
    custom_message: str | None = None
    warns: bool = False  # adds that the code is for nobody else
    app_hash: str | None = None
    send_digits: str = ""
    asks_first: bool = False  # a call says the code once a key is pressed
    voice: str = ""
    mail_from: str | None = None
    mail_from_name: str | None = None
    amount: str | None = None
    payee: str | None = None


class Attempt(msgspec.Struct):
    """One attempt as it is stored; times in UTC microseconds. It waits for work while `due` is set."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    verification_sid: str
    channel: Channel
    to: str
    country: str
    status: AttemptStatus
    conversion_status: Conversion
    manner: str  # JSON, a Manner
    tries: int
    error_code: int | None
    call_sid: str | None
    date_created: int
    date_updated: int
    due: int | None
