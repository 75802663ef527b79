"""What may be done to a message afterwards: take its text out, call it off, delete it.

https://www.twilio.com/docs/messaging/api/message-resource#update-a-message-resource
"""

from offhook import exchanges
from offhook.exchanges import events
from offhook.products.messaging import errors, media_store, store
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.message import FINAL, Message
from offhook.products.messaging.sending import Sending
from offhook.storage import Database, Unit


class Changing:
    """Changes messages on their owner's behalf."""

    def __init__(self, database: Database, sending: Sending, attaching: Attaching) -> None:
        self._database = database
        self._sending = sending
        self._attaching = attaching

    async def redact(self, message: Message, now: int) -> None:
        """Take the text out of a message that is done with, and out of what was said about it.

        A reply was also said in the app's answer to the text. Raises ApiError 20009 while it is not done with.
        """
        unit = Unit()
        store.redact(unit, message.account_sid, message.sid, now, otherwise=errors.not_final(message.sid))
        exchanges.redact(unit, message.sid)
        if message.in_reply_to:
            exchanges.redact(unit, message.in_reply_to, answers_only=True)
        events.note(unit, "message.updated", account_sid=message.account_sid, sid=message.sid, now=now)
        await self._database.commit(unit)

    async def cancel(self, message: Message) -> None:
        """Call off a message that has not left. Raises ApiError 30409 when it is too late."""
        unit = Unit()
        self._sending.change(unit, message, "canceled", otherwise=errors.too_late(message.sid))
        await self._database.commit(unit)

    async def delete(self, message: Message, now: int) -> None:
        """Delete a message that is done with. Raises ApiError 20009 while it is not."""
        if message.status not in FINAL:
            raise errors.not_final(message.sid)
        files = await media_store.of_message(self._database, message.account_sid, message.sid)
        unit = Unit()
        store.delete_message(unit, message.account_sid, message.sid)
        events.note(unit, "message.deleted", account_sid=message.account_sid, sid=message.sid, now=now)
        await self._database.commit(unit)
        await self._attaching.delete(files)

    async def give_feedback(self, message: Message, outcome: str, now: int) -> None:
        """Keep what the app says of a message: whether the person did what it was sent for."""
        unit = Unit()
        store.give_feedback(unit, message.account_sid, message.sid, outcome, now)
        await self._database.commit(unit)
