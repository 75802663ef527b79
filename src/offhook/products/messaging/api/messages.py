"""/2010-04-01/Accounts/{account_sid}/Messages: send a text, see what became of it.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from typing import Annotated, Literal

import msgspec

from offhook.kit.phone import normalise
from offhook.products.messaging import errors
from offhook.products.messaging.message import Message
from offhook.products.messaging.service import Messaging
from offhook.protocols import gsm7
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Missing, Resource, Wire, invalid_parameter, rfc2822
from offhook.web.dates import day_or_time, period
from offhook.web.urls import is_web_url


def callback_url(text: str, _name: str) -> str:
    """Raises ApiError 21609 for what is no URL."""
    if text and not is_web_url(text):
        raise errors.callback_invalid(text)
    return text


class MessageView(msgspec.Struct, rename={"from_": "from"}):
    """Twilio's Message."""

    body: str
    num_segments: str
    direction: str
    from_: str
    to: str
    date_updated: str | None
    price: str | None
    error_message: str | None
    uri: str
    account_sid: str
    num_media: str
    status: str
    messaging_service_sid: str | None
    sid: str
    date_sent: str | None
    date_created: str | None
    error_code: int | None
    price_unit: str
    api_version: str
    subresource_uris: dict[str, str]


def view(message: Message, _call: Call) -> MessageView:
    """The message as its caller sees it."""
    uri = f"/2010-04-01/Accounts/{message.account_sid}/Messages/{message.sid}"
    return MessageView(
        body=message.body,
        num_segments=str(message.num_segments),
        direction=message.direction,
        from_=message.from_,
        to=message.to,
        date_updated=rfc2822(message.date_updated),
        price=None,
        error_message=errors.FAILURES.get(message.error_code) if message.error_code else None,
        uri=f"{uri}.json",
        account_sid=message.account_sid,
        num_media=str(message.num_media),
        status=message.status,
        messaging_service_sid=None,
        sid=message.sid,
        date_sent=rfc2822(message.date_sent),
        date_created=rfc2822(message.date_created),
        error_code=message.error_code,
        price_unit="USD",
        api_version="2010-04-01",
        subresource_uris={"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
    )


messages = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Messages",
    API_2010,
    view,
    key="messages",
    rehearsed=frozenset({"create"}),
)


@messages.create
async def create(
    messaging: Messaging,
    call: Call,
    *,
    to: Annotated[str, Missing(*errors.TO_REQUIRED)],
    from_: str | None = None,
    body: str | None = None,
    status_callback: Annotated[str | None, Checked(callback_url)] = None,
    validity_period: int | None = None,
    smart_encoded: bool = False,
    provide_feedback: bool = False,
    attempt: int | None = None,
    max_price: float | None = None,
    force_delivery: bool = False,
    application_sid: str | None = None,
    messaging_service_sid: str | None = None,
    schedule_type: Literal["fixed"] | None = None,
    send_at: str | None = None,
    content_sid: str | None = None,
    media_url: list[str] = [],  # noqa: B006 - never changed
) -> Message:
    """Send a message.

    `ValidityPeriod` is in seconds. `ProvideFeedback`, `Attempt`, `MaxPrice` and `ForceDelivery` change nothing here.
    """
    errors.check_service(messaging_service_sid, scheduled=bool(schedule_type or send_at), content_sid=content_sid)
    message = await messaging.accept(
        call.unit,
        call.account_sid,
        to=to,
        from_=from_,
        body=gsm7.smart_encode(body) if body and smart_encoded else body,
        status_callback=status_callback or None,
        application_sid=application_sid,
        validity=validity_period,
        media_urls=tuple(media_url),
        tests=call.identity.tests,
    )
    call.resource_sid = message.sid
    return message


@messages.fetch
async def fetch(messaging: Messaging, call: Call, sid: str) -> Message | None:
    """Fetch a message."""
    call.resource_sid = sid
    return await messaging.fetch(call.account_sid, sid)


@messages.list
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
    """List messages, newest first. `DateSent` is a day (UTC); `DateSent<` and `DateSent>` bound it, inclusively.

    The SDKs write that day with a time, which Twilio does not look at.
    """
    since, until = period(date_sent, date_sent_before, date_sent_after)
    return await messaging.page(
        call.account_sid, page, from_=address_asked(from_), to=address_asked(to), since=since, until=until
    )


@messages.update
async def update(
    messaging: Messaging, call: Call, sid: str, *, body: str | None = None, status: Literal["canceled"] | None = None
) -> Message | None:
    """Take the text out of a message that is done with (an empty `Body`), or cancel one that has not left.

    The text goes out of the record of exchanges as well; the phone that got it still shows it.
    """
    call.resource_sid = sid
    message = await messaging.fetch(call.account_sid, sid)
    if message is None:
        return None
    if body:
        raise invalid_parameter("Body", "a message can be redacted (an empty Body), not changed")
    if body is not None:
        await messaging.changing.redact(message, call.now)
    if status is not None:
        await messaging.changing.cancel(message)
    return await messaging.fetch(call.account_sid, sid)


@messages.delete
async def delete(messaging: Messaging, call: Call, sid: str) -> bool:
    """Delete a message that is done with."""
    call.resource_sid = sid
    message = await messaging.fetch(call.account_sid, sid)
    if message is None:
        return False
    await messaging.changing.delete(message, call.now)
    return True


def address_asked(text: str | None) -> str | None:
    """An address that a list is narrowed to, as it is kept."""
    return (normalise(text, "US") or text) if text else None
