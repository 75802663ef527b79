"""monitor.twilio.com /v1/Alerts: what went wrong, newest first.

An account sees its own alerts. `AccountSid` is ours: with it, the first account lists those of another.
https://www.twilio.com/docs/usage/monitor-alert
"""

from typing import Annotated, Literal

import msgspec

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.api.exchanges import whose
from offhook.products.monitor.monitoring import Monitor
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, iso8601
from offhook.web.dates import date_time, day_or_time
from offhook.web.errors import more_info


class AlertView(msgspec.Struct):
    """Twilio's Alert."""

    account_sid: str
    alert_text: str
    api_version: str
    date_created: str | None
    date_generated: str | None
    date_updated: str | None
    error_code: str
    log_level: str
    more_info: str
    request_method: str | None
    request_url: str
    request_variables: str
    request_headers: str | None
    resource_sid: str
    response_body: str
    response_headers: str
    service_sid: str | None
    sid: str
    url: str


def view(alert: Alert, call: Call) -> AlertView:
    """The alert as its caller sees it."""
    created = iso8601(alert.date_created)
    return AlertView(
        account_sid=alert.account_sid,
        alert_text=alert.alert_text,
        api_version="2010-04-01",
        date_created=created,
        date_generated=created,
        date_updated=created,
        error_code=str(alert.error_code),
        log_level=alert.log_level,
        more_info=more_info(alert.error_code, call.origin),
        request_method=alert.request_method or None,  # nothing was asked
        request_url=alert.request_url,
        request_variables=alert.request_variables,
        request_headers=None,
        resource_sid=alert.resource_sid,
        response_body=alert.response_body,
        response_headers=alert.response_headers,
        service_sid=None,
        sid=alert.sid,
        url=f"{call.base_url}/v1/Alerts/{alert.sid}",
    )


alerts = Resource("monitor", "/v1/Alerts", VERSIONED, view, key="alerts")


@alerts.fetch
async def fetch(monitor: Monitor, call: Call, sid: str) -> Alert | None:
    """Fetch an alert."""
    return await monitor.alert(whose(call), sid)


@alerts.list
async def list_(
    monitor: Monitor,
    call: Call,
    *,
    page: PageRequest,
    log_level: Literal["error", "warning", "notice", "debug"] | None = None,
    start_date: Annotated[str | None, Checked(day_or_time)] = None,
    end_date: Annotated[str | None, Checked(day_or_time)] = None,
    account_sid: str | None = None,
) -> Page[Alert]:
    """List alerts, newest first; with `AccountSid` the first account lists those of another one."""
    start = date_time(start_date) if start_date else None
    end = date_time(end_date, end_of_day=True) if end_date else None
    of = account_sid if account_sid and call.identity.owns_all else call.account_sid
    return await monitor.alerts(of, page, log_level, start, end)
