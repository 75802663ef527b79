"""All SQL of monitor."""

import msgspec
from sqlalchemy import Column, Index, Integer, Table, or_

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.audit_event import AuditEvent, Wanted
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

audit_events = Table(
    "audit_events",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("actor_sid"),
    text("actor_type"),
    text("event_type"),
    text("resource_sid"),
    text("resource_type"),
    text("resource_uri"),
    text("source_ip_address", nullable=True),
    text("event_data"),
    instant("event_date"),
    Index("audit_events_by_account", "account_sid", "seq"),
    Index("audit_events_by_actor", "actor_sid", "seq"),
    Index("audit_events_by_resource", "resource_sid", "seq"),
)
_a = audit_events.c

_INSERT = Statement.insert(alerts)
_BY_SID = Query(
    reading(alerts, Alert).where(alerts.c.account_sid == given("account_sid"), alerts.c.sid == given("sid")), Alert
)

_INSERT_AUDIT_EVENT = Statement.insert(audit_events)
_CONCERNED = or_(_a.account_sid == given("account_sid"), _a.actor_sid == given("account_sid"))
_AUDIT_EVENT = Query(reading(audit_events, AuditEvent).where(_a.sid == given("sid"), _CONCERNED), AuditEvent)


def add(unit: Unit, alert: Alert, after: Step | None = None) -> Step:
    """Keep an alert, if the step `after` changes a row."""
    return unit.add(_INSERT, msgspec.structs.asdict(alert), after=after)


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


def add_audit_event(unit: Unit, event: AuditEvent) -> None:
    """Keep an audit event."""
    unit.add(_INSERT_AUDIT_EVENT, msgspec.structs.asdict(event))


async def audit_event(database: Database, account_sid: str, sid: str) -> AuditEvent | None:
    """The audit event with this SID, if it is of a change in the account or by it."""
    return await database.first(_AUDIT_EVENT, account_sid=account_sid, sid=sid)


async def audit_events_page(
    database: Database, account_sid: str, request: PageRequest, wanted: Wanted
) -> Page[AuditEvent]:
    """Changes in an account and by it, newest first; whatever is wanted must match."""
    concerned = or_(_a.account_sid == account_sid, _a.actor_sid == account_sid)
    clause = reading(audit_events, AuditEvent).where(concerned)
    for name in ("actor_sid", "event_type", "resource_sid", "source_ip_address"):
        if (value := getattr(wanted, name)) is not None:
            clause = clause.where(_a[name] == value)
    if wanted.start is not None:
        clause = clause.where(_a.event_date >= wanted.start)
    if wanted.end is not None:
        clause = clause.where(_a.event_date <= wanted.end)
    return await read_page(database, clause, audit_events, AuditEvent, request)
