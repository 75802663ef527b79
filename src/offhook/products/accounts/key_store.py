"""All SQL of API keys."""

import msgspec
from sqlalchemy import Index, Table, delete, update

from offhook.products.accounts.key import Key
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Statement,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

api_keys = Table(
    "api_keys",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    text("type"),
    text("secret"),
    instant("date_created"),
    instant("date_updated"),
    Index("api_keys_by_account", "account_sid", "seq"),
)

_c = api_keys.c
_READING = reading(api_keys, Key)
_INSERT = Statement.insert(api_keys)
_BY_SID = Query(_READING.where(_c.sid == given("sid")), Key)
_RENAME = Statement(
    update(api_keys)
    .where(_c.account_sid == given("account_sid"), _c.sid == given("sid"))
    .values(friendly_name=given("name"), date_updated=given("now"))
)
_DELETE = Statement(delete(api_keys).where(_c.account_sid == given("account_sid"), _c.sid == given("sid")))


def add(unit: Unit, key: Key) -> None:
    """Keep a new key."""
    unit.add(_INSERT, msgspec.structs.asdict(key))


def rename(unit: Unit, key: Key, *, otherwise: Exception) -> None:
    """Keep the name that `key` has now."""
    values = {"account_sid": key.account_sid, "sid": key.sid, "name": key.friendly_name, "now": key.date_updated}
    unit.add(_RENAME, values, otherwise=otherwise)


def remove(unit: Unit, key: Key, *, otherwise: Exception) -> None:
    """Forget a key."""
    unit.add(_DELETE, {"account_sid": key.account_sid, "sid": key.sid}, otherwise=otherwise)


async def by_sid(database: Database, sid: str) -> Key | None:
    """The key with this SID, of whatever account."""
    return await database.first(_BY_SID, sid=sid)


async def page(database: Database, account_sid: str, request: PageRequest) -> Page[Key]:
    """The account's keys, newest first."""
    return await read_page(database, _READING.where(_c.account_sid == account_sid), api_keys, Key, request)
