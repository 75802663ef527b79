"""All SQL of the calls of people's phones and of what was heard in them."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import BigInteger, Column, Index, Table, select, update

from offhook.carriers.simulator import UNDER_WAY
from offhook.products.network.phone_call import HandsetCall, HandsetLine
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Period,
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
    where,
)

handset_calls = Table(
    "handset_calls",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("address"),
    text("direction"),
    text("from_"),
    text("to"),
    text("status"),
    text("call_sid", nullable=True),
    instant("date_created"),
    instant("date_answered", nullable=True),
    instant("date_ended", nullable=True),
    Index("handset_calls_by_address", "address", "date_created", "seq"),
    Index("handset_calls_under_way", "seq", **where(f"status IN {UNDER_WAY}")),
)
_c = handset_calls.c

lines = Table(
    "handset_call_lines",
    metadata,
    seq(),
    text("account_sid"),
    text("call_sid"),
    Column("at", BigInteger, nullable=False),
    text("kind"),
    text("text"),
    Index("handset_call_lines_by_call", "call_sid", "seq"),
)
_l = lines.c
_CHANGING = ("status", "call_sid", "date_answered", "date_ended")

_INSERT = Statement.insert(handset_calls)
_CHANGE = Statement(
    update(handset_calls)
    .where(_c.sid == given("sid"), _c.status.in_(UNDER_WAY))
    .values({name: given(f"new_{name}") for name in _CHANGING})
)
_ADD_LINE = Statement.insert(lines)
_OPEN = Query(select(_c.seq).where(_c.status.in_(UNDER_WAY)).limit(1), int)
_END_ALL = Statement(
    update(handset_calls).where(_c.status.in_(UNDER_WAY)).values(status="failed", date_ended=given("now"))
)
_ONE = Query(reading(handset_calls, HandsetCall).where(_c.sid == given("sid")), HandsetCall)


def add(unit: Unit, call: HandsetCall) -> Step:
    """A phone has a new call."""
    return unit.add(_INSERT, msgspec.structs.asdict(call))


def change(unit: Unit, call: HandsetCall) -> Step:
    """Its status has changed, or it is known which Call of an app it is; one that is over stays as it is."""
    return unit.add(_CHANGE, {"sid": call.sid, **{f"new_{name}": getattr(call, name) for name in _CHANGING}})


def add_line(unit: Unit, account_sid: str, line: HandsetLine) -> None:
    """There is something to be heard in a call."""
    unit.log(_ADD_LINE, {"account_sid": account_sid, **msgspec.structs.asdict(line)})


def end_all(unit: Unit, now: int) -> Step:
    """The calls that are under way end as failed: nobody has them any more."""
    return unit.add(_END_ALL, {"now": now})


async def are_under_way(database: Database) -> bool:
    """Whether there are calls that have not ended."""
    return await database.first(_OPEN) is not None


async def fetch(database: Database, sid: str) -> HandsetCall | None:
    """One call."""
    return await database.first(_ONE, sid=sid)


async def page(
    database: Database, address: str, request: PageRequest, *, oldest_first: bool, call_sid: str | None = None
) -> Page[HandsetCall]:
    """The calls of a phone, or of them only those that are this Call of an app."""
    only = [] if call_sid is None else [_c.call_sid == call_sid]
    clause = reading(handset_calls, HandsetCall).where(_c.address == address, *only)
    made = Period(_c.date_created)
    return await read_page(database, clause, handset_calls, HandsetCall, request, by=made, oldest_first=oldest_first)


async def heard_in(database: Database, sids: Iterable[str]) -> dict[str, list[HandsetLine]]:
    """What was heard in some calls, in order."""
    found: dict[str, list[HandsetLine]] = {sid: [] for sid in sids}
    clause = reading(lines, HandsetLine).where(_l.call_sid.in_(list(found))).order_by(_l.call_sid, _l.seq)
    for line in await database.all(Query(clause, HandsetLine)) if found else ():
        found[line.call_sid].append(line)
    return found
