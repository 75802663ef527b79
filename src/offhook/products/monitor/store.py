"""All SQL of monitor."""

import msgspec
from sqlalchemy import Column, Index, Integer, Table

from offhook.products.monitor.alert import Alert
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

alerts = Table(
    "alerts",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    Column("error_code", Integer, nullable=False),
    text("log_level"),
    text("alert_text"),
    text("resource_sid"),
    text("request_method"),
    text("request_url"),
    text("request_variables"),
    text("response_headers"),
    text("response_body"),
    instant("date_created"),
    Index("alerts_by_account", "account_sid", "seq"),
)

_INSERT = Statement.insert(alerts)
_BY_SID = Query(
    reading(alerts, Alert).where(alerts.c.account_sid == given("account_sid"), alerts.c.sid == given("sid")), Alert
)


def add(unit: Unit, alert: Alert) -> None:
    """Keep an alert."""
    unit.add(_INSERT, msgspec.structs.asdict(alert))


async def by_sid(database: Database, account_sid: str, sid: str) -> Alert | None:
    """The alert with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    log_level: str | None,
    start: int | None,
    end: int | None,
) -> Page[Alert]:
    """Alerts of an account, newest first, of a level and between two moments where these are given."""
    clause = reading(alerts, Alert).where(alerts.c.account_sid == account_sid)
    if log_level is not None:
        clause = clause.where(alerts.c.log_level == log_level)
    if start is not None:
        clause = clause.where(alerts.c.date_created >= start)
    if end is not None:
        clause = clause.where(alerts.c.date_created <= end)
    return await read_page(database, clause, alerts, Alert, request)
