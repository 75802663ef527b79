"""All SQL of accounts."""

from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Index, Table

from offhook.products.accounts.account import Account
from offhook.storage import Database, Query, Statement, Unit, given, instant, metadata, reading, seq, text

accounts = Table(
    "accounts",
    metadata,
    seq(),
    text("sid", unique=True),
    text("owner_account_sid"),
    text("friendly_name"),
    text("auth_token"),
    text("status"),
    text("type"),
    Column("adopted", Boolean, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    Index("accounts_by_owner", "owner_account_sid", "seq"),
)

_INSERT = Statement.insert(accounts)
_BY_SID = Query(reading(accounts, Account).where(accounts.c.sid == given("sid")), Account)
_FIRST = Query(
    reading(accounts, Account).where(accounts.c.sid == accounts.c.owner_account_sid).order_by(accounts.c.seq).limit(1),
    Account,
)


def add(unit: Unit, account: Account) -> None:
    """Keep a new account. The unit fails with StorageError("conflict") when the SID is taken."""
    values: dict[str, Any] = msgspec.structs.asdict(account)
    unit.add(_INSERT, values)


async def by_sid(database: Database, sid: str) -> Account | None:
    """The account with this SID."""
    return await database.first(_BY_SID, sid=sid)


async def first(database: Database) -> Account | None:
    """The account that owns all others."""
    return await database.first(_FIRST)
