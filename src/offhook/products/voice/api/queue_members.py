"""/2010-04-01/Accounts/{account_sid}/Queues/{queue_sid}/Members: the calls that wait in a queue.

A member is named by its call, or as `Front`: whoever is next. https://www.twilio.com/docs/voice/api/member-resource
"""

from typing import Annotated

import msgspec

from offhook.kit.clock import SECOND
from offhook.products.voice.api.calls import Method, document_url
from offhook.products.voice.interpreter.effects import Page as Document
from offhook.products.voice.lining_up import FRONT
from offhook.products.voice.queue import Member
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, rfc2822


class MemberView(msgspec.Struct):
    """Twilio's Member of a queue; the first has `position` 1, and `wait_time` is in seconds."""

    call_sid: str
    date_enqueued: str | None
    position: int
    queue_sid: str
    uri: str
    wait_time: int


def view(member: Member, call: Call) -> MemberView:
    """The member as the queue's owner sees it."""
    return MemberView(
        call_sid=member.call_sid,
        date_enqueued=rfc2822(member.date_enqueued),
        position=member.position,
        queue_sid=member.queue_sid,
        uri=f"/2010-04-01/Accounts/{member.account_sid}/Queues/{member.queue_sid}/Members/{member.call_sid}.json",
        wait_time=max(0, call.now - member.date_enqueued) // SECOND,
    )


queue_members = Resource(
    "api", "/2010-04-01/Accounts/{account_sid}/Queues/{queue_sid}/Members", API_2010, view, key="queue_members"
)


@queue_members.list
async def list_(voice: Voice, call: Call, queue_sid: str, *, page: PageRequest) -> Page[Member] | None:
    """List who waits in a queue, in the order of their turns."""
    return await voice.queues.members(call.account_sid, queue_sid, page)


@queue_members.fetch
async def fetch(voice: Voice, call: Call, queue_sid: str, call_sid: str) -> Member | None:
    """Fetch the member with this call, or `Front`, who is next."""
    if call_sid == FRONT:
        return await voice.queues.front(call.account_sid, queue_sid)
    return await voice.queues.member(call.account_sid, queue_sid, call_sid)


@queue_members.update
async def update(
    voice: Voice,
    call: Call,
    queue_sid: str,
    call_sid: str,
    *,
    url: Annotated[str, Checked(document_url)],
    method: Method = "POST",
) -> Member | None:
    """Take a member, or `Front`, out of the queue: the call goes on with the document at `Url`."""
    return await voice.lining_up.dequeue(call.account_sid, queue_sid, call_sid, Document(url, method))
