"""A number that an account does not own, but proved to be its own, so that calls may come from it."""

import msgspec


class CallerId(msgspec.Struct):
    """One validated number as it is stored; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    phone_number: str
    friendly_name: str
    date_created: int
    date_updated: int


class Validation(msgspec.Struct, frozen=True):
    """A validation that went well; `code` is what had to be typed."""

    account_sid: str
    sid: str  # of the caller ID
    phone_number: str
    friendly_name: str
    code: str
