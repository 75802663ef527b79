"""A text as a phone shows it: `direction` is the phone's view, `inbound` came to the phone."""

from typing import Literal

import msgspec


class HandsetText(msgspec.Struct):
    """One line in a phone's list of texts; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    address: str
    direction: Literal["inbound", "outbound"]
    from_: str
    to: str
    body: str
    message_sid: str | None
    attempt: str
    date_created: int
