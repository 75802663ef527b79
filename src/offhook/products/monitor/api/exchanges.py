"""/offhook/v1/Exchanges: every request in and out, newest first, secrets redacted when they were captured.

The first account sees the exchanges of every account, any other its own.
"""

from typing import Literal

import msgspec

from offhook.exchanges import Exchange
from offhook.products.monitor.monitoring import Monitor
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601

HeaderList = list[list[str]]


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
        date_created=iso8601(exchange.started),
        duration=exchange.elapsed / 1000,
        resource_sid=exchange.resource_sid,
        error_code=exchange.error_code,
        error=exchange.error,
        notes=list(exchange.notes),
    )


exchanges = Resource("offhook", "/v1/Exchanges", VERSIONED, view, key="exchanges")


@exchanges.fetch
async def fetch(monitor: Monitor, call: Call, sid: str) -> Exchange | None:
    """Fetch an exchange."""
    return await monitor.exchange(_whose(call), sid)


@exchanges.list
async def list_(
    monitor: Monitor,
    call: Call,
    *,
    page: PageRequest,
    resource_sid: str | None = None,
    direction: Literal["in", "out"] | None = None,
    kind: Literal["api", "callback", "document"] | None = None,
) -> Page[Exchange]:
    """List exchanges, newest first."""
    return await monitor.exchanges(_whose(call), page, resource_sid, direction, kind)


def _whose(call: Call) -> str | None:
    return None if call.identity.owns_all else call.account_sid
