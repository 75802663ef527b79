"""/2010-04-01/Accounts/{account_sid}/Queues: where callers wait until somebody takes them out.

https://www.twilio.com/docs/voice/api/queue-resource
"""

from typing import Annotated

import msgspec

from offhook.products.voice.queue import DEFAULT_SIZE, LARGEST_SIZE, LONGEST_NAME, Queue
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, invalid_parameter, rfc2822


def queue_name(text: str, name: str) -> str:
    """Raises ApiError 20001 for a name that is too long, or none."""
    if not 1 <= len(text) <= LONGEST_NAME:
        raise invalid_parameter(name, f"it must have 1 to {LONGEST_NAME} characters")
    return text


class QueueView(msgspec.Struct):
    """Twilio's Queue; `average_wait_time` in seconds."""

    sid: str
    account_sid: str
    friendly_name: str
    current_size: int
    max_size: int
    average_wait_time: int
    date_created: str | None
    date_updated: str | None
    uri: str


def view(queue: Queue, _call: Call) -> QueueView:
    """The queue as its owner sees it."""
    return QueueView(
        sid=queue.sid,
        account_sid=queue.account_sid,
        friendly_name=queue.friendly_name,
        current_size=queue.current_size,
        max_size=queue.max_size,
        average_wait_time=queue.average_wait_time,
        date_created=rfc2822(queue.date_created),
        date_updated=rfc2822(queue.date_updated),
        uri=f"/2010-04-01/Accounts/{queue.account_sid}/Queues/{queue.sid}.json",
    )


queues = Resource("api", "/2010-04-01/Accounts/{account_sid}/Queues", API_2010, view, key="queues")


@queues.create
async def create(
    voice: Voice,
    call: Call,
    *,
    friendly_name: Annotated[str, Checked(queue_name)],
    max_size: int = DEFAULT_SIZE,
) -> Queue:
    """Create a queue. `<Enqueue>` makes one by itself, too. `MaxSize` is from 1 to 5000 calls."""
    queue = await voice.queues.create(call.account_sid, friendly_name, _size(max_size))
    call.resource_sid = queue.sid
    return queue


@queues.fetch
async def fetch(voice: Voice, call: Call, sid: str) -> Queue | None:
    """Fetch a queue."""
    call.resource_sid = sid
    return await voice.queues.fetch(call.account_sid, sid)


@queues.list
async def list_(voice: Voice, call: Call, *, page: PageRequest) -> Page[Queue]:
    """List queues, newest first."""
    return await voice.queues.page(call.account_sid, page)


@queues.update
async def update(
    voice: Voice,
    call: Call,
    sid: str,
    *,
    friendly_name: Annotated[str | None, Checked(queue_name)] = None,
    max_size: int | None = None,
) -> Queue | None:
    """Change a queue. Those who stand in it stay, even if they are more than `MaxSize` now."""
    call.resource_sid = sid
    changes = {"friendly_name": friendly_name, "max_size": None if max_size is None else _size(max_size)}
    given = {name: value for name, value in changes.items() if value is not None}
    return await voice.queues.change(call.account_sid, sid, given)


@queues.delete
async def delete(voice: Voice, call: Call, sid: str) -> bool:
    """Delete a queue in which nobody stands."""
    call.resource_sid = sid
    return await voice.queues.delete(call.account_sid, sid)


def _size(max_size: int) -> int:
    if not 1 <= max_size <= LARGEST_SIZE:
        raise invalid_parameter("MaxSize", f"it must be from 1 to {LARGEST_SIZE}")
    return max_size
