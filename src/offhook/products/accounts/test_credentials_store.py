"""All SQL of test credentials: one pair for each account."""

import msgspec
from sqlalchemy import Table, update

from offhook.storage import Database, Query, Statement, Unit, given, instant, metadata, reading, seq, text

test_credentials = Table(
    "test_credentials",
    metadata,
    seq(),
    text("account_sid", unique=True),
    text("sid", unique=True),
    text("auth_token"),
    instant("date_created"),
)


class TestCredentials(msgspec.Struct):
    """A test SID and its token, sealed where it is stored, in clear where it is used; the time in UTC microseconds."""

    seq: int
    account_sid: str  # whose they are
    sid: str
    auth_token: str
    date_created: int


_c = test_credentials.c
_READING = reading(test_credentials, TestCredentials)
_INSERT = Statement.insert(test_credentials)
_REPLACE = Statement(
    update(test_credentials)
    .where(_c.account_sid == given("whose"))
    .values(sid=given("new_sid"), auth_token=given("new_auth_token"))
)
_BY_SID = Query(_READING.where(_c.sid == given("sid")), TestCredentials, small=True)
_OF_ACCOUNT = Query(_READING.where(_c.account_sid == given("account_sid")), TestCredentials, small=True)


def add(unit: Unit, made: TestCredentials) -> None:
    """Keep new ones. The unit fails with StorageError("conflict") when the SID is taken."""
    unit.add(_INSERT, msgspec.structs.asdict(made))


def replace(unit: Unit, account_sid: str, sid: str, auth_token: str) -> None:
    """Put others in the place of an account's. The unit fails with StorageError("conflict") when the SID is taken."""
    unit.add(_REPLACE, {"whose": account_sid, "new_sid": sid, "new_auth_token": auth_token})


async def by_sid(database: Database, sid: str) -> TestCredentials | None:
    """Those with this test SID."""
    return await database.first(_BY_SID, sid=sid)


async def of_account(database: Database, account_sid: str) -> TestCredentials | None:
    """Those of an account."""
    return await database.first(_OF_ACCOUNT, account_sid=account_sid)
