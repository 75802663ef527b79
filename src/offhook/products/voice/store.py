"""All SQL of calls. Recordings, conferences and queues have files of their own."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, ColumnElement, Index, Table, case, delete, select, update

from offhook.kit.clock import HOUR
from offhook.products.voice.call import NEXT, UNFINISHED, Call, Status, may_become
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
    unsearched,
    where,
)

LONGEST_WAIT = HOUR  # from when a call is made until somebody answers it; it rings for ten minutes at most
IS_CHILD = "parent_call_sid IS NOT NULL"  # word for word the condition of an index
IS_UNFINISHED = "status IN ('in-progress', 'queued', 'ringing')"  # so is this

calls = Table(
    "calls",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("direction"),
    text("from_"),
    text("to"),
    text("status"),
    instant("date_created"),
    instant("date_updated"),
    instant("start_time", nullable=True),
    instant("end_time", nullable=True),
    text("parent_call_sid", nullable=True),
    text("phone_number_sid", nullable=True),
    text("answered_by", nullable=True),
    text("forwarded_from", nullable=True),
    text("caller_name", nullable=True),
    text("group_sid", nullable=True),
    text("trunk_sid", nullable=True),
    Column("queue_time", BigInteger, nullable=False),
    text("status_callback", nullable=True),
    text("status_callback_method"),
    text("events"),
    Index("calls_by_account", "account_sid", "date_created", "seq", "status"),
    Index("calls_by_from", "account_sid", "from_", "date_created", "seq"),
    Index("calls_by_to", "account_sid", "to", "date_created", "seq"),
    Index("calls_by_parent", "parent_call_sid", "seq", **where(IS_CHILD)),
    Index("calls_unfinished", "account_sid", "seq", "status", **where(IS_UNFINISHED)),
)
_c = calls.c
_READING = reading(calls, Call)
_INSERT = Statement.insert(calls)
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), Call)
_ANYWHERE = Query(_READING.where(_c.sid == given("sid")), Call)
_CHILDREN = Query(
    select(_c.sid)
    .where(_c.parent_call_sid == given("sid"), _c.parent_call_sid.is_not(None))
    .order_by(_c.seq)
    .limit(given("most")),
    str,
)
_UNFINISHED = Query(_READING.where(_c.status.in_(sorted(UNFINISHED))).order_by(_c.seq), Call)
_DELETE = Statement(
    delete(calls).where(
        _c.account_sid == given("account_sid"), _c.sid == given("sid"), _c.status.not_in(sorted(UNFINISHED))
    )
)
_FOUND = Statement(
    update(calls).where(_c.sid == given("sid")).values(answered_by=given("answered_by"), date_updated=given("now"))
)

_TOLD_ELSEWHERE = Statement(
    update(calls)
    .where(_c.sid == given("sid"))
    .values(status_callback=given("url"), status_callback_method=given("method"))
)


def _become(status: Status) -> Statement:
    changes: dict[str, Any] = {"status": status, "date_updated": given("now")}
    if status == "in-progress":
        changes["start_time"] = given("now")
    elif status not in UNFINISHED:
        begun = case((_c.start_time > given("now"), _c.start_time), else_=given("now"))
        changes["end_time"] = begun  # never before it began, even if the clock was set back
    clause = update(calls).where(_c.sid == given("sid"), _c.status.in_(sorted(may_become(status))))
    return Statement(clause.values(**changes))


_BECOME: dict[Status, Statement] = {status: _become(status) for status in NEXT if may_become(status)}


def add(unit: Unit, call: Call) -> Step:
    """Keep a new call."""
    return unit.add(_INSERT, msgspec.structs.asdict(call))


def become(unit: Unit, sid: str, status: Status, now: int) -> Step:
    """Change the status, if the table of transitions allows it; the only writer of a status."""
    return unit.add(_BECOME[status], {"sid": sid, "now": now})


def note_answered_by(unit: Unit, sid: str, answered_by: str, now: int) -> Step:
    """Keep who, or what, answered."""
    return unit.add(_FOUND, {"sid": sid, "answered_by": answered_by, "now": now})


def tell_elsewhere(unit: Unit, sid: str, url: str, method: str) -> Step:
    """Another URL is told of the status from now on."""
    return unit.add(_TOLD_ELSEWHERE, {"sid": sid, "url": url, "method": method})


def remove(unit: Unit, account_sid: str, sid: str) -> Step:
    """Delete a call that is over."""
    return unit.add(_DELETE, {"account_sid": account_sid, "sid": sid})


async def by_sid(database: Database, account_sid: str, sid: str) -> Call | None:
    """The account's call with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def anywhere(database: Database, sid: str) -> Call | None:
    """The call with this SID, whosever it is."""
    return await database.first(_ANYWHERE, sid=sid)


async def children(database: Database, sid: str, *, most: int = 1_000) -> list[str]:
    """The SIDs of the calls that were made for a call, oldest first."""
    return await database.all(_CHILDREN, sid=sid, most=most)


async def unfinished(database: Database) -> list[Call]:
    """Every call that is not over, whosever it is."""
    return await database.all(_UNFINISHED)


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    equal: dict[str, str],
    started: tuple[int | None, int | None],
    ended: tuple[int | None, int | None],
) -> Page[Call]:
    """The account's calls, newest first; `equal` by column. Periods (first and last moment) of beginning and end."""
    few = "parent_call_sid" in equal  # a call makes few others: they are found by it, and the account only checked
    account = unsearched(_c.account_sid) if few else _c.account_sid
    same: list[ColumnElement[bool]] = [_c[name] == value for name, value in equal.items()]
    bounds = [*_within(_c.start_time, started), *_within(_c.end_time, ended)]
    clause = _READING.where(account == account_sid, *same, *bounds)
    return await read_page(database, clause, calls, Call, request, by=Period(_c.date_created, *_made(started, ended)))


def _made(
    started: tuple[int | None, int | None], ended: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    """When calls were made that began, and ended, in these periods: before, but not long before they began."""
    since = None if started[0] is None else started[0] - LONGEST_WAIT
    latest = [moment for moment in (started[1], ended[1]) if moment is not None]
    return since, min(latest) if latest else None


def _within(column: ColumnElement[Any], period: tuple[int | None, int | None]) -> list[ColumnElement[bool]]:
    since, until = period
    found: list[ColumnElement[bool]] = [] if since is None else [column >= since]
    return found if until is None else [*found, column <= until]
