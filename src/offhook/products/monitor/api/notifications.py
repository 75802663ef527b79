"""/2010-04-01/Accounts/{account_sid}/Notifications, and those of one call: alerts, as Twilio's first API shows them.

https://www.twilio.com/docs/usage/monitor-alert took its place.
"""

from typing import Annotated

import msgspec

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.monitoring import Monitor
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, Wire, rfc2822
from offhook.web.dates import day_or_time, period
from offhook.web.errors import more_info

LEVELS = {0: "error", 1: "warning"}


class NotificationView(msgspec.Struct):
    """Twilio's Notification; `log` is 0 for an error, 1 for a warning."""

    account_sid: str
    api_version: str
    call_sid: str | None
    date_created: str | None
    date_updated: str | None
    error_code: str
    log: str
    message_date: str | None
    message_text: str
    more_info: str
    request_method: str | None
    request_url: str
    request_variables: str
    response_body: str
    response_headers: str
    sid: str
    uri: str


def view(alert: Alert, call: Call) -> NotificationView:
    """The alert as its caller sees it."""
    created = rfc2822(alert.date_created)
    return NotificationView(
        account_sid=alert.account_sid,
        api_version="2010-04-01",
        call_sid=alert.resource_sid if alert.resource_sid.startswith("CA") else None,
        date_created=created,
        date_updated=created,
        error_code=str(alert.error_code),
        log="0" if alert.log_level == "error" else "1",
        message_date=created,
        message_text=alert.alert_text,
        more_info=more_info(alert.error_code, call.origin),
        request_method=alert.request_method or None,
        request_url=alert.request_url,
        request_variables=alert.request_variables,
        response_body=alert.response_body,
        response_headers=alert.response_headers,
        sid=alert.sid,
        uri=f"/2010-04-01/Accounts/{alert.account_sid}/Notifications/{alert.sid}.json",
    )


notifications = Resource("api", "/2010-04-01/Accounts/{account_sid}/Notifications", API_2010, view, key="notifications")
of_call = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Calls/{call_sid}/Notifications",
    API_2010,
    view,
    key="notifications",
)
Date = Annotated[str | None, Checked(day_or_time)]


@notifications.list
async def list_(
    monitor: Monitor,
    call: Call,
    *,
    page: PageRequest,
    log: int | None = None,
    message_date: Date = None,
    message_date_before: Annotated[str | None, Checked(day_or_time), Wire("MessageDate<")] = None,
    message_date_after: Annotated[str | None, Checked(day_or_time), Wire("MessageDate>")] = None,
) -> Page[Alert]:
    """List notifications, newest first: with `Log` 0 errors only, with 1 warnings only."""
    since, until = period(message_date, message_date_before, message_date_after)
    level = None if log is None else LEVELS.get(log, "")
    return await monitor.alerts(call.account_sid, page, level, since, until)


@notifications.fetch
async def fetch(monitor: Monitor, call: Call, sid: str) -> Alert | None:
    """Fetch a notification."""
    return await monitor.alert(call.account_sid, sid)


@of_call.list
async def list_of_call(
    monitor: Monitor,
    call: Call,
    call_sid: str,
    *,
    page: PageRequest,
    log: int | None = None,
    message_date: Date = None,
    message_date_before: Annotated[str | None, Checked(day_or_time), Wire("MessageDate<")] = None,
    message_date_after: Annotated[str | None, Checked(day_or_time), Wire("MessageDate>")] = None,
) -> Page[Alert]:
    """List the notifications of a call, newest first."""
    since, until = period(message_date, message_date_before, message_date_after)
    level = None if log is None else LEVELS.get(log, "")
    return await monitor.alerts(call.account_sid, page, level, since, until, call_sid)


@of_call.fetch
async def fetch_of_call(monitor: Monitor, call: Call, call_sid: str, sid: str) -> Alert | None:
    """Fetch a notification of a call."""
    alert = await monitor.alert(call.account_sid, sid)
    return alert if alert is not None and alert.resource_sid == call_sid else None
