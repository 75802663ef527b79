"""All SQL of monitor."""

from typing import Any

import msgspec
from sqlalchemy import Column, Index, Integer, Table, literal_column, or_
from sqlalchemy.sql.selectable import Select

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.audit_event import AuditEvent, Wanted
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
    Index("alerts_by_account", "account_sid", "date_created", "seq"),
    Index("alerts_by_level", "account_sid", "log_level", "date_created", "seq"),
    Index("alerts_by_resource", "resource_sid", "date_created", "seq"),
)

ELSEWHERE = "account_sid <> actor_sid"  # word for word the condition of an index: a change in another account
SHORT = ("event_type", "source_ip_address")  # what can be asked for, so that indexes know it

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
    Index("audit_events_by_account", "account_sid", "event_date", "seq", *SHORT, "actor_sid"),
    Index("audit_events_by_actor", "actor_sid", "event_date", "seq", *SHORT, **where(ELSEWHERE)),
    Index("audit_events_by_resource", "resource_sid", "seq"),
)
_a = audit_events.c

_INSERT = Statement.insert(alerts)
_BY_SID = Query(
    reading(alerts, Alert).where(alerts.c.account_sid == given("account_sid"), alerts.c.sid == given("sid")), Alert
)
_ANYBODYS = Query(reading(alerts, Alert).where(alerts.c.sid == given("sid")), Alert)

WANTED = ("actor_sid", "event_type", "resource_sid", "source_ip_address")
_READING = reading(audit_events, AuditEvent)
_INSERT_AUDIT_EVENT = Statement.insert(audit_events)
_CONCERNED = or_(_a.account_sid == given("account_sid"), _a.actor_sid == given("account_sid"))
_AUDIT_EVENT = Query(reading(audit_events, AuditEvent).where(_a.sid == given("sid"), _CONCERNED), AuditEvent)


def add(unit: Unit, alert: Alert, after: Step | None = None) -> Step:
    """Keep an alert, if the step `after` changes a row."""
    return unit.add(_INSERT, msgspec.structs.asdict(alert), after=after)


async def by_sid(database: Database, account_sid: str | None, sid: str) -> Alert | None:
    """The alert with this SID; of this account only, where one is given."""
    if account_sid is None:
        return await database.first(_ANYBODYS, sid=sid)
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    log_level: str | None,
    start: int | None,
    end: int | None,
    resource_sid: str | None = None,
) -> Page[Alert]:
    """Alerts of an account, newest first, of a level, a resource and between two moments where these are given."""
    clause = reading(alerts, Alert)
    if resource_sid is None:
        clause = clause.where(alerts.c.account_sid == account_sid)
    else:  # it has few
        clause = clause.where(unsearched(alerts.c.account_sid) == account_sid, alerts.c.resource_sid == resource_sid)
    if log_level is not None:
        clause = clause.where(alerts.c.log_level == log_level)
    made = Period(alerts.c.date_created, start, end)
    return await read_page(database, clause, alerts, Alert, request, by=made)


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
    conditions = [_a[name] == value for name in WANTED if (value := getattr(wanted, name)) is not None]
    made = Period(_a.event_date, wanted.start, wanted.end)
    inside, elsewhere = _a.account_sid == account_sid, [_a.actor_sid == account_sid, literal_column(ELSEWHERE)]
    clause = _READING.where(inside, *conditions)
    beside: Select[Any] | None = _READING.where(*elsewhere, *conditions)
    if wanted.resource_sid is not None or (request.number and request.begins_anywhere):
        concerned = or_(unsearched(_a.account_sid) == account_sid, unsearched(_a.actor_sid) == account_sid)
        clause, beside = _READING.where(concerned, *conditions), None
    return await read_page(database, clause, audit_events, AuditEvent, request, by=made, beside=beside)
