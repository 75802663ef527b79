"""All SQL of accounts."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Table, Text, or_, update

from offhook.products.accounts.account import Account
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Statement,
    Step,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

accounts = Table(
    "accounts",
    metadata,
    seq(),
    text("sid", unique=True),
    text("owner_account_sid"),
    text("friendly_name"),
    text("auth_token"),
    text("secondary_auth_token", nullable=True),
    instant("secondary_date_created", nullable=True),
    text("status"),
    text("type"),
    Column("adopted", Boolean, nullable=False),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("currency", Text, nullable=False, server_default="USD"),
    instant("date_created"),
    instant("date_updated"),
    Column("media_auth", Boolean),
    Index("accounts_by_owner", "owner_account_sid", "seq"),
)

_c = accounts.c
_READING = reading(accounts, Account)
_INSERT = Statement.insert(accounts)
_BY_SID = Query(_READING.where(_c.sid == given("sid")), Account)
_FIRST = Query(_READING.where(_c.sid == _c.owner_account_sid).order_by(_c.seq).limit(1), Account)
NOT_CLOSED = _c.status != "closed"


def add(unit: Unit, account: Account) -> None:
    """Keep a new account. The unit fails with StorageError("conflict") when the SID is taken."""
    unit.add(_INSERT, msgspec.structs.asdict(account))


def change(
    unit: Unit,
    sid: str,
    changes: Mapping[str, object],
    *,
    only_if: ColumnElement[bool] | None = None,
    otherwise: Exception | None = None,
) -> Step:
    """Set some fields of an account, `only_if` that is still so when it is done."""
    clause = update(accounts).where(_c.sid == given("sid")).values({name: given(f"new_{name}") for name in changes})
    if only_if is not None:
        clause = clause.where(only_if)
    values = {f"new_{name}": value for name, value in changes.items()}
    return unit.add(Statement(clause), {**values, "sid": sid}, otherwise=otherwise)


def secondary_is(sealed: str) -> ColumnElement[bool]:
    """Whether the second token is still this one."""
    return _c.secondary_auth_token == sealed


async def by_sid(database: Database, sid: str) -> Account | None:
    """The account with this SID."""
    return await database.first(_BY_SID, sid=sid)


async def first(database: Database) -> Account | None:
    """The account that owns all others."""
    return await database.first(_FIRST)


async def page(
    database: Database,
    request: PageRequest,
    *,
    of: str | None,
    friendly_name: str | None,
    status: str | None,
) -> Page[Account]:
    """Accounts, newest first: the account `of` and its subaccounts, or all there are."""
    clause = _READING
    if of is not None:
        clause = clause.where(or_(_c.owner_account_sid == of, _c.sid == of))
    if friendly_name is not None:
        clause = clause.where(_c.friendly_name == friendly_name)
    if status is not None:
        clause = clause.where(_c.status == status)
    return await read_page(database, clause, accounts, Account, request)
