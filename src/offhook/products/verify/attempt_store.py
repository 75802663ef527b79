"""All SQL of attempts. The row is also the place in the queue of what is to be sent."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Index, Integer, Table, func, null, select, update

from offhook.products.verify.attempt import Attempt, AttemptStatus, may_become
from offhook.storage import (
    Claims,
    Database,
    Page,
    PageRequest,
    Period,
    Query,
    Statement,
    Step,
    Unit,
    database_now,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

attempts = Table(
    "verification_attempts",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("verification_sid"),
    text("channel"),
    text("to"),
    text("country"),
    text("status"),
    text("conversion_status"),
    text("manner"),
    Column("tries", Integer, nullable=False),
    Column("error_code", Integer),
    text("call_sid", nullable=True),
    instant("date_created"),
    instant("date_updated"),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Index("verification_attempts_by_account", "account_sid", "date_created", "seq"),
    Index("verification_attempts_by_verification", "verification_sid", "seq"),
)
_c = attempts.c
Index(
    "verification_attempts_by_due",
    _c.due,
    _c.seq,
    sqlite_where=_c.due.is_not(None),
    postgresql_where=_c.due.is_not(None),
)

claims = Claims(attempts, Attempt)
_READING = reading(attempts, Attempt)
_INSERT = Statement.insert(attempts, lease=database_now() + given("hold"))
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), Attempt)
_ANYWHERE = Query(_READING.where(_c.sid == given("sid")), Attempt)
_OF = Query(_READING.where(_c.verification_sid == given("verification_sid")).order_by(_c.seq), Attempt)
_LAST = select(func.max(_c.seq)).where(_c.verification_sid == given("verification_sid")).scalar_subquery()
_CONVERT = Statement(
    update(attempts).where(_c.seq == _LAST).values(conversion_status="converted", date_updated=given("now"))
)
_START = Statement(
    update(attempts)
    .where(_c.sid == given("of_sid"), _c.status.in_(sorted(may_become("sending"))))
    .values(status="sending", tries=_c.tries + 1, date_updated=given("now"))
)
_POSTPONE = Statement(
    update(attempts).where(_c.sid == given("of_sid"), _c.due.is_not(None)).values(due=given("again"), lease=null())
)
_CALLED = Statement(update(attempts).where(_c.sid == given("of_sid")).values(call_sid=given("call")))


def _become(status: AttemptStatus) -> Statement:
    clause = update(attempts).where(_c.sid == given("of_sid"), _c.status.in_(sorted(may_become(status))))
    return Statement(
        clause.values(status=status, error_code=given("code"), due=null(), lease=null(), date_updated=given("now"))
    )


_BECOME: dict[AttemptStatus, Statement] = {
    status: _become(status) for status in ("sent", "delivered", "undelivered", "failed")
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which attempts are wanted: values that columns equal, and the begin of their destination."""

    equal: dict[str, str]
    prefix: str = ""
    since: int | None = None
    until: int | None = None


class Counted(msgspec.Struct, frozen=True):
    """How many attempts there were, and how many of them brought their owner back."""

    total: int
    converted: int


def add(unit: Unit, made: Attempt, hold: int, *, after: Step) -> Step:
    """Keep a new attempt, leased for `hold` microseconds to this process."""
    return unit.add(_INSERT, {**msgspec.structs.asdict(made), "hold": hold}, after=after)


def start(unit: Unit, sid: str, now: int) -> Step:
    """It is about to be handed to a carrier, which a crash must not hide."""
    return unit.add(_START, {"of_sid": sid, "now": now})


def become(unit: Unit, sid: str, status: AttemptStatus, now: int, error_code: int | None = None) -> Step:
    """Change the status, if it may follow; the only writer of one beside `start`."""
    return unit.add(_BECOME[status], {"of_sid": sid, "code": error_code, "now": now})


def postpone(unit: Unit, sid: str, due: int) -> None:
    """Try again at `due`."""
    unit.add(_POSTPONE, {"of_sid": sid, "again": due})


def called(unit: Unit, sid: str, call_sid: str) -> None:
    """Note the call that it is."""
    unit.add(_CALLED, {"of_sid": sid, "call": call_sid})


def convert(unit: Unit, verification_sid: str, now: int, *, after: Step) -> None:
    """The last attempt of a verification brought its owner back."""
    unit.add(_CONVERT, {"verification_sid": verification_sid, "now": now}, after=after)


async def by_sid(database: Database, account_sid: str, sid: str) -> Attempt | None:
    """The account's attempt with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def anywhere(database: Database, sid: str) -> Attempt | None:
    """The attempt with this SID, whosever it is."""
    return await database.first(_ANYWHERE, sid=sid)


async def of(database: Database, verification_sid: str) -> list[Attempt]:
    """The attempts of a verification, oldest first."""
    return await database.all(_OF, verification_sid=verification_sid)


async def page(database: Database, account_sid: str, request: PageRequest, filters: Filters) -> Page[Attempt]:
    """The account's attempts, newest first."""
    period = Period(_c.date_created, filters.since, filters.until)
    clause = _READING.where(*_wanted(account_sid, filters))
    return await read_page(database, clause, attempts, Attempt, request, by=period)


async def count(database: Database, account_sid: str, filters: Filters) -> Counted:
    """How many of the account's attempts there are."""
    wanted: list[ColumnElement[bool]] = _wanted(account_sid, filters)
    if filters.since is not None:
        wanted.append(_c.date_created >= filters.since)
    if filters.until is not None:
        wanted.append(_c.date_created <= filters.until)
    converted = func.count().filter(_c.conversion_status == "converted")
    clause: Any = select(func.count(), converted).select_from(attempts).where(*wanted)
    return await database.first(Query(clause, Counted)) or Counted(0, 0)


def _wanted(account_sid: str, filters: Filters) -> list[Any]:
    wanted: list[Any] = [_c.account_sid == account_sid]
    wanted += [_c[name] == value for name, value in filters.equal.items()]
    if filters.prefix:
        wanted.append(_c.to.startswith(filters.prefix, autoescape=True))
    return wanted
