"""All SQL of rate limits, their buckets, and the requests that were counted."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint, delete, func, select

from offhook.kit.clock import SECOND
from offhook.products.verify.rate_limit import Bucket, RateLimit
from offhook.storage import (
    Database,
    Query,
    Rows,
    Statement,
    Step,
    Unit,
    given,
    instant,
    metadata,
    reading,
    seq,
    text,
)

rate_limits = Table(
    "verify_rate_limits",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("unique_name"),
    text("description", nullable=True),
    instant("date_created"),
    instant("date_updated"),
    UniqueConstraint("account_sid", "service_sid", "unique_name", name="verify_rate_limits_by_name"),
    Index("verify_rate_limits_by_service", "account_sid", "service_sid", "seq"),
)

buckets = Table(
    "verify_buckets",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("rate_limit_sid"),
    Column("max", Integer, nullable=False),
    Column("interval", Integer, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    UniqueConstraint("account_sid", "rate_limit_sid", "interval", name="verify_buckets_by_interval"),
    Index("verify_buckets_by_rate_limit", "account_sid", "rate_limit_sid", "seq"),
)

uses = Table(
    "verify_bucket_uses",
    metadata,
    seq(),
    text("account_sid"),
    text("bucket_sid"),
    text("value"),  # a hash: what an app counts by may be a person's address
    instant("at"),
    Index("verify_bucket_uses_by_value", "account_sid", "bucket_sid", "value", "at"),
)
_u = uses.c
_SAME = (_u.account_sid == given("account_sid"), _u.bucket_sid == given("bucket_sid"), _u.value == given("value"))
_used = uses.alias("used")
_COUNT = (
    select(func.count())
    .select_from(_used)
    .where(
        _used.c.account_sid == given("account_sid"),
        _used.c.bucket_sid == given("bucket_sid"),
        _used.c.value == given("value"),
        _used.c.at > given("since"),
    )
    .scalar_subquery()
)
_USE = Statement.insert_unless(uses, given("most") <= _COUNT)
_FORGET = Statement(delete(uses).where(*_SAME, _u.at <= given("since")))
_OF_SERVICE = Query(
    reading(rate_limits, RateLimit).where(
        rate_limits.c.account_sid == given("account_sid"), rate_limits.c.service_sid == given("service_sid")
    ),
    RateLimit,
)
_BUCKETS = Query(
    reading(buckets, Bucket).where(
        buckets.c.account_sid == given("account_sid"), buckets.c.rate_limit_sid == given("rate_limit_sid")
    ),
    Bucket,
)
_DELETE_BUCKETS = Statement(
    delete(buckets).where(buckets.c.account_sid == given("of_account"), buckets.c.rate_limit_sid == given("of_limit"))
)

limits = Rows(rate_limits, RateLimit)
measures = Rows(buckets, Bucket)


def use(unit: Unit, bucket: Bucket, value: str, now: int, *, otherwise: Exception) -> Step:
    """Count a request; `otherwise` is raised when the bucket is full. What it need not remember is forgotten."""
    values = {
        "account_sid": bucket.account_sid,
        "bucket_sid": bucket.sid,
        "value": value,
        "since": now - bucket.interval * SECOND,
    }
    unit.add(_FORGET, values)
    return unit.add(_USE, {**values, "at": now, "most": bucket.max}, otherwise=otherwise)


def remove_buckets(unit: Unit, account_sid: str, rate_limit_sid: str) -> None:
    """Remove all buckets of a rate limit."""
    unit.add(_DELETE_BUCKETS, {"of_account": account_sid, "of_limit": rate_limit_sid})


async def of_service(database: Database, account_sid: str, service_sid: str) -> list[RateLimit]:
    """Every rate limit of a service."""
    return await database.all(_OF_SERVICE, account_sid=account_sid, service_sid=service_sid)


async def buckets_of(database: Database, account_sid: str, rate_limit_sid: str) -> list[Bucket]:
    """Every bucket of a rate limit."""
    return await database.all(_BUCKETS, account_sid=account_sid, rate_limit_sid=rate_limit_sid)
