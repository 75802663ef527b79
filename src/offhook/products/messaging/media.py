"""A picture or another file in a message, as it is stored: the bytes lie in a file named by their SHA-256."""

import msgspec

from offhook.carriers import Media


class MediaFile(msgspec.Struct):
    """One file of one message; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    message_sid: str
    content_type: str
    digest: str
    size: int
    date_created: int
    date_updated: int

    @property
    def path(self) -> str:
        """Where its bytes are served."""
        return f"/2010-04-01/Accounts/{self.account_sid}/Messages/{self.message_sid}/Media/{self.sid}"

    def as_carried(self) -> Media:
        """The file as carriers know it."""
        return Media(self.content_type, self.digest, self.size)
