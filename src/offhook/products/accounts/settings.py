"""What an account decides for itself, where Twilio has a switch in its console: who may see its messages' files.

An account that has not said so follows the process's default; a subaccount does not follow its parent.
"""

from typing import Literal

import msgspec

from offhook.kit.clock import Clock
from offhook.products.accounts import store
from offhook.products.accounts.account import Account
from offhook.products.accounts.known import Known
from offhook.products.accounts.subaccounts import note_updated
from offhook.storage import Unit

Source = Literal["account", "default"]


class SettingsInForce(msgspec.Struct):
    """The settings that count for an account, and whether it said so itself."""

    account_sid: str
    media_auth: bool
    media_auth_source: Source


class AccountSettings:
    """The settings of all accounts. A change counts in this process at once, in others within a second."""

    def __init__(self, clock: Clock, known: Known, *, media_auth: bool) -> None:
        self._clock = clock
        self._known = known
        self._media_auth = media_auth

    async def media_auth(self, account_sid: str) -> bool:
        """Whether the files of this account's messages are for those with credentials only."""
        known = await self._known.account(account_sid)
        said = known.account.media_auth if known else None
        return self._media_auth if said is None else said

    def in_force(self, account: Account) -> SettingsInForce:
        """The settings that count for an account."""
        if account.media_auth is None:
            return SettingsInForce(account.sid, self._media_auth, "default")
        return SettingsInForce(account.sid, account.media_auth, "account")

    def change(self, unit: Unit, account: Account, *, media_auth: bool | None) -> Account:
        """Say who may see files; None is: whatever the default is."""
        now = self._clock.now()
        store.change(unit, account.sid, {"media_auth": media_auth, "date_updated": now})
        unit.on_commit(lambda: self._known.forget(account.sid))
        note_updated(unit, {account.sid, account.owner_account_sid}, account.sid, now)
        return msgspec.structs.replace(account, media_auth=media_auth, date_updated=now)
