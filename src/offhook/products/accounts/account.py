"""The account: a SID, a token that is sealed at rest, and the account that owns it (itself, for the first)."""

from typing import Literal

import msgspec

Status = Literal["active", "suspended", "closed"]


class Account(msgspec.Struct):
    """One account as it is stored; times in UTC microseconds, `balance` in micro-units. Both tokens are sealed."""

    seq: int
    sid: str
    owner_account_sid: str
    friendly_name: str
    auth_token: str
    secondary_auth_token: str | None
    secondary_date_created: int | None
    status: str
    type: str
    adopted: bool
    balance: int
    currency: str
    date_created: int
    date_updated: int
    media_auth: bool | None = None  # whether files are for those with credentials only; None: it has not said

    @property
    def is_first(self) -> bool:
        """Whether this is the account that owns all others."""
        return self.owner_account_sid == self.sid

    @property
    def may_have_subaccounts(self) -> bool:
        """Subaccounts have none. An adopted account is a main account to the program that it was adopted for."""
        return self.is_first or self.adopted


class OpenAccount(msgspec.Struct):
    """An account with its token in clear, for its owner's eyes."""

    account: Account
    auth_token: str
