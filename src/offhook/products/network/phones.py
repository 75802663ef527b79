"""All SQL of the list of phones: every address that has texts, or behaves as somebody said, the last used one first.

A text that arrives does not touch this table: that would cost each text a statement, for a list that is seldom looked
at. Whoever looks brings it up to date first: of the texts that came since, each phone's last one is noted, a part in
each transaction. What is shown is never behind, and a phone that got a thousand texts meanwhile is noted once.
"""

import msgspec
import structlog
from sqlalchemy import BigInteger, Column, ColumnElement, Index, Table, delete, exists, func, insert, not_, select

from offhook.products.network.call_store import handset_calls
from offhook.products.network.store import handset_messages
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Period,
    Query,
    Statement,
    StorageError,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

log = structlog.get_logger("offhook.network")
PART = 20_000  # texts that are looked through in one transaction
LATE = 200  # texts: so many of the others may be seen before one whose number another process was given

handsets = Table(
    "handsets",
    metadata,
    seq(),
    text("address", unique=True),
    Column("last_seq", BigInteger, nullable=False),  # the number of its last text; 0 where it has none
    instant("date_last_text", nullable=True),
    Index("handsets_by_last_text", "last_seq", "seq"),
)
_h = handsets.c
_ONE = _h.address == given("address")
_t = handset_messages.c


class Phone(msgspec.Struct, frozen=True):
    """One row; the moment in UTC microseconds."""

    seq: int
    address: str
    last_seq: int
    date_last_text: int | None


def _noting(*which: ColumnElement[bool]) -> tuple[Statement, Statement]:
    """Takes out the phones that some texts are on, and puts them in again as these say."""
    old = _h.address.in_(select(_t.address).where(*which)) if which else exists().where(_t.address == _h.address)
    last = select(_t.address, func.max(_t.seq), func.max(_t.date_created)).where(*which).group_by(_t.address)
    new = last.where(not_(exists().where(_h.address == _t.address)))
    adding = insert(handsets).from_select(["address", "last_seq", "date_last_text"], new).inline()
    return Statement(delete(handsets).where(_h.last_seq <= given("until"), old)), Statement(adding)


_NOTE_PART = _noting(_t.seq > given("after"), _t.seq <= given("until"))
_NOTE_ALL = _noting()  # out of an index in the order of addresses: a million texts in a fraction of a second
_KNOW = Statement.insert_unless(handsets, exists().where(_ONE))
_CALLS = exists().where(handset_calls.c.address == _h.address)
_FORGET = Statement(delete(handsets).where(_ONE, _h.last_seq == 0, not_(_CALLS)))
_SEEN = select(func.max(_h.last_seq)).scalar_subquery()
_THERE = select(func.max(_t.seq)).scalar_subquery()
_HOW_FAR = Query(select(_SEEN, _THERE), lambda seen, there: (seen or 0, there or 0))


def know(unit: Unit, address: str) -> None:
    """There is such a phone, even if it never got a text."""
    unit.add(_KNOW, {"address": address, "last_seq": 0, "date_last_text": None})


def forget(unit: Unit, address: str) -> None:
    """Nobody knows of such a phone any more, unless it has texts or calls."""
    unit.add(_FORGET, {"address": address})


async def page(database: Database, request: PageRequest) -> Page[Phone]:
    """The phones, the one that was used last first; those that never were come last."""
    await _bring_up_to_date(database)
    return await read_page(database, reading(handsets, Phone), handsets, Phone, request, by=Period(_h.last_seq))


async def _bring_up_to_date(database: Database) -> None:
    seen, there = await database.first(_HOW_FAR) or (0, 0)
    while seen < there:
        until = min(seen + PART, there) if seen else there
        unit = Unit()
        for statement in _NOTE_PART if seen else _NOTE_ALL:
            unit.add(statement, {"after": max(seen - LATE, 0), "until": until})
        try:
            await database.commit(unit)
        except StorageError as problem:
            if problem.kind not in ("conflict", "full"):
                raise
            log.warning(
                "phones_not_noted", problem=str(problem), meaning="another process does it, or the disk is full"
            )
            return
        seen = until
