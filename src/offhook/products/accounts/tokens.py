"""Changing an account's token without a moment in which neither works.

A second token is made; both are accepted while programs are told the new one; promoted, it becomes the only one.
Webhooks are signed with the first token until then.
https://www.twilio.com/docs/iam/api/authtoken
"""

import secrets
from collections.abc import Mapping

import msgspec

from offhook.kit.clock import Clock
from offhook.products.accounts import store
from offhook.products.accounts.known import Known
from offhook.storage import Database, Unit


class Token(msgspec.Struct):
    """A token in clear, for the account it belongs to; times in UTC microseconds."""

    account_sid: str
    auth_token: str
    date_created: int
    date_updated: int


def new_token() -> str:
    """A token as Twilio's: 32 hexadecimal digits (128 random bits)."""
    return secrets.token_hex(16)


class Tokens:
    """The tokens of all accounts. A change counts in this process at once, in others within a second."""

    def __init__(self, database: Database, clock: Clock, known: Known) -> None:
        self._database = database
        self._clock = clock
        self._known = known

    def create_secondary(self, unit: Unit, account_sid: str) -> Token:
        """Give an account a second token; it takes the place of one that was never promoted."""
        token, now = new_token(), self._clock.now()
        changes = {"secondary_auth_token": self._known.seal_token(token), "secondary_date_created": now}
        self._change(unit, account_sid, changes)
        return Token(account_sid, token, now, now)

    def replace(self, unit: Unit, account_sid: str, auth_token: str) -> None:
        """Make this the account's only token."""
        changes = {"auth_token": self._known.seal_token(auth_token), "date_updated": self._clock.now()}
        self._change(unit, account_sid, {**changes, "secondary_auth_token": None, "secondary_date_created": None})

    async def delete_secondary(self, unit: Unit, account_sid: str) -> bool:
        """Take the second token away; False when there is none."""
        account = await store.by_sid(self._database, account_sid)
        if account is None or account.secondary_auth_token is None:
            return False
        self._change(unit, account_sid, {"secondary_auth_token": None, "secondary_date_created": None})
        return True

    async def promote(self, unit: Unit, account_sid: str, *, otherwise: Exception) -> Token | None:
        """Make the second token the first and only one; None when there is none.

        `otherwise` is raised by the commit when the second token is another one by then.
        """
        account = await store.by_sid(self._database, account_sid)
        if account is None or account.secondary_auth_token is None:
            return None
        now = self._clock.now()
        token = self._known.unseal_token(account.secondary_auth_token)
        changes = {
            "auth_token": self._known.seal_token(token),
            "secondary_auth_token": None,
            "secondary_date_created": None,
            "date_updated": now,
        }
        step = store.change(
            unit, account_sid, changes, only_if=store.secondary_is(account.secondary_auth_token), otherwise=otherwise
        )
        unit.on_commit(lambda: self._known.forget(account_sid), after=step)
        return Token(account_sid, token, account.secondary_date_created or now, now)

    def _change(self, unit: Unit, account_sid: str, changes: Mapping[str, object]) -> None:
        store.change(unit, account_sid, changes)
        unit.on_commit(lambda: self._known.forget(account_sid))
