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
    """A number that is being validated; `code` is what has to be typed, `delay` in seconds.

    `extension` is dialled once somebody answers. `callback` hears how it ended.
    """

    account_sid: str
    phone_number: str
    friendly_name: str
    code: str
    delay: int = 0
    extension: str = ""
    callback: str | None = None
    callback_method: str = "POST"
    call_sid: str | None = None
