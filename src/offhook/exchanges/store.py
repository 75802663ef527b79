"""The table of exchanges: bounded, written beside the work and never in its way."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, Table, delete, func, select
from sqlalchemy import text as sql

from offhook.exchanges.exchange import Exchange
from offhook.exchanges.filters import FAILED, Filters
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

exchanges = Table(
    "exchanges",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("direction"),
    text("kind"),
    text("method"),
    text("url"),
    text("request_headers"),
    text("request_body"),
    Column("status", Integer),
    text("response_headers"),
    text("response_body"),
    instant("started"),
    Column("elapsed", BigInteger, nullable=False),
    text("resource_sid", nullable=True),
    Column("error_code", Integer),
    text("error", nullable=True),
    text("notes"),
    text("resent_from", nullable=True),
    Index("exchanges_by_account", "account_sid", "seq"),
    Index("exchanges_by_resource", "resource_sid", "seq"),
    Index("exchanges_that_failed", "seq", sqlite_where=sql(FAILED), postgresql_where=sql(FAILED)),
)

_JSON_FIELDS = ("request_headers", "response_headers", "notes")
_INSERT = Statement.insert(exchanges)
_PRUNE = Statement(delete(exchanges).where(exchanges.c.seq <= given("seq")))


class Row(msgspec.Struct):
    """A row as it is stored: headers and notes are JSON text."""

    seq: int
    sid: str
    account_sid: str
    direction: str
    kind: str
    method: str
    url: str
    request_headers: str
    request_body: str
    status: int | None
    response_headers: str
    response_body: str
    started: int
    elapsed: int
    resource_sid: str | None
    error_code: int | None
    error: str | None
    notes: str
    resent_from: str | None


_BY_SID = Query(reading(exchanges, Row).where(exchanges.c.sid == given("sid")), Row)
_NEWEST = Query(select(func.max(exchanges.c.seq)), lambda value: int(value or 0))


def add(unit: Unit, exchange: Exchange) -> None:
    """Keep an exchange."""
    values = {name: getattr(exchange, name) for name in Row.__struct_fields__ if name != "seq"}
    values |= {name: msgspec.json.encode(values[name]).decode() for name in _JSON_FIELDS}
    unit.add(_INSERT, values)


async def by_sid(database: Database, sid: str) -> Exchange | None:
    """The exchange with this SID."""
    row = await database.first(_BY_SID, sid=sid)
    return _exchange(row) if row else None


async def page(database: Database, request: PageRequest, filters: Filters | None = None, **more: Any) -> Page[Exchange]:
    """Exchanges, newest first; `more` are filters by their names."""
    filters = msgspec.structs.replace(filters or Filters(), **more)
    clause = filters.applied(reading(exchanges, Row), exchanges)
    found = await read_page(database, clause, exchanges, Row, request)
    shown = [_exchange(row) for row in found.rows]
    return Page(shown, request, found.next_token, found.previous_token)


async def prune(database: Database, keep: int) -> None:
    """Forget all but the newest `keep` exchanges."""
    newest = await database.first(_NEWEST) or 0
    if newest > keep:
        unit = Unit()
        unit.add(_PRUNE, {"seq": newest - keep})
        await database.commit(unit)


def _exchange(row: Row) -> Exchange:
    values = msgspec.structs.asdict(row)
    values |= {name: msgspec.json.decode(values[name]) for name in _JSON_FIELDS}
    return msgspec.convert(values, Exchange)
