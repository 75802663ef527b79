"""The people's mailboxes: every email address has one on the simulated network, seen by the first account."""

import re
from typing import Any

import msgspec
from sqlalchemy import Index, Table

from offhook.carriers import Mail
from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Statement,
    StorageError,
    Unit,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)
from offhook.web import ApiError

MAIL = "EL"  # ours: one email in a mailbox
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,190}")

mailbox_messages = Table(
    "mailbox_messages",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("attempt", unique=True),
    text("address"),
    text("from_"),
    text("from_name"),
    text("subject"),
    text("body"),
    instant("date_created"),
    Index("mailbox_messages_by_address", "address", "seq"),
)
_INSERT = Statement.insert(mailbox_messages)


class MailboxMessage(msgspec.Struct):
    """One email as a mailbox shows it; time in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    attempt: str
    address: str
    from_: str
    from_name: str
    subject: str
    body: str
    date_created: int


class Mailboxes:
    """Implements `MailCarrier`: what is sent arrives at once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def send(self, mail: Mail) -> None:
        """Show an email in the mailbox of its recipient. The same attempt is shown once."""
        unit, now = Unit(), self._clock.now()
        shown = MailboxMessage(
            seq=0,
            sid=new_sid(MAIL),
            account_sid=mail.account_sid,
            attempt=mail.attempt,
            address=known_mailbox(mail.to),
            from_=mail.from_,
            from_name=mail.from_name,
            subject=mail.subject,
            body=mail.text,
            date_created=now,
        )
        unit.add(_INSERT, msgspec.structs.asdict(shown))
        whose, where = mail.account_sid, shown.address
        events.note(unit, "mailbox-message.created", account_sid=whose, sid=shown.sid, now=now, detail=where)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise

    async def page(self, address: str, request: PageRequest) -> Page[MailboxMessage]:
        """What a mailbox shows, oldest first. Raises ApiError 21211 for what is no address."""
        clause: Any = reading(mailbox_messages, MailboxMessage)
        clause = clause.where(mailbox_messages.c.address == known_mailbox(address))
        return await read_page(self._database, clause, mailbox_messages, MailboxMessage, request, oldest_first=True)


def known_mailbox(text: str) -> str:
    """An email address; capitals make no other mailbox. Raises ApiError 21211."""
    if not _ADDRESS.fullmatch(text):
        raise ApiError(21211, f"Invalid mailbox address: {text} (name@example.com)")
    return text.lower()
