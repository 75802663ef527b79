"""/offhook/v1/Messages/{message_sid}/History: each status that a message got, and when exactly.

The first account sees the history of every message, any other that of its own.
"""

import msgspec

from offhook.products.messaging.history import Change, History
from offhook.products.messaging.service import Messaging
from offhook.web import VERSIONED, Call, Resource, iso8601_exact


class ChangeView(msgspec.Struct):
    """A status, and when the message got it, to the microsecond; null where that is not known any more."""

    status: str
    error_code: int | None
    date_created: str | None


class HistoryView(msgspec.Struct):
    """What became of a message. `complete` is false when the beginning is forgotten; then some statuses are missing."""

    message_sid: str
    account_sid: str
    statuses: list[ChangeView]
    complete: bool
    in_reply_to: str | None
    replies: list[str]
    url: str


def view(history: History, call: Call) -> HistoryView:
    """The history as its caller sees it."""
    message = history.message
    return HistoryView(
        message_sid=message.sid,
        account_sid=message.account_sid,
        statuses=[_shown(change) for change in history.changes],
        complete=history.is_complete,
        in_reply_to=message.in_reply_to,
        replies=history.replies,
        url=f"{call.base_url}/v1/Messages/{message.sid}/History",
    )


histories = Resource("offhook", "/v1/Messages/{message_sid}/History", VERSIONED, view, alone=True)


@histories.fetch
async def fetch(messaging: Messaging, call: Call, message_sid: str) -> History | None:
    """Each status that a message got, and when; the text that it answers, and the replies to it."""
    return await messaging.history(None if call.identity.owns_all else call.account_sid, message_sid)


def _shown(change: Change) -> ChangeView:
    return ChangeView(status=change.status, error_code=change.error_code, date_created=iso8601_exact(change.at))
