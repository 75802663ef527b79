"""The table of exchanges: bounded, written beside the work and never in its way.

Lists are in the order in which the requests began. Two indexes carry, behind that, whatever is short and can be asked
for: what does not match is passed over inside the index, and a hundred thousand entries of it are a few megabytes. What
a URL or a body contains stands in no index; a page of those looks through so many exchanges and no more.
"""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, Table, case, delete, func, select, update

from offhook.exchanges import redaction
from offhook.exchanges.exchange import Exchange
from offhook.exchanges.filters import FAILED, Filters
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Period,
    Query,
    Statement,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    search_page,
    seq,
    text,
    where,
)

SHORT = ("direction", "kind", "method", "status", "error_code")
LOOKED_THROUGH = 2_000  # exchanges, for a page of those whose URL or body contains something
BATCH = 200  # exchanges that are forgotten in one transaction
OVERHEAD = 500  # bytes that a row takes besides its texts, with its entries in the indexes

exchanges = Table(
    "exchanges",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    Column("size", Integer, nullable=False, server_default="0"),
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
    Index("exchanges_by_time", "started", "seq", *SHORT, "size"),
    Index("exchanges_by_account", "account_sid", "started", "seq", *SHORT),
    Index("exchanges_by_resource", "resource_sid", "seq"),
    Index("exchanges_that_failed", "started", "seq", **where(FAILED)),
)

_c = exchanges.c
_JSON_FIELDS = ("request_headers", "response_headers", "notes")
_LONG_FIELDS = ("url", "request_body", "response_body")
_INSERT = Statement.insert(exchanges)
_PRUNE = Statement(delete(exchanges).where(_c.seq <= given("seq")).returning(_c.size), returns=True)
_ABOUT = _c.resource_sid == given("resource_sid")
_ASKED = (_ABOUT, _c.direction == "out")
_UP_TO_QUERY = func.rtrim(_c.url, func.replace(_c.url, "?", ""))  # all that is no question mark goes, from the end


def _noted(column: Column[Any]) -> Any:
    return case((column == "", ""), else_=redaction.TAKEN_OUT)


_REDACT_BODIES = Statement(
    update(exchanges).where(_ABOUT).values(request_body=_noted(_c.request_body), response_body=_noted(_c.response_body))
)
_REDACT_QUERIES = Statement(
    update(exchanges).where(*_ASKED, _c.url.contains("?")).values(url=_UP_TO_QUERY + redaction.REDACTED)
)
_REDACT_ANSWERS = Statement(update(exchanges).where(*_ASKED).values(response_body=_noted(_c.response_body)))


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


class Amount(msgspec.Struct, frozen=True):
    """So many exchanges, so many bytes."""

    count: int
    size: int


_READING = reading(exchanges, Row)
_BY_SID = Query(_READING.where(_c.sid == given("sid")), Row)
_SUMS: list[Any] = [func.count(), func.sum(_c.size)]
_AMOUNT = Query(select(*_SUMS).select_from(exchanges), lambda count, size: Amount(count, int(size or 0)))
_OLDEST = Query(
    exchanges.select().with_only_columns(_c.seq, _c.size).order_by(_c.seq).limit(given("most")),
    lambda place, size: (place, size),
)


def add(unit: Unit, exchange: Exchange) -> int:
    """Keep an exchange; returns the bytes that it takes, more or less."""
    values = msgspec.structs.asdict(exchange)
    encoded = {name: msgspec.json.encode(values[name]) for name in _JSON_FIELDS}
    values |= {name: text.decode() for name, text in encoded.items()}
    size = OVERHEAD + sum(map(len, encoded.values())) + sum([_length(values[name]) for name in _LONG_FIELDS])
    unit.log(_INSERT, {**values, "size": size})
    return size


def redact(unit: Unit, resource_sid: str, *, answers_only: bool = False) -> None:
    """Take what was said out of the exchanges about one thing: the bodies, and the queries of what we asked.

    With `answers_only` the bodies of what we were answered alone. What is recorded later is not touched.
    """
    for statement in (_REDACT_ANSWERS,) if answers_only else (_REDACT_BODIES, _REDACT_QUERIES):
        unit.add(statement, {"resource_sid": resource_sid})


async def by_sid(database: Database, sid: str) -> Exchange | None:
    """The exchange with this SID."""
    row = await database.first(_BY_SID, sid=sid)
    return _exchange(row) if row else None


async def page(database: Database, request: PageRequest, filters: Filters | None = None, **more: Any) -> Page[Exchange]:
    """Exchanges, newest first; `more` are filters by their names.

    With `url` or `text` a page may have fewer than it could although others follow: so many are looked through for one.
    """
    filters = msgspec.structs.replace(filters or Filters(), **more)
    began = Period(_c.started, filters.since, filters.until)
    clause, outside = filters.applied(_READING, exchanges), filters.outside
    if outside == filters:
        found = await read_page(database, clause, exchanges, Row, request, by=began)
    else:
        through = outside.applied(_READING, exchanges)
        found = await search_page(
            database, clause, exchanges, Row, request, by=began, through=through, most=LOOKED_THROUGH
        )
    shown = [_exchange(row) for row in found.rows]
    return Page(shown, request, found.next_token, found.previous_token)


async def amount(database: Database) -> Amount:
    """How much is kept. It is counted, in an index."""
    return await database.first(_AMOUNT) or Amount(0, 0)


async def prune(database: Database, excess: Amount) -> Amount:
    """Forget the oldest exchanges, so many of them or more until their bytes suffice; at most a batch, and how much."""
    count = size = last = 0
    for place, its_size in await database.all(_OLDEST, most=BATCH):
        if count >= excess.count and size >= excess.size:
            break
        count, size, last = count + 1, size + its_size, place
    if not last:
        return Amount(0, 0)
    unit = Unit()
    step = unit.add(_PRUNE, {"seq": last})
    await database.commit(unit)
    return Amount(step.changed, sum(row[0] for row in step.rows))


def _exchange(row: Row) -> Exchange:
    values = msgspec.structs.asdict(row)
    values |= {name: msgspec.json.decode(values[name]) for name in _JSON_FIELDS}
    return msgspec.convert(values, Exchange)


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
