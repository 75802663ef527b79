"""/2010-04-01/Accounts/{account_sid}/SMS/Messages: messages as they were before there were pictures.

Clients of that time (`client.sms.messages` of twilio-python up to 5) ask here. They are the same messages with fewer
fields and parameters; those of `…/Messages` are shown here too.
"""

from typing import Annotated

import msgspec

from offhook.products.messaging import errors
from offhook.products.messaging.api.messages import callback_url
from offhook.products.messaging.api.messages import create as create_message
from offhook.products.messaging.api.messages import fetch as fetch_message
from offhook.products.messaging.api.messages import list_ as list_messages
from offhook.products.messaging.message import Message
from offhook.products.messaging.service import Messaging
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Missing, Resource, Wire, rfc2822
from offhook.web.dates import day_or_time


class SmsMessageView(msgspec.Struct, rename={"from_": "from"}):
    """The fields that Twilio's SMS Message had."""

    sid: str
    date_created: str | None
    date_updated: str | None
    date_sent: str | None
    account_sid: str
    to: str
    from_: str
    body: str
    status: str
    direction: str
    api_version: str
    price: str | None
    price_unit: str
    uri: str


def view(message: Message, _call: Call) -> SmsMessageView:
    """The message as its caller sees it."""
    return SmsMessageView(
        sid=message.sid,
        date_created=rfc2822(message.date_created),
        date_updated=rfc2822(message.date_updated),
        date_sent=rfc2822(message.date_sent),
        account_sid=message.account_sid,
        to=message.to,
        from_=message.from_,
        body=message.body,
        status=message.status,
        direction=message.direction,
        api_version="2010-04-01",
        price=None,
        price_unit="USD",
        uri=f"/2010-04-01/Accounts/{message.account_sid}/SMS/Messages/{message.sid}.json",
    )


sms_messages = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/SMS/Messages",
    API_2010,
    view,
    key="sms_messages",
    rehearsed=frozenset({"create"}),
)


@sms_messages.create
async def create(
    messaging: Messaging,
    call: Call,
    *,
    to: Annotated[str, Missing(*errors.TO_REQUIRED)],
    from_: str | None = None,
    body: str | None = None,
    status_callback: Annotated[str | None, Checked(callback_url)] = None,
    application_sid: str | None = None,
) -> Message:
    """Send a text."""
    sent: Message = await create_message(
        messaging,
        call,
        to=to,
        from_=from_,
        body=body,
        status_callback=status_callback,
        application_sid=application_sid,
    )
    return sent


@sms_messages.fetch
async def fetch(messaging: Messaging, call: Call, sid: str) -> Message | None:
    """Fetch a message."""
    found: Message | None = await fetch_message(messaging, call, sid)
    return found


@sms_messages.list
async def list_(
    messaging: Messaging,
    call: Call,
    *,
    page: PageRequest,
    to: str | None = None,
    from_: str | None = None,
    date_sent: Annotated[str | None, Checked(day_or_time)] = None,
    date_sent_before: Annotated[str | None, Checked(day_or_time), Wire("DateSent<")] = None,
    date_sent_after: Annotated[str | None, Checked(day_or_time), Wire("DateSent>")] = None,
) -> Page[Message]:
    """List messages, newest first; the dates bound it as in `…/Messages`."""
    listed: Page[Message] = await list_messages(
        messaging,
        call,
        page=page,
        to=to,
        from_=from_,
        date_sent=date_sent,
        date_sent_before=date_sent_before,
        date_sent_after=date_sent_after,
    )
    return listed
