"""/offhook/v1/Messages: messages by what Twilio's list cannot be asked for. They are shown as they are there."""

from typing import Annotated, Literal

from offhook.products.messaging.api.messages import address_asked, view
from offhook.products.messaging.message import Message
from offhook.products.messaging.searching import Wanted
from offhook.products.messaging.service import Messaging
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, Wire
from offhook.web.dates import day_or_time, period

message_searches = Resource("offhook", "/v1/Messages", VERSIONED, view, key="messages")


@message_searches.list
async def list_(
    messaging: Messaging,
    call: Call,
    *,
    page: PageRequest,
    account_sid: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    status: Literal["queued", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "received"]
    | None = None,
    direction: Literal["inbound", "outbound-api", "outbound-reply"] | None = None,
    search: str | None = None,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
) -> Page[Message]:
    """List messages, newest first; every filter that is given must match.

    `Search` is a part of the body. `DateCreated` is a day (UTC); `DateCreated<` and `DateCreated>` bound it,
    inclusively. A page looks through 2,000 messages and no more, so it may be empty although others
    follow. With `AccountSid` the first account lists those of another one.
    """
    of = account_sid if account_sid and call.identity.owns_all else call.account_sid
    since, until = period(date_created, date_created_before, date_created_after)
    wanted = Wanted(
        from_=address_asked(from_),
        to=address_asked(to),
        status=status,
        direction=direction,
        text=search or None,
        since=since,
        until=until,
    )
    return await messaging.search(of, page, wanted)
