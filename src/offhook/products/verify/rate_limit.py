"""Rate limits that an app sets itself: how often a verification may be begun for one value of a key of its own.

A rate limit is the key; each of its buckets says how many requests may come in how many seconds.
https://www.twilio.com/docs/verify/api/service-rate-limits
"""

import msgspec

RATE_LIMIT, BUCKET = "RK", "BL"
LARGEST = 2**31 - 1


class RateLimit(msgspec.Struct):
    """A key; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    unique_name: str
    description: str | None
    date_created: int
    date_updated: int


class Bucket(msgspec.Struct):
    """At most `max` requests with one value of the key in `interval` seconds; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    rate_limit_sid: str
    max: int
    interval: int
    date_created: int
    date_updated: int
