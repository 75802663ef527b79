"""/2010-04-01/Accounts/{account_sid}/Messages/{message_sid}/Feedback: whether a message did what it was for.

https://www.twilio.com/docs/messaging/api/message-feedback-resource
"""

from typing import Literal

import msgspec

from offhook.products.messaging.message import Message
from offhook.products.messaging.service import Messaging
from offhook.web import API_2010, Call, Resource, rfc2822


class FeedbackView(msgspec.Struct):
    """Twilio's message Feedback."""

    account_sid: str
    message_sid: str
    outcome: str | None
    date_created: str | None
    date_updated: str | None
    uri: str


def view(message: Message, _call: Call) -> FeedbackView:
    """What was said of the message."""
    return FeedbackView(
        account_sid=message.account_sid,
        message_sid=message.sid,
        outcome=message.feedback,
        date_created=rfc2822(message.date_created),
        date_updated=rfc2822(message.date_updated),
        uri=f"/2010-04-01/Accounts/{message.account_sid}/Messages/{message.sid}/Feedback.json",
    )


PATH = "/2010-04-01/Accounts/{account_sid}/Messages/{sid}/Feedback"
feedback = Resource("api", PATH, API_2010, view, statuses={"create": 200})


@feedback.create
async def create(
    messaging: Messaging, call: Call, sid: str, *, outcome: Literal["confirmed", "unconfirmed"] = "confirmed"
) -> Message | None:
    """Say whether the person did what the message was for."""
    call.resource_sid = sid
    message = await messaging.fetch(call.account_sid, sid)
    if message is None:
        return None
    await messaging.changing.give_feedback(message, outcome, call.now)
    return await messaging.fetch(call.account_sid, sid)
