"""All SQL of challenges."""

import msgspec
from sqlalchemy import Column, ColumnElement, Index, Integer, Table, and_, delete, func, or_, select, update

from offhook.products.verify.challenge import MOST_ATTEMPTS, PERIODS, Challenge, Limits, ShownStatus
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Rows,
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
)

challenge_rows = Table(
    "verify_challenges",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("entity_sid"),
    text("identity"),
    text("factor_sid"),
    text("status"),
    Column("attempts", Integer, nullable=False),
    instant("expires"),
    instant("date_responded", nullable=True),
    text("details", nullable=True),
    text("hidden_details", nullable=True),
    text("metadata", nullable=True),
    instant("date_created"),
    instant("date_updated"),
    Index("verify_challenges_by_entity", "account_sid", "entity_sid", "seq"),
    Index("verify_challenges_by_factor", "factor_sid", "date_created"),
    Index("verify_challenges_by_service", "account_sid", "service_sid"),
)
_c = challenge_rows.c
_THIS = _c.sid == given("of_sid")
_others = challenge_rows.alias("others").c


def _made_since(name: str) -> ColumnElement[int]:
    return (
        select(func.count())
        .where(_others.factor_sid == given("factor_sid"), _others.date_created > given(name))
        .scalar_subquery()
    )


_ADD = Statement.insert_unless(
    challenge_rows,
    or_(_made_since("an_hour_ago") >= given("in_an_hour"), _made_since("a_day_ago") >= given("in_a_day")),
)
_TRY = Statement(
    update(challenge_rows)
    .where(_THIS, _c.status == "pending", _c.attempts < MOST_ATTEMPTS, _c.expires > given("now"))
    .values(attempts=_c.attempts + 1, date_updated=given("now"))
)
_APPROVE = Statement(
    update(challenge_rows)
    .where(_THIS, _c.status == "pending")
    .values(status="approved", date_responded=given("now"), date_updated=given("now"))
)
_DENY = Statement(
    update(challenge_rows)
    .where(_THIS, _c.status == "pending", _c.attempts >= MOST_ATTEMPTS)
    .values(status="denied", date_responded=given("now"), date_updated=given("now"))
)
_DELETE_OF_FACTOR = Statement(delete(challenge_rows).where(_c.factor_sid == given("factor_sid")))

challenges = Rows(challenge_rows, Challenge)


def add(unit: Unit, challenge: Challenge, limits: Limits, *, otherwise: Exception) -> Step:
    """Keep a new challenge; `otherwise` when its factor had too many."""
    hour, day = PERIODS
    now = challenge.date_created
    values = {**msgspec.structs.asdict(challenge), "an_hour_ago": now - hour, "a_day_ago": now - day}
    return unit.add(_ADD, {**values, **msgspec.structs.asdict(limits)}, otherwise=otherwise)


def try_once(unit: Unit, sid: str, now: int, *, after: Step | None = None, otherwise: Exception) -> Step:
    """Look at one more code; `otherwise` when no more are looked at."""
    return unit.add(_TRY, {"of_sid": sid, "now": now}, after=after, otherwise=otherwise)


def approve(unit: Unit, sid: str, now: int, *, after: Step) -> Step:
    """The right code came."""
    return unit.add(_APPROVE, {"of_sid": sid, "now": now}, after=after)


def deny(unit: Unit, sid: str, now: int, *, after: Step) -> Step:
    """End it, if its last code was looked at and was wrong."""
    return unit.add(_DENY, {"of_sid": sid, "now": now}, after=after)


def remove_of_factor(unit: Unit, factor_sid: str) -> None:
    """Forget the challenges of a factor."""
    unit.add(_DELETE_OF_FACTOR, {"factor_sid": factor_sid})


async def page(
    database: Database,
    account_sid: str,
    entity_sid: str,
    request: PageRequest,
    *,
    now: int,
    factor_sid: str | None,
    status: ShownStatus | None,
    oldest_first: bool,
) -> Page[Challenge]:
    """An entity's challenges, newest first unless asked for the other way round."""
    clause = reading(challenge_rows, Challenge).where(_c.account_sid == account_sid, _c.entity_sid == entity_sid)
    if factor_sid:
        clause = clause.where(_c.factor_sid == factor_sid)
    if status:
        clause = clause.where(_is(status, now))
    return await read_page(database, clause, challenge_rows, Challenge, request, oldest_first=oldest_first)


def _is(status: ShownStatus, now: int) -> ColumnElement[bool]:
    match status:
        case "expired":
            return and_(_c.status == "pending", _c.expires <= now)
        case "pending":
            return and_(_c.status == "pending", _c.expires > now)
    return _c.status == status
