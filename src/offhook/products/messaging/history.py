"""The history of a message: each status that it got, when exactly, and the texts that it answers or that answer it.

A message's row has its status of now. What it was before stands in the log of what happened (`exchanges/events.py`): a
line that says which status, in the unit of the change. The log is cut after a while; then the history is what the row
itself knows, which is when it was made, when it was sent and how it ended.
"""

import msgspec
from sqlalchemy import select

from offhook.exchanges import events
from offhook.exchanges.events import Event
from offhook.products.messaging.message import FINAL, Message, Status
from offhook.products.messaging.store import messages
from offhook.storage import Database, Query, Step, Unit, given

MOST = 1_000  # changes of one message, and replies to it, that are shown
_c = messages.c
_REPLIES = Query(
    select(_c.sid)
    .where(_c.in_reply_to == given("sid"), _c.in_reply_to.is_not(None))
    .order_by(_c.seq)
    .limit(given("most")),
    str,
)


class Change(msgspec.Struct, frozen=True):
    """A status and when the message got it, in UTC microseconds; None where that is not known any more."""

    status: str
    at: int | None
    error_code: int | None = None


class History(msgspec.Struct, frozen=True):
    """The changes in order; `is_complete` unless the log has been cut. `replies` are SIDs, oldest first."""

    message: Message
    changes: list[Change]
    is_complete: bool
    replies: list[str]


def note_created(unit: Unit, message: Message, *, after: Step) -> None:
    """Tell that a message was made, with its first status."""
    who, sid, now = message.account_sid, message.sid, message.date_created
    events.note(unit, "message.created", account_sid=who, sid=sid, now=now, detail=message.status, after=after)


def note(unit: Unit, message: Message, status: Status, now: int, error_code: int | None = None, *, after: Step) -> None:
    """Tell that a message got a status."""
    who, detail = message.account_sid, status if error_code is None else f"{status} {error_code}"
    events.note(unit, "message.updated", account_sid=who, sid=message.sid, now=now, detail=detail, after=after)


async def of(database: Database, message: Message) -> History:
    """The history of a message."""
    changes = [_change(line) for line in await events.about(database, message.sid, most=MOST)]
    is_complete = bool(changes) and changes[0].status == _first(message)
    if not is_complete:
        changes = _remembered(message, changes)
    return History(message, changes, is_complete, await database.all(_REPLIES, sid=message.sid, most=MOST))


def _change(line: Event) -> Change:
    status, _, code = (line.detail or "").partition(" ")
    return Change(status, line.date_created, int(code) if code else None)


def _first(message: Message) -> Status:
    return "received" if message.direction == "inbound" else "queued"


def _remembered(message: Message, logged: list[Change]) -> list[Change]:
    """What the row knows, and what is left of the log."""
    known = {change.status for change in logged}
    found = [Change(_first(message), message.date_created)]
    if message.direction != "inbound" and message.date_sent is not None and "sent" not in known:
        found.append(Change("sent", message.date_sent))
    ends = [Change(message.status, _ended(message), message.error_code)] if message.status in FINAL else []
    return [*found, *logged, *(end for end in ends if end.status not in {*known, _first(message)})]


def _ended(message: Message) -> int | None:
    """When the message got its last status; None if it may have been changed since in another way."""
    is_redacted = not message.body and not message.num_media
    return None if is_redacted or message.feedback is not None else message.date_updated
