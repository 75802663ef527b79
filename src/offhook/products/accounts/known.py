"""Accounts and keys with their secrets in clear, as every request needs them."""

from collections.abc import Callable

import msgspec

from offhook.products.accounts import key_store, store, test_credentials_store
from offhook.products.accounts.account import Account
from offhook.products.accounts.cache import Cache
from offhook.products.accounts.key import OpenKey
from offhook.products.accounts.test_credentials_store import TestCredentials
from offhook.storage import Database, Sealer

TOKEN_PURPOSE = "accounts.auth_token"  # noqa: S105 - what the sealed value is for
KEY_PURPOSE = "accounts.key_secret"
TEST_PURPOSE = "accounts.test_auth_token"


class KnownAccount(msgspec.Struct):
    """An account and the tokens that prove it; the first one signs webhooks."""

    account: Account
    auth_token: str
    secondary_auth_token: str | None


class Known:
    """Finds accounts and keys by SID; what it says is at most a second old, and never older than our own changes."""

    def __init__(self, database: Database, sealer: Sealer, now: Callable[[], float]) -> None:
        self._database = database
        self._sealer = sealer
        self._accounts = Cache(self._load_account, now)
        self._keys = Cache(self._load_key, now)
        self._tests = Cache(self._load_test_credentials, now)

    async def account(self, sid: str) -> KnownAccount | None:
        """The account with this SID."""
        return await self._accounts.get(sid)

    async def key(self, sid: str) -> OpenKey | None:
        """The key with this SID, of whatever account."""
        return await self._keys.get(sid)

    async def test_credentials(self, sid: str) -> TestCredentials | None:
        """The test credentials with this SID, of whatever account."""
        return await self._tests.get(sid)

    def forget(self, sid: str) -> None:
        """The account, key or test credentials with this SID have changed."""
        self._accounts.forget(sid)
        self._keys.forget(sid)
        self._tests.forget(sid)

    def seal_token(self, auth_token: str) -> str:
        """An account's token as it is stored."""
        return self._sealer.seal(auth_token, TOKEN_PURPOSE)

    def unseal_token(self, sealed: str) -> str:
        """An account's token in clear."""
        return self._sealer.unseal(sealed, TOKEN_PURPOSE)

    def seal_secret(self, secret: str) -> str:
        """A key's secret as it is stored."""
        return self._sealer.seal(secret, KEY_PURPOSE)

    def seal_test_token(self, auth_token: str) -> str:
        """A test token as it is stored."""
        return self._sealer.seal(auth_token, TEST_PURPOSE)

    def unseal_test_token(self, sealed: str) -> str:
        """A test token in clear."""
        return self._sealer.unseal(sealed, TEST_PURPOSE)

    async def _load_account(self, sid: str) -> KnownAccount | None:
        account = await store.by_sid(self._database, sid)
        if account is None:
            return None
        second = account.secondary_auth_token
        return KnownAccount(
            account, self.unseal_token(account.auth_token), None if second is None else self.unseal_token(second)
        )

    async def _load_key(self, sid: str) -> OpenKey | None:
        key = await key_store.by_sid(self._database, sid)
        return None if key is None else OpenKey(key, self._sealer.unseal(key.secret, KEY_PURPOSE))

    async def _load_test_credentials(self, sid: str) -> TestCredentials | None:
        found = await test_credentials_store.by_sid(self._database, sid)
        if found is None:
            return None
        return msgspec.structs.replace(found, auth_token=self.unseal_test_token(found.auth_token))
