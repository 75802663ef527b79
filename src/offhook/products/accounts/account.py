"""The account: a SID, a token that is sealed at rest, and the account that owns it (itself, for the first)."""

import msgspec


class Account(msgspec.Struct):
    """One account as it is stored; times in UTC microseconds. `auth_token` is sealed."""

    seq: int
    sid: str
    owner_account_sid: str
    friendly_name: str
    auth_token: str
    status: str
    type: str
    adopted: bool
    date_created: int
    date_updated: int

    @property
    def is_first(self) -> bool:
        """Whether this is the account that owns all others."""
        return self.owner_account_sid == self.sid
