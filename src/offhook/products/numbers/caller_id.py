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
