"""/offhook/v1/Exchanges: every request in and out, newest first, secrets redacted when they were captured.

The first account sees the exchanges of every account, any other its own.
"""

import re
from typing import Annotated, Literal

import msgspec

from offhook.exchanges import Exchange, Filters
from offhook.products.monitor.monitoring import Monitor
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, Wire, invalid_parameter, iso8601_exact
from offhook.web.dates import day_or_time, period

HeaderList = list[list[str]]
_STATUS = re.compile(r"([1-5])(xx|[0-9]{2})", re.IGNORECASE)


class ExchangeView(msgspec.Struct):
    """A request and its answer; `status` is null and `error` a sentence where no answer came. `duration` in ms."""

    sid: str
    account_sid: str
    direction: str
    kind: str
    method: str
    url: str
    request_headers: HeaderList
    request_body: str
    status: int | None
    response_headers: HeaderList
    response_body: str
    date_created: str | None
    duration: float
    resource_sid: str | None
    error_code: int | None
    error: str | None
    notes: list[str]
    resent_from: str | None


def known_status(text: str, name: str) -> str:
    """Raises ApiError 20001 for what is neither a status nor a class of them."""
    if not _STATUS.fullmatch(text):
        raise invalid_parameter(name, f"{text!r} is neither an HTTP status (404) nor a class of them (4xx)")
    return text


def view(exchange: Exchange, _call: Call) -> ExchangeView:
    """The exchange as its caller sees it."""
    return ExchangeView(
        sid=exchange.sid,
        account_sid=exchange.account_sid,
        direction=exchange.direction,
        kind=exchange.kind,
        method=exchange.method,
        url=exchange.url,
        request_headers=[list(pair) for pair in exchange.request_headers],
        request_body=exchange.request_body,
        status=exchange.status,
        response_headers=[list(pair) for pair in exchange.response_headers],
        response_body=exchange.response_body,
        date_created=iso8601_exact(exchange.started),
        duration=exchange.elapsed / 1000,
        resource_sid=exchange.resource_sid,
        error_code=exchange.error_code,
        error=exchange.error,
        notes=list(exchange.notes),
        resent_from=exchange.resent_from,
    )


exchanges = Resource("offhook", "/v1/Exchanges", VERSIONED, view, key="exchanges")


@exchanges.fetch
async def fetch(monitor: Monitor, call: Call, sid: str) -> Exchange | None:
    """Fetch an exchange."""
    return await monitor.exchange(whose(call), sid)


@exchanges.list
async def list_(
    monitor: Monitor,
    call: Call,
    *,
    page: PageRequest,
    account_sid: str | None = None,
    resource_sid: str | None = None,
    direction: Literal["in", "out"] | None = None,
    kind: Literal["api", "callback", "document"] | None = None,
    method: str | None = None,
    status: Annotated[str | None, Checked(known_status)] = None,
    failed: bool | None = None,
    url: str | None = None,
    search: str | None = None,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
) -> Page[Exchange]:
    """List exchanges, newest first; every filter that is given must match.

    `Status` is an HTTP status or a class of them (`4xx`). `Failed` asks for those without an answer, with a status
    from 400 on, or with an error. `Url` is a part of the URL, `Search` a part of either body. `AccountSid` is for the
    first account. `DateCreated` is a day (UTC); `DateCreated<` and `DateCreated>` bound it, inclusively.
    """
    since, until = period(date_created, date_created_before, date_created_after)
    filters = Filters(
        account_sid=account_sid if call.identity.owns_all else call.account_sid,
        resource_sid=resource_sid,
        direction=direction,
        kind=kind,
        method=method.upper() if method else None,
        statuses=_bounds(status) if status else None,
        failed=failed,
        url=url or None,
        text=search or None,
        since=since,
        until=until,
    )
    return await monitor.exchanges(page, filters)


def whose(call: Call) -> str | None:
    """The account whose exchanges the caller sees; None for everybody's."""
    return None if call.identity.owns_all else call.account_sid


def _bounds(status: str) -> tuple[int, int]:
    """The first and the last status that are meant."""
    if status[1:].lower() == "xx":
        return int(status[0]) * 100, int(status[0]) * 100 + 99
    return int(status), int(status)
