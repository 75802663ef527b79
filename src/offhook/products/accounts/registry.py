"""Who is who: checks credentials, hands out signing tokens, and in dev mode adopts accounts it has never seen.

Adoption is for programs that carry credentials of their own, made up or real: the first token seen with an unknown
`AC…` is its token from then on, and the account belongs to the first account, which sees what it does.
Decrypted tokens are kept in memory for a second, so that a change made by another process is seen in time.
"""

import hmac
import secrets
import time
from typing import NamedTuple

import structlog

from offhook.kit.clock import Clock
from offhook.kit.sids import ACCOUNT, new_sid
from offhook.products.accounts import store
from offhook.products.accounts.account import Account
from offhook.storage import Database, Sealer, StorageError, Unit
from offhook.web import Identity

log = structlog.get_logger("offhook.accounts")
TOKEN_PURPOSE = "accounts.auth_token"  # noqa: S105 - what the sealed value is for
KEPT_FOR = 1.0  # seconds
MOST_ADOPTED_NAME = 64  # characters of an adopted SID


class _Known(NamedTuple):
    account: Account
    auth_token: str
    until: float


class Accounts:
    """The service of this slice; implements the web floor's Authenticator and the webhooks floor's Secrets."""

    def __init__(self, database: Database, sealer: Sealer, clock: Clock, *, adopts: bool) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._adopts = adopts
        self._known: dict[str, _Known] = {}
        self.first_sid = ""

    async def open_first(self, sid: str | None, auth_token: str | None) -> tuple[str, str]:
        """The first account's SID and token; it is made when there is none, with these where they are given.

        Raises ValueError when another first account exists already.
        """
        account = await store.first(self._database)
        if account is None:
            sid, auth_token = sid or new_sid(ACCOUNT), auth_token or secrets.token_hex(16)
            await self._add(sid, sid, "Offhook", auth_token, adopted=False)
        elif sid not in (None, account.sid):
            raise ValueError(f"this database belongs to account {account.sid}, not to {sid}")
        else:
            sid = account.sid
            kept = self._sealer.unseal(account.auth_token, TOKEN_PURPOSE)
            if auth_token is not None and not hmac.compare_digest(kept, auth_token):
                raise ValueError(f"account {sid} has another auth token than the one given")
            auth_token = kept
        self.first_sid = sid
        return sid, auth_token

    async def authenticate(self, username: str, password: str) -> Identity | None:
        """Who these credentials belong to, or None. Compares in constant time."""
        known = await self._look_up(username)
        if known is None and self._adopts and _adoptable(username, password):
            known = await self._adopt(username, password)
        if known is None or not hmac.compare_digest(known.auth_token.encode(), password.encode()):
            return None
        return Identity(known.account.sid, known.account.sid, owns_all=known.account.is_first)

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        """Its own account, or one that it owns."""
        if identity.account_sid == account_sid:
            return True
        known = await self._look_up(account_sid)
        return known is not None and known.account.owner_account_sid == identity.account_sid

    async def auth_token(self, account_sid: str) -> str:
        """The token that signs this account's webhooks. Raises LookupError for an unknown account."""
        known = await self._look_up(account_sid)
        if known is None:
            raise LookupError(f"there is no account {account_sid}")
        return known.auth_token

    async def fetch(self, sid: str) -> Account | None:
        """The account with this SID."""
        return await store.by_sid(self._database, sid)

    def reveal(self, account: Account) -> str:
        """The account's token in clear, for its owner."""
        return self._sealer.unseal(account.auth_token, TOKEN_PURPOSE)

    async def _look_up(self, sid: str) -> _Known | None:
        known = self._known.get(sid)
        if known is not None and known.until > time.monotonic():
            return known
        account = await store.by_sid(self._database, sid)
        if account is None:
            self._known.pop(sid, None)
            return None
        known = _Known(account, self.reveal(account), time.monotonic() + KEPT_FOR)
        self._known[sid] = known
        return known

    async def _adopt(self, sid: str, auth_token: str) -> _Known | None:
        try:
            await self._add(sid, self.first_sid, f"Adopted {sid}", auth_token, adopted=True)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
        else:
            log.warning("account_adopted", account_sid=sid, meaning="unknown credentials; the first token is now its")
        return await self._look_up(sid)

    async def _add(self, sid: str, owner: str, name: str, auth_token: str, *, adopted: bool) -> None:
        now = self._clock.now()
        sealed = self._sealer.seal(auth_token, TOKEN_PURPOSE)
        unit = Unit()
        store.add(unit, Account(0, sid, owner, name, sealed, "active", "Full", adopted, now, now))
        await self._database.commit(unit)


def _adoptable(username: str, password: str) -> bool:
    return username.startswith(ACCOUNT) and username.isalnum() and len(username) <= MOST_ADOPTED_NAME and bool(password)
