"""Who may give a phone number to another account: the parent, among itself and its subaccounts.

https://www.twilio.com/docs/iam/api/subaccounts#exchanging-numbers
"""

from typing import Protocol

from offhook.kit.sids import ACCOUNT, is_sid
from offhook.products.accounts import Account
from offhook.products.numbers import errors
from offhook.web import Identity


class Family(Protocol):
    """Implemented by accounts: who exists, and whose they are."""

    async def fetch(self, sid: str) -> Account | None:
        """The account with this SID."""
        ...


class NoFamily:
    """Where accounts are not known, no number changes hands."""

    async def fetch(self, _sid: str) -> Account | None:
        """Nobody."""
        return None


async def check_transfer(family: Family, identity: Identity, target: str) -> None:
    """Raises ApiError 21470 to 21474 when the caller may not give a number to the account `target`."""
    if not is_sid(target, ACCOUNT):
        raise errors.account_sid_invalid(target)
    account = await family.fetch(target)
    if account is None:
        raise errors.account_unknown(target)
    caller = await family.fetch(identity.account_sid)
    if caller is None or not caller.may_have_subaccounts:
        raise errors.parent_required()
    if caller.sid not in (account.sid, account.owner_account_sid):
        raise errors.account_unrelated(target)
    if account.status != "active":
        raise errors.account_inactive(target)
