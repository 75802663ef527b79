"""/2010-04-01/Accounts/{account_sid}/Calls/{call_sid}/Events: what the app was asked about a call, and what it said.

https://www.twilio.com/docs/voice/api/call-event-resource
"""

from typing import Any
from urllib.parse import parse_qsl

import msgspec

from offhook.exchanges import Exchange
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource, rfc2822


class CallEventView(msgspec.Struct):
    """Twilio's Event: a request that was made to the app, and its answer."""

    request: dict[str, Any]
    response: dict[str, Any]


def view(exchange: Exchange, _call: Call) -> CallEventView:
    """The exchange as the call's owner sees it."""
    return CallEventView(
        request={
            "method": exchange.method,
            "url": exchange.url,
            "parameters": dict(parse_qsl(exchange.request_body, keep_blank_values=True)),
        },
        response={
            "response_code": exchange.status,
            "request_duration": exchange.elapsed // 1000,
            "content_type": next((value for name, value in exchange.response_headers if name == "content-type"), None),
            "response_body": exchange.response_body,
            "date_created": rfc2822(exchange.started),
        },
    )


call_events = Resource(
    "api", "/2010-04-01/Accounts/{account_sid}/Calls/{call_sid}/Events", API_2010, view, key="events"
)


@call_events.list
async def list_(voice: Voice, call: Call, call_sid: str, *, page: PageRequest) -> Page[Exchange] | None:
    """List what the app was asked about a call, newest first; bodies as the record of exchanges keeps them."""
    if await voice.calls.fetch(call.account_sid, call_sid) is None:
        return None
    return await voice.calls.exchanges(call.account_sid, call_sid, page)
