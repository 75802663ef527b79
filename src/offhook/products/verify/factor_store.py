"""All SQL of factors."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, delete, or_, update

from offhook.products.verify.factor import MOST_ATTEMPTS, Factor
from offhook.storage import Rows, Statement, Step, Unit, given, instant, metadata, seq, text

factor_rows = Table(
    "verify_factors",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("entity_sid"),
    text("identity"),
    text("friendly_name"),
    text("status"),
    text("secret"),
    text("alg"),
    Column("skew", Integer, nullable=False),
    Column("code_length", Integer, nullable=False),
    Column("time_step", Integer, nullable=False),
    text("metadata", nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("last_step", BigInteger),
    instant("date_created"),
    instant("date_updated"),
    Index("verify_factors_by_entity", "account_sid", "entity_sid", "seq"),
    Index("verify_factors_by_service", "account_sid", "service_sid"),
)
_f = factor_rows.c
_THIS = _f.sid == given("of_sid")
_UNUSED = or_(_f.last_step.is_(None), _f.last_step < given("step"))
_TRY = Statement(
    update(factor_rows)
    .where(_THIS, _f.status == "unverified", _f.attempts < MOST_ATTEMPTS)
    .values(attempts=_f.attempts + 1, date_updated=given("now"))
)
_VERIFY = Statement(
    update(factor_rows)
    .where(_THIS, _f.status == "unverified", _UNUSED)
    .values(status="verified", last_step=given("step"), date_updated=given("now"))
)
_USE = Statement(update(factor_rows).where(_THIS, _f.status == "verified", _UNUSED).values(last_step=given("step")))
_DELETE = Statement(delete(factor_rows).where(_THIS))

factors = Rows(factor_rows, Factor)


def try_once(unit: Unit, sid: str, now: int, *, otherwise: Exception) -> Step:
    """Look at one more code of an unverified factor; `otherwise` when no more are looked at."""
    return unit.add(_TRY, {"of_sid": sid, "now": now}, otherwise=otherwise)


def verify(unit: Unit, sid: str, step: int, now: int, *, after: Step) -> Step:
    """The code of `step` was right: the factor is verified."""
    return unit.add(_VERIFY, {"of_sid": sid, "step": step, "now": now}, after=after)


def use(unit: Unit, sid: str, step: int, *, after: Step) -> Step:
    """Take the code of `step`; nothing changes if it, or a later one, was taken before."""
    return unit.add(_USE, {"of_sid": sid, "step": step}, after=after)


def remove(unit: Unit, sid: str) -> Step:
    """Forget a factor."""
    return unit.add(_DELETE, {"of_sid": sid})
