"""Who is who: checks credentials, hands out signing tokens, and in dev mode adopts accounts it has never seen.

A caller proves itself with an account's token, its second token, or an API key and its secret; of a suspended or
closed account none of them counts. All refusals look the same.

Adoption is for programs that carry credentials of their own, made up or real: the first token seen with an unknown
`AC…` is its token from then on, and the account belongs to the first account, which sees what it does.
"""

import hmac
import time
from collections.abc import Callable

import structlog

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.sids import ACCOUNT, new_sid
from offhook.products.accounts import errors, store
from offhook.products.accounts.account import Account
from offhook.products.accounts.geo_permissions import GeoPermissions
from offhook.products.accounts.key import API_KEY
from offhook.products.accounts.keys import Keys
from offhook.products.accounts.known import Known, KnownAccount
from offhook.products.accounts.settings import AccountSettings
from offhook.products.accounts.subaccounts import Subaccounts, new_account
from offhook.products.accounts.test_credentials_store import TestCredentials
from offhook.products.accounts.testing import Testing
from offhook.products.accounts.tokens import Tokens, new_token
from offhook.storage import Database, Sealer, StorageError, Unit
from offhook.web import Identity, Request
from offhook.web.auth import basic_credentials

log = structlog.get_logger("offhook.accounts")
MOST_ADOPTED_NAME = 64  # characters of an adopted SID
NOBODY = new_token()  # what is compared when there is nothing to compare with


class Accounts:
    """The service of this slice; implements the web floor's Authenticator and the webhooks floor's Secrets."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        clock: Clock,
        *,
        adopts: bool,
        media_auth: bool = False,
        countries: frozenset[str] | None = None,
    ) -> None:
        """`media_auth` and `countries` (None: every) are for accounts that have not said otherwise."""
        self._database = database
        self._clock = clock
        self._adopts = adopts
        self._known = Known(database, sealer, time.monotonic)
        self.testing = Testing(database, clock, self._known)
        self.subaccounts = Subaccounts(database, clock, self._known, self.testing)
        self.keys = Keys(database, clock, self._known)
        self.tokens = Tokens(database, clock, self._known)
        self.settings = AccountSettings(clock, self._known, media_auth=media_auth)
        self.geo_permissions = GeoPermissions(database, clock, self._known, time.monotonic, default=countries)
        self.first_sid = ""

    async def is_empty(self) -> bool:
        """Whether there is no account at all, not even the first."""
        return await store.first(self._database) is None

    async def open_first(self, sid: str | None, auth_token: str | None) -> tuple[str, str]:
        """The first account's SID and token; it is made when there is none, with these where they are given.

        Raises ValueError when another first account exists already.
        """
        account = await store.first(self._database)
        if account is None:
            sid, auth_token = sid or new_sid(ACCOUNT), auth_token or new_token()
            await self._add(sid, sid, "Offhook", auth_token, adopted=False)
        elif sid not in (None, account.sid):
            raise ValueError(f"this database belongs to account {account.sid}, not to {sid}")
        else:
            sid = account.sid
            kept = self._known.unseal_token(account.auth_token)
            if auth_token is not None and not _same(kept, auth_token):
                raise ValueError(f"account {sid} has another auth token than the one given")
            auth_token = kept
        self.first_sid = sid
        return sid, auth_token

    async def open_test_credentials(self, sid: str | None, auth_token: str | None) -> tuple[str, str]:
        """The first account's test SID and token, with these where they are given.

        Raises ValueError for a SID that is somebody else's.
        """
        if sid is not None and (problem := await self.testing.problem(self.first_sid, sid)):
            raise ValueError(problem)
        unit = Unit()
        if await self.testing.set(unit, self.first_sid, sid, auth_token):
            await self._database.commit(unit)
        kept = await self.testing.of(self.first_sid)
        assert kept is not None
        return kept.sid, kept.auth_token

    async def identify(self, request: Request) -> Identity | None:
        """Who the credentials of a request belong to, or None."""
        credentials = basic_credentials(request.headers.get("authorization"))
        return await self.authenticate(*credentials) if credentials else None

    async def authenticate(self, username: str, password: str) -> Identity | None:
        """Who these credentials belong to, or None. Compares in constant time."""
        if username.startswith(API_KEY):
            return await self._authenticate_key(username, password)
        known = await self._known.account(username)
        if known is None and (tested := await self._known.test_credentials(username)) is not None:
            return await self._authenticate_test(tested, password)
        if known is None and self._adopts and _adoptable(username, password):
            known = await self._adopt(username, password)
        if not _proves(known, password) or known is None or not await self.is_active(username):
            return None
        return Identity(known.account.sid, known.account.sid, owns_all=known.account.is_first)

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        """Its own account, or one that it owns; a standard key only its own."""
        if identity.account_sid == account_sid:
            return True
        known = await self._known.account(account_sid)
        if known is None or not (identity.owns_all or known.account.owner_account_sid == identity.account_sid):
            return False
        return await self.may_manage(identity)

    async def may_manage(self, identity: Identity) -> bool:
        """Whether the caller may manage accounts, keys and tokens: with an account's token, or a main key."""
        if not identity.key.startswith(API_KEY):
            return True
        found = await self._known.key(identity.key)
        return found is not None and found.key.type == "main"

    async def check_manager(self, identity: Identity) -> None:
        """Raises ApiError 20003 unless the caller may manage accounts, keys and tokens."""
        if not await self.may_manage(identity):
            raise errors.needs_main_key()

    async def is_active(self, sid: str) -> bool:
        """Whether the account and all that own it are neither suspended nor closed."""
        known = await self._known.account(sid)
        if known is None or known.account.status != "active":
            return False
        return known.account.is_first or await self.is_active(known.account.owner_account_sid)

    async def check_active(self, sid: str) -> None:
        """Raises ApiError 10001 unless the account is active."""
        if not await self.is_active(sid):
            raise errors.not_active(sid)

    def on_closed(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with an account's SID, on the event loop, once it is closed for good."""
        self.subaccounts.on_closed(callback)

    async def auth_token(self, account_sid: str) -> str:
        """The token that signs this account's webhooks. Raises LookupError for an unknown account."""
        known = await self._known.account(account_sid)
        if known is None:
            raise LookupError(f"there is no account {account_sid}")
        return known.auth_token

    async def key_secret(self, key_sid: str) -> tuple[str, str]:
        """The account of an API key, and the secret that signs its access tokens.

        Raises LookupError for a key that is unknown or revoked, or of an account that is not active.
        """
        found = await self._known.key(key_sid)
        if found is None or not await self.is_active(found.key.account_sid):
            raise LookupError(f"there is no key {key_sid} of an active account")
        return found.key.account_sid, found.secret

    async def fetch(self, sid: str) -> Account | None:
        """The account with this SID."""
        return await store.by_sid(self._database, sid)

    async def _authenticate_key(self, sid: str, secret: str) -> Identity | None:
        found = await self._known.key(sid)
        if not _same(found.secret if found else NOBODY, secret) or found is None:
            return None
        owner = await self._known.account(found.key.account_sid)
        if owner is None or not await self.is_active(owner.account.sid):
            return None
        return Identity(owner.account.sid, sid, owns_all=owner.account.is_first)

    async def _authenticate_test(self, tested: TestCredentials, password: str) -> Identity | None:
        if not _same(tested.auth_token, password) or not await self.is_active(tested.account_sid):
            return None
        return Identity(tested.sid, tested.sid, tests=tested.account_sid)

    async def _adopt(self, sid: str, auth_token: str) -> KnownAccount | None:
        try:
            await self._add(sid, self.first_sid, f"Adopted {sid}", auth_token, adopted=True)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
        else:
            log.warning("account_adopted", account_sid=sid, meaning="unknown credentials; the first token is now its")
        return await self._known.account(sid)

    async def _add(self, sid: str, owner: str, name: str, auth_token: str, *, adopted: bool) -> None:
        unit = Unit()
        sealed, now = self._known.seal_token(auth_token), self._clock.now()
        store.add(unit, new_account(sid, owner, name, sealed, now, adopted=adopted))
        self.testing.create(unit, sid)
        events.note(unit, "account.created", account_sid=owner, sid=sid, now=now)
        await self._database.commit(unit)


def _proves(known: KnownAccount | None, password: str) -> bool:
    """Whether the password is one of the account's tokens. As long for an account that is not there."""
    first = _same(known.auth_token if known else NOBODY, password)
    second = _same((known and known.secondary_auth_token) or NOBODY, password)
    return known is not None and (first or second)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _adoptable(username: str, password: str) -> bool:
    return username.startswith(ACCOUNT) and username.isalnum() and len(username) <= MOST_ADOPTED_NAME and bool(password)
