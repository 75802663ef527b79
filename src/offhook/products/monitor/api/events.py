"""monitor.twilio.com /v1/Events: who changed what through the API, newest first.

An account sees what was changed in it, and what it changed in its subaccounts.
https://www.twilio.com/docs/usage/monitor-events
"""

from typing import Annotated, Any

import msgspec

from offhook.products.monitor.audit_event import AuditEvent, Wanted
from offhook.products.monitor.monitoring import Monitor
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, iso8601
from offhook.web.dates import date_time, day_or_time

PREFIX = "/monitor"


class EventView(msgspec.Struct):
    """Twilio's Event."""

    account_sid: str
    actor_sid: str
    actor_type: str
    description: str | None
    event_data: dict[str, Any]
    event_date: str | None
    event_type: str
    resource_sid: str
    resource_type: str
    sid: str
    source: str
    source_ip_address: str | None
    url: str
    links: dict[str, str]


def view(event: AuditEvent, call: Call) -> EventView:
    """The event as its caller sees it."""
    return EventView(
        account_sid=event.account_sid,
        actor_sid=event.actor_sid,
        actor_type=event.actor_type,
        description=None,
        event_data=event.data,
        event_date=iso8601(event.event_date),
        event_type=event.event_type,
        resource_sid=event.resource_sid,
        resource_type=event.resource_type,
        sid=event.sid,
        source="api",
        source_ip_address=event.source_ip_address,
        url=f"{call.base_url}/v1/Events/{event.sid}",
        links={
            "actor": _absolute(f"api/2010-04-01/Accounts/{event.actor_sid}", call),
            "resource": _absolute(event.resource_uri, call),
        },
    )


events = Resource("monitor", "/v1/Events", VERSIONED, view, key="events")


@events.fetch
async def fetch(monitor: Monitor, call: Call, sid: str) -> AuditEvent | None:
    """Fetch an audit event."""
    return await monitor.audit_event(call.account_sid, sid)


@events.list
async def list_(
    monitor: Monitor,
    call: Call,
    *,
    page: PageRequest,
    actor_sid: str | None = None,
    event_type: str | None = None,
    resource_sid: str | None = None,
    source_ip_address: str | None = None,
    start_date: Annotated[str | None, Checked(day_or_time)] = None,
    end_date: Annotated[str | None, Checked(day_or_time)] = None,
) -> Page[AuditEvent]:
    """List audit events, newest first."""
    start = date_time(start_date) if start_date else None
    end = date_time(end_date, end_of_day=True) if end_date else None
    wanted = Wanted(actor_sid, event_type, resource_sid, source_ip_address, start, end)
    return await monitor.audit_events(call.account_sid, page, wanted)


def _absolute(uri: str, call: Call) -> str:
    """The URL of what another product serves, on the host or under the origin that this one was asked at."""
    product, _, path = uri.partition("/")
    if call.base_url.endswith(PREFIX):
        under = "" if product == "api" else f"/{product}"
        return f"{call.base_url.removesuffix(PREFIX)}{under}/{path}"
    return f"{call.base_url.replace('//monitor.', f'//{product}.', 1)}/{path}"
