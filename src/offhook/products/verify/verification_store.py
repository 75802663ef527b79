"""All SQL of verifications."""

from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Index,
    Integer,
    Table,
    and_,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)

from offhook.products.verify.verification import (
    LIVE,
    MOST_CHECKS,
    MOST_SENDS,
    MOST_WRONG,
    Status,
    Verification,
    may_become,
)
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
    where,
)

UNDER_WAY = "status IN ('max_attempts_reached', 'pending')"  # word for word the condition of an index

verifications = Table(
    "verifications",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("to"),
    text("channel"),
    text("status"),
    text("code", nullable=True),
    Column("wrong", Integer, nullable=False),
    Column("sends", Integer, nullable=False),
    text("country"),
    text("prefix"),
    text("amount", nullable=True),
    text("payee", nullable=True),
    text("tags", nullable=True),
    instant("date_created"),
    instant("date_updated"),
    instant("expires"),
    Index("verifications_by_account", "account_sid", "seq"),
    Index("verifications_live", "account_sid", "service_sid", "to", unique=True, **where(UNDER_WAY)),
    Index("verifications_by_destination", "account_sid", "to", "date_created"),
    Index("verifications_by_prefix", "account_sid", "prefix", "date_created"),
    Index("verifications_by_end", "expires", **where(UNDER_WAY)),
)
_c = verifications.c
_other = verifications.alias("other")
_o = _other.c

_READING = reading(verifications, Verification)
_UNDER_WAY: list[Any] = [literal_column(f"'{status}'") for status in sorted(LIVE)]  # no partial index knows a parameter
_LIVE = _c.status.in_(_UNDER_WAY)
_ONE = (_c.account_sid == given("of_account"), _c.sid == given("of_sid"))
_WRONG_TODAY = func.coalesce(
    select(func.sum(_o.wrong))
    .where(_o.account_sid == given("of_account"), _o.to == given("at"), _o.date_created > given("day"))
    .scalar_subquery(),
    0,
)
_PUMPED = func.coalesce(
    select(func.count())
    .select_from(_other)
    .where(
        _o.account_sid == given("account_sid"),
        _o.prefix == given("prefix"),
        _o.date_created > given("since"),
        _o.channel == "sms",
        _o.status != "approved",
    )
    .scalar_subquery(),
    0,
)
_BESIDE = exists().where(
    _o.account_sid == given("account_sid"),
    _o.service_sid == given("service_sid"),
    _o.to == given("to"),
    _o.status.in_(_UNDER_WAY),
)
_INSERT = Statement.insert_unless(verifications, or_(_BESIDE, given("most") <= _PUMPED))
_OF_SERVICE = (_c.account_sid == given("account_sid"), _c.service_sid == given("service_sid"))
_BY_SID = Query(_READING.where(*_OF_SERVICE, _c.sid == given("sid")), Verification)
_ANYWHERE = Query(_READING.where(_c.sid == given("sid")), Verification)
_LIVE_AT = Query(_READING.where(*_OF_SERVICE, _c.to == given("to"), _LIVE), Verification)
_LIVE_ANYWHERE = Query(
    _READING.where(_c.to == given("to"), _c.status == "pending", _c.expires > given("now"))
    .order_by(_c.date_updated.desc(), _c.seq.desc())
    .limit(1),
    Verification,
)
_AGAIN = Statement(
    update(verifications)
    .where(*_ONE, _c.status == "pending", _c.sends == given("sends"), _c.sends < MOST_SENDS, _c.expires > given("now"))
    .values(sends=_c.sends + 1, channel=given("channel"), code=given("code"), date_updated=given("now"))
)
_MAY_CHECK = and_(
    *_ONE,
    _c.status == "pending",
    _c.code == given("code"),
    _c.wrong < MOST_CHECKS,
    _c.expires > given("now"),
    _WRONG_TODAY < MOST_WRONG,
)
_APPROVE = Statement(
    update(verifications).where(_MAY_CHECK).values(status="approved", code=null(), date_updated=given("now"))
)
_COUNT = Statement(
    update(verifications)
    .where(_MAY_CHECK)
    .values(
        wrong=_c.wrong + 1,
        status=case((_c.wrong + 1 >= MOST_CHECKS, "max_attempts_reached"), else_=_c.status),
        date_updated=given("now"),
    )
)
_EXPIRE = Statement(
    update(verifications)
    .where(_LIVE, _c.expires <= given("now"))
    .values(status="expired", code=null(), date_updated=given("now"))
)
_DELETED = Statement(
    update(verifications)
    .where(_c.account_sid == given("of_account"), _c.service_sid == given("of_service"), _LIVE)
    .values(status="deleted", code=null(), date_updated=given("now"))
)
_NEXT_END = Query(select(func.min(_c.expires)).where(_LIVE), lambda moment: moment)
_WRONG = Query(
    select(func.coalesce(func.sum(_c.wrong), 0)).where(
        _c.account_sid == given("account_sid"), _c.to == given("to"), _c.date_created > given("day")
    ),
    int,
)
_UNVERIFIED = Query(select(_PUMPED), int)
_GUESSED = Query(select(func.count()).where(*_OF_SERVICE, _c.status == literal_column("'max_attempts_reached'")), int)


def _become(status: Status) -> Statement:
    clause = update(verifications).where(*_ONE, _c.status.in_(sorted(may_become(status))), _c.expires > given("now"))
    return Statement(clause.values(status=status, code=null(), date_updated=given("now")))


_BECOME: dict[Status, Statement] = {"approved": _become("approved"), "canceled": _become("canceled")}


def add(unit: Unit, made: Verification, *, since: int, most: int, otherwise: Exception) -> Step:
    """Keep a new one, unless its destination has one, or `most` in its prefix are unverified `since` a moment."""
    values = {**msgspec.structs.asdict(made), "since": since, "most": most}
    return unit.add(_INSERT, values, otherwise=otherwise)


def send_again(unit: Unit, known: Verification, now: int, *, otherwise: Exception) -> Step:
    """Count one more sending, by the channel and with the code that `known` has; it counted those before."""
    values = {"sends": known.sends, "channel": known.channel, "code": known.code, "now": now}
    return unit.add(_AGAIN, {**values, **_named(known)}, otherwise=otherwise)


def check(unit: Unit, known: Verification, now: int, day: int, *, is_right: bool) -> Step:
    """Approve or count a wrong code: the one writer of both. Changes no row where no more codes are looked at."""
    values = {**_named(known), "code": known.code, "at": known.to, "now": now, "day": day}
    return unit.add(_APPROVE if is_right else _COUNT, values)


def become(unit: Unit, known: Verification, status: Status, now: int, *, otherwise: Exception) -> Step:
    """Approve or cancel without a code."""
    return unit.add(_BECOME[status], {**_named(known), "now": now}, otherwise=otherwise)


def expire(unit: Unit, now: int) -> Step:
    """End all whose time is over, and erase their codes."""
    return unit.add(_EXPIRE, {"now": now})


def delete_all(unit: Unit, account_sid: str, service_sid: str, now: int, *, after: Step) -> None:
    """End all of a service that is no more."""
    unit.add(_DELETED, {"of_account": account_sid, "of_service": service_sid, "now": now}, after=after)


async def by_sid(database: Database, account_sid: str, service_sid: str, sid: str) -> Verification | None:
    """The verification of a service with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, service_sid=service_sid, sid=sid)


async def anywhere(database: Database, sid: str) -> Verification | None:
    """The verification with this SID, whosever it is."""
    return await database.first(_ANYWHERE, sid=sid)


async def live_at(database: Database, account_sid: str, service_sid: str, to: str) -> Verification | None:
    """The one of a destination that has not ended, or whose end has not been noted yet."""
    return await database.first(_LIVE_AT, account_sid=account_sid, service_sid=service_sid, to=to)


async def live_anywhere(database: Database, to: str, now: int) -> Verification | None:
    """The one of a destination, of whatever service, whose code was sent last."""
    return await database.first(_LIVE_ANYWHERE, to=to, now=now)


async def next_end(database: Database) -> int | None:
    """When the next one ends by itself."""
    return await database.first(_NEXT_END)


async def wrong_since(database: Database, account_sid: str, to: str, day: int) -> int:
    """How many wrong codes were given for a destination."""
    return await database.first(_WRONG, account_sid=account_sid, to=to, day=day) or 0


async def unverified(database: Database, account_sid: str, prefix: str, since: int) -> int:
    """How many were begun by text for the numbers of a prefix, and not approved."""
    return await database.first(_UNVERIFIED, account_sid=account_sid, prefix=prefix, since=since) or 0


async def guessed(database: Database, account_sid: str, service_sid: str) -> int:
    """How many of a service had as many wrong codes as are looked at, and have not ended yet."""
    return await database.first(_GUESSED, account_sid=account_sid, service_sid=service_sid) or 0


async def page(
    database: Database, account_sid: str | None, request: PageRequest, equal: dict[str, str]
) -> Page[Verification]:
    """Verifications, newest first; of this account only, where one is given."""
    wanted = [_c[name] == value for name, value in equal.items()]
    if account_sid is not None:
        wanted.append(_c.account_sid == account_sid)
    return await read_page(database, _READING.where(*wanted), verifications, Verification, request)


def _named(known: Verification) -> dict[str, Any]:
    return {"of_account": known.account_sid, "of_sid": known.sid}
