"""/offhook/v1/Handsets/{address}/Messages: what a phone shows, and texting from it."""

from typing import Annotated, Literal

import msgspec

from offhook.products.network.handsets import Handsets
from offhook.products.network.text import HandsetText
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Missing, Resource, iso8601
from offhook.web.errors import ApiError


class MediaView(msgspec.Struct):
    """A picture or another file in a text; `size` in bytes, `url` for whoever may see the phone."""

    content_type: str
    size: int
    url: str


class HandsetMessageView(msgspec.Struct, rename={"from_": "from"}):
    """A text on a phone: `direction` is the phone's view, `message_sid` the app's Message where there is one."""

    sid: str
    direction: str
    from_: str
    to: str
    body: str
    media: list[MediaView]
    message_sid: str | None
    date_created: str | None


def view(shown: HandsetText, call: Call) -> HandsetMessageView:
    """The text as the phone shows it."""
    return HandsetMessageView(
        sid=shown.sid,
        direction=shown.direction,
        from_=shown.from_,
        to=shown.to,
        body=shown.body,
        media=[
            MediaView(file.content_type, file.size, f"{call.base_url}/v1/Media/{file.digest}") for file in shown.files()
        ],
        message_sid=shown.message_sid if shown.is_of_message else None,
        date_created=iso8601(shown.date_created),
    )


messages = Resource("offhook", "/v1/Handsets/{address}/Messages", VERSIONED, view, key="messages")


@messages.create
async def create(
    handsets: Handsets,
    call: Call,
    address: str,
    *,
    to: Annotated[str, Missing(21604, "A 'To' phone number is required.")],
    body: str = "",
    media_url: list[str] = [],  # noqa: B006 - never changed
) -> HandsetText:
    """The person with this phone texts somebody; the files at `MediaUrl` go with the text."""
    check_owner(call)
    if not body and not media_url:
        raise ApiError(21602, "Message body is required.")
    shown = await handsets.text(call.account_sid, address, to, body, media_url)
    call.resource_sid = shown.message_sid
    return shown


@messages.list
async def list_(
    handsets: Handsets, call: Call, address: str, *, page: PageRequest, order: Literal["asc", "desc"] = "asc"
) -> Page[HandsetText]:
    """What the phone shows, oldest first, or with `Order=desc` newest first."""
    check_owner(call)
    call.is_confidential = True
    return await handsets.texts(address, page, oldest_first=order == "asc")


def check_owner(call: Call) -> None:
    """Everybody's phones are the first account's to see. Raises ApiError 20403."""
    if not call.identity.owns_all:
        raise ApiError(20403, "Handsets are seen by the first account only", 403)
