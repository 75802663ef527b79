"""/2010-04-01/Accounts/{account_sid}/Messages/{message_sid}/Media: the files of a message, and their bytes.

Without `.json` the path answers the file itself, to whoever knows its URL, as Twilio does by default; an account that
wants it so has credentials asked for first.
https://www.twilio.com/docs/messaging/api/media-resource
"""

from typing import Annotated

import msgspec

from offhook.products.messaging.media import MediaFile
from offhook.products.messaging.service import Messaging
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Content, Resource, Wire, rfc2822
from offhook.web.dates import date_time, day_or_time
from offhook.web.errors import unauthorized


class MediaView(msgspec.Struct):
    """Twilio's Media."""

    sid: str
    account_sid: str
    parent_sid: str
    content_type: str
    date_created: str | None
    date_updated: str | None
    uri: str


def view(file: MediaFile, _call: Call) -> MediaView:
    """The file as its message's owner sees it."""
    return MediaView(
        sid=file.sid,
        account_sid=file.account_sid,
        parent_sid=file.message_sid,
        content_type=file.content_type,
        date_created=rfc2822(file.date_created),
        date_updated=rfc2822(file.date_updated),
        uri=f"{file.path}.json",
    )


media = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Messages/{message_sid}/Media",
    API_2010,
    view,
    key="media_list",
    public_content=True,
)


@media.list
async def list_(
    messaging: Messaging,
    call: Call,
    message_sid: str,
    *,
    page: PageRequest,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
) -> Page[MediaFile] | None:
    """List a message's files."""
    if await messaging.fetch(call.account_sid, message_sid) is None:
        return None
    since, until = date_created_after or date_created, date_created_before or date_created
    return await messaging.attaching.page(
        call.account_sid,
        message_sid,
        page,
        since=date_time(since) if since else None,
        until=date_time(until, end_of_day=True) if until else None,
    )


@media.fetch
async def fetch(messaging: Messaging, call: Call, message_sid: str, sid: str) -> MediaFile | None:
    """Fetch what is known of a file."""
    return await messaging.attaching.one(call.account_sid, message_sid, sid)


@media.content
async def content(messaging: Messaging, call: Call, message_sid: str, sid: str) -> Content | None:
    """Fetch a file."""
    if call.identity.anonymous and await messaging.accounts.settings.media_auth(call.account_sid):
        raise unauthorized()
    file = await messaging.attaching.one(call.account_sid, message_sid, sid)
    body = await messaging.attaching.content(file.digest) if file else None
    return Content(body, file.content_type) if file and body is not None else None


@media.delete
async def delete(messaging: Messaging, call: Call, message_sid: str, sid: str) -> bool:
    """Delete a file, and its bytes when no other message has them."""
    file = await messaging.attaching.one(call.account_sid, message_sid, sid)
    if file is None:
        return False
    await messaging.attaching.delete([file])
    return True
