"""Replying: what an app's documents say is to be sent becomes messages of ours.

Nothing is sent before the conversation with the app is over: then all of it is written in one unit with the note that
the text was answered. The one exception is a `<Message>` with an `action`: the app is to hear that the message is
queued, so everything up to it is written first. Its SID follows from the text that is answered; when a crash makes the
webhook be asked again, the same SID shows that this part has been done.
"""

import hashlib
from dataclasses import dataclass, field

from offhook.carriers import MOST_FILES
from offhook.kit.phone import is_alphanumeric_sender, normalise
from offhook.kit.sids import DIGITS, MESSAGE, MMS
from offhook.products.messaging import store
from offhook.products.messaging.accepting import Accepting, Draft, check_route
from offhook.products.messaging.cookies import Cookies
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import Sending
from offhook.protocols import twiml
from offhook.protocols.twiml import messaging as documents
from offhook.protocols.twiml.urls import resolve
from offhook.storage import Database, Step, StorageError, Unit
from offhook.web import ApiError
from offhook.webhooks import Alert, Alerts


@dataclass
class Reply:
    """What is to be said to one text, as far as it is known and not written yet."""

    message: Message  # the text that is answered
    status_callback: str | None = None  # for messages that name none
    drafts: list[Draft] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    parts: int = 0  # that were written already

    def warn(self, code: int, text: str) -> None:
        """Part of what the app said is not done."""
        message = self.message
        self.alerts.append(Alert(message.account_sid, code, text, message.sid, log_level="warning"))


class Replying:
    """Turns documents' messages into messages."""

    def __init__(self, database: Database, accepting: Accepting, sending: Sending, alerts: Alerts) -> None:
        self._database = database
        self._accepting = accepting
        self._sending = sending
        self._alerts = alerts

    async def add(self, reply: Reply, said: documents.Message, url: str) -> bool:
        """Add a message that the document at `url` asks for; False, with an alert, when it cannot be sent."""
        message = reply.message
        to = normalise(said.to, "US") if said.to else message.from_
        from_ = await self._sender(reply, said.from_) if said.from_ else message.to
        if to is None:
            reply.warn(14101, f"{said.to!r} is not a phone number: no message sent")
        media = _media(reply, said, url)
        if to is None or from_ is None or not (said.body or media):
            return False
        if is_alphanumeric_sender(to):
            reply.warn(14101, f"{to} is a name, and nobody can text it: no message sent")
            return False
        if from_ == to:
            reply.warn(21266, f"{to} cannot text itself: no message sent")
            return False
        if not await self._may_be_sent(reply, from_, to):
            return False
        if await store.has_opted_out(self._database, from_, to):
            reply.warn(21610, f"{to} replied STOP: no message sent")
            return False
        callback = _callback(reply, said, url)
        draft = Draft(from_, to, said.body or "", callback, media_urls=media, in_reply_to=message.sid)
        reply.drafts.append(draft)
        return True

    async def queue(self, reply: Reply) -> str:
        """Write what is to be said so far, now; returns the SID of the last message."""
        reply.parts += 1
        unit = Unit()
        sid = _sid_of(reply)
        self._write(unit, reply, last=sid)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise  # a conflict says that this part was written before a crash
        reply.drafts.clear()
        reply.alerts.clear()
        return sid

    async def finish(self, reply: Reply, cookies: Cookies) -> None:
        """Write all that is left, with the note that the text is answered; nothing if somebody else has answered it."""
        unit = Unit()
        finished = store.finish(unit, reply.message)
        self._write(unit, reply, after=finished)
        cookies.save(unit, finished)
        await self._database.commit(unit)
        if not finished.changed and await self._is_deleted(reply.message):
            unit = Unit()
            reply.alerts.clear()
            self._write(unit, reply)
            await self._database.commit(unit)

    def _write(self, unit: Unit, reply: Reply, *, after: Step | None = None, last: str | None = None) -> None:
        account_sid = reply.message.account_sid
        for draft in reply.drafts:
            sid = last if draft is reply.drafts[-1] else None
            self._sending.accept(unit, account_sid, draft, direction="outbound-reply", sid=sid, after=after)
        for alert in reply.alerts:
            self._alerts.add(unit, alert, after)

    async def _is_deleted(self, message: Message) -> bool:
        """An app may delete a text while it is asked what to say to it."""
        return await store.by_sid(self._database, message.account_sid, message.sid) is None

    async def _may_be_sent(self, reply: Reply, from_: str, to: str) -> bool:
        try:
            await self._accepting.check_destination(reply.message.account_sid, to)
            check_route(from_, to)
        except ApiError as problem:
            reply.warn(problem.code, f"{problem.message} No message sent")
            return False
        return True

    async def _sender(self, reply: Reply, from_: str) -> str | None:
        try:
            return await self._accepting.sender(reply.message.account_sid, from_)
        except ApiError as problem:
            reply.warn(14102, f"{problem.message} No message sent")
            return None


def _sid_of(reply: Reply) -> str:
    """The SID of the message that ends this part; always the same one."""
    digest = hashlib.sha256(f"{reply.message.sid} {reply.parts}".encode()).hexdigest()
    return (MMS if reply.drafts[-1].media_urls else MESSAGE) + digest[:DIGITS]


def _callback(reply: Reply, said: documents.Message, url: str) -> str | None:
    """The absolute URL that hears what becomes of a message, or None."""
    if not said.status_callback:
        return reply.status_callback
    try:
        return resolve(url, said.status_callback)
    except twiml.TwimlError as problem:
        reply.warn(problem.code, problem.message)
        return None


def _media(reply: Reply, said: documents.Message, url: str) -> tuple[str, ...]:
    """The absolute URLs of a message's files; what is no URL, or too many, is left out with an alert."""
    found = []
    for reference in said.media[:MOST_FILES]:
        try:
            found.append(resolve(url, reference))
        except twiml.TwimlError as problem:
            reply.warn(21620, problem.message)
    if len(said.media) > MOST_FILES:
        reply.warn(21623, f"<Message> has more than {MOST_FILES} <Media>: the others were left out")
    return tuple(found)
