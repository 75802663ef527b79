"""/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds: numbers that the account may call from.

A POST to the list is a resource of its own: `validation_requests`.

https://www.twilio.com/docs/voice/api/outgoing-caller-ids
"""

import msgspec

from offhook.products.numbers.api.parameters import Name
from offhook.products.numbers.caller_id import CallerId
from offhook.products.numbers.caller_ids import CallerIds
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource, rfc2822


class CallerIdView(msgspec.Struct):
    """Twilio's OutgoingCallerId."""

    sid: str
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    account_sid: str
    phone_number: str
    uri: str


def view(caller_id: CallerId, _call: Call) -> CallerIdView:
    """The caller ID as its caller sees it."""
    return CallerIdView(
        sid=caller_id.sid,
        date_created=rfc2822(caller_id.date_created),
        date_updated=rfc2822(caller_id.date_updated),
        friendly_name=caller_id.friendly_name,
        account_sid=caller_id.account_sid,
        phone_number=caller_id.phone_number,
        uri=f"/2010-04-01/Accounts/{caller_id.account_sid}/OutgoingCallerIds/{caller_id.sid}.json",
    )


outgoing_caller_ids = Resource(
    "api", "/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds", API_2010, view, key="outgoing_caller_ids"
)


@outgoing_caller_ids.fetch
async def fetch(service: CallerIds, call: Call, sid: str) -> CallerId | None:
    """Fetch a caller ID."""
    call.resource_sid = sid
    return await service.fetch(call.account_sid, sid)


@outgoing_caller_ids.list
async def list_(
    service: CallerIds,
    call: Call,
    *,
    page: PageRequest,
    phone_number: str | None = None,
    friendly_name: str | None = None,
) -> Page[CallerId]:
    """List caller IDs, newest first."""
    return await service.page(call.account_sid, page, phone_number, friendly_name)


@outgoing_caller_ids.update
async def update(service: CallerIds, call: Call, sid: str, *, friendly_name: Name | None = None) -> CallerId | None:
    """Rename a caller ID."""
    call.resource_sid = sid
    if friendly_name is None:
        return await service.fetch(call.account_sid, sid)
    return await service.rename(call.account_sid, sid, friendly_name)


@outgoing_caller_ids.delete
async def delete(service: CallerIds, call: Call, sid: str) -> bool:
    """Forget a caller ID."""
    call.resource_sid = sid
    return await service.delete(call.account_sid, sid)
