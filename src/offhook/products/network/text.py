"""A text as a phone shows it: `direction` is the phone's view, `inbound` came to the phone."""

from typing import Literal

import msgspec

from offhook.carriers import Media
from offhook.kit.sids import MESSAGE, MMS


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
    media: str = "[]"  # JSON, a list of the port's Media

    @property
    def is_of_message(self) -> bool:
        """Whether `message_sid` is a Message's: a text that is nobody's Message has its sender's own mark there."""
        return (self.message_sid or "").startswith((MESSAGE, MMS))

    def files(self) -> tuple[Media, ...]:
        """The pictures and other files in it."""
        return msgspec.json.decode(self.media, type=tuple[Media, ...])
