"""Accounts within an account: one for each customer, closed when the customer leaves.

A suspended account can do nothing until it is active again; a closed one stays closed, its records can still be read
by its parent.
https://www.twilio.com/docs/iam/api/subaccounts
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec

from offhook.exchanges import events
from offhook.kit.clock import Clock, to_datetime
from offhook.kit.sids import ACCOUNT, new_sid
from offhook.products.accounts import errors, store
from offhook.products.accounts.account import Account, OpenAccount
from offhook.products.accounts.known import Known
from offhook.products.accounts.testing import Testing
from offhook.products.accounts.tokens import new_token
from offhook.storage import Database, Page, PageRequest, Unit


class Subaccounts:
    """Makes, finds and changes accounts."""

    def __init__(self, database: Database, clock: Clock, known: Known, testing: Testing) -> None:
        self._database = database
        self._clock = clock
        self._known = known
        self._testing = testing
        self._on_closed: list[Callable[[str], None]] = []

    def on_closed(self, callback: Callable[[str], None]) -> None:
        """Call `callback` with an account's SID once it is closed for good. It is short and does not raise."""
        self._on_closed.append(callback)

    def create(
        self,
        unit: Unit,
        owner: Account,
        friendly_name: str | None,
        *,
        sid: str | None = None,
        auth_token: str | None = None,
        test_sid: str | None = None,
        test_auth_token: str | None = None,
    ) -> OpenAccount:
        """Make a subaccount of `owner` as part of `unit`; its SIDs and tokens are made up unless they are given.

        Raises ApiError 21101 when the owner is a subaccount itself.
        """
        if not owner.may_have_subaccounts:
            raise errors.no_nested_subaccounts()
        now, token = self._clock.now(), auth_token or new_token()
        name = friendly_name or _default_name(now)
        account = new_account(sid or new_sid(ACCOUNT), owner.sid, name, self._known.seal_token(token), now)
        store.add(unit, account)
        self._testing.create(unit, account.sid, test_sid, test_auth_token)
        events.note(unit, "account.created", account_sid=owner.sid, sid=account.sid, now=now)
        return OpenAccount(account, token)

    async def fetch(self, sid: str) -> OpenAccount | None:
        """The account with this SID."""
        account = await store.by_sid(self._database, sid)
        return None if account is None else self._open(account)

    async def page(
        self, request: PageRequest, *, of: str | None, friendly_name: str | None, status: str | None
    ) -> Page[OpenAccount]:
        """Accounts, newest first: the account `of` and its subaccounts, or all there are."""
        page = await store.page(self._database, request, of=of, friendly_name=friendly_name, status=status)
        return Page([self._open(account) for account in page.rows], page.request, page.next_token, page.previous_token)

    def change(self, unit: Unit, account: Account, friendly_name: str | None, status: str | None) -> OpenAccount:
        """Rename an account or change its status. The commit raises ApiError 21479 when it is closed by then."""
        changes: dict[str, Any] = {"friendly_name": friendly_name, "status": status}
        changes = {name: value for name, value in changes.items() if value is not None}
        if changes:
            changes["date_updated"] = self._clock.now()
            only_if, otherwise = (store.NOT_CLOSED, errors.closed_for_good()) if status else (None, None)
            store.change(unit, account.sid, changes, only_if=only_if, otherwise=otherwise)
            unit.on_commit(partial(self._known.forget, account.sid))
            note_updated(unit, {account.sid, account.owner_account_sid}, account.sid, changes["date_updated"])
            for callback in self._on_closed if status == "closed" else ():
                unit.on_commit(partial(callback, account.sid))
        return self._open(msgspec.structs.replace(account, **changes))

    def _open(self, account: Account) -> OpenAccount:
        return OpenAccount(account, self._known.unseal_token(account.auth_token))


def new_account(sid: str, owner: str, name: str, sealed: str, now: int, *, adopted: bool = False) -> Account:
    """An account that was just made."""
    return Account(
        seq=0,
        sid=sid,
        owner_account_sid=owner,
        friendly_name=name,
        auth_token=sealed,
        secondary_auth_token=None,
        secondary_date_created=None,
        status="active",
        type="Full",
        adopted=adopted,
        balance=0,
        currency="USD",
        date_created=now,
        date_updated=now,
    )


def note_updated(unit: Unit, told: Iterable[str], sid: str, now: int) -> None:
    """Tell the accounts `told` that the account with this SID has changed."""
    for whose in told:
        events.note(unit, "account.updated", account_sid=whose, sid=sid, now=now)


def _default_name(now: int) -> str:
    moment = to_datetime(now)
    return f"SubAccount Created at {moment:%Y-%m-%d %I:%M} {'am' if moment.hour < 12 else 'pm'}"
