"""Test credentials: a second SID and token of every account, with which requests have no consequences.

What is asked with them is checked in full and answered as if it were done, but nothing is sent, bought, kept or told
to anybody. Few operations can be asked so (`rehearsed` in `web/resource.py`); all others refuse them with 20008.
The test SID is no account: it owns nothing, and nothing can be looked up with it.
https://www.twilio.com/docs/iam/test-credentials
"""

from functools import partial

import msgspec

from offhook.kit.clock import Clock
from offhook.kit.sids import ACCOUNT, new_sid
from offhook.products.accounts import store
from offhook.products.accounts import test_credentials_store as credentials
from offhook.products.accounts.known import Known
from offhook.products.accounts.test_credentials_store import TestCredentials
from offhook.products.accounts.tokens import new_token
from offhook.storage import Database, Unit


class Testing:
    """The test credentials of all accounts. A change counts in this process at once, in others within a second."""

    def __init__(self, database: Database, clock: Clock, known: Known) -> None:
        self._database = database
        self._clock = clock
        self._known = known

    def create(self, unit: Unit, account_sid: str, sid: str | None = None, auth_token: str | None = None) -> None:
        """Give a new account its test credentials; what is not given is made up."""
        sealed = self._known.seal_test_token(auth_token or new_token())
        made = TestCredentials(0, account_sid, sid or new_sid(ACCOUNT), sealed, self._clock.now())
        credentials.add(unit, made)

    async def of(self, account_sid: str) -> TestCredentials | None:
        """An account's test credentials, the token in clear."""
        found = await credentials.of_account(self._database, account_sid)
        return None if found is None else self._opened(found)

    async def set(self, unit: Unit, account_sid: str, sid: str | None, auth_token: str | None) -> bool:
        """Make these the account's test credentials, and leave what is None as it is; whether that changes any."""
        there = await self.of(account_sid)
        if there is None:
            self.create(unit, account_sid, sid, auth_token)
            return True
        wanted = msgspec.structs.replace(there, sid=sid or there.sid, auth_token=auth_token or there.auth_token)
        if wanted == there:
            return False
        credentials.replace(unit, account_sid, wanted.sid, self._known.seal_test_token(wanted.auth_token))
        for changed in {there.sid, wanted.sid}:
            unit.on_commit(partial(self._known.forget, changed))
        return True

    async def problem(self, account_sid: str | None, sid: str) -> str | None:
        """What speaks against `sid` as the test SID of an account (None: of a new one), as a sentence; or None."""
        if await store.by_sid(self._database, sid) is not None:
            return f"{sid} is an account already, so it cannot be a test SID"
        owner = await self.owner(sid)
        return f"{sid} is the test SID of account {owner} already" if owner not in (None, account_sid) else None

    async def owner(self, sid: str) -> str | None:
        """The account that a test SID belongs to."""
        found = await credentials.by_sid(self._database, sid)
        return None if found is None else found.account_sid

    def _opened(self, found: TestCredentials) -> TestCredentials:
        return msgspec.structs.replace(found, auth_token=self._known.unseal_test_token(found.auth_token))
