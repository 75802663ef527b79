"""Looking for messages by what no index knows: what became of them, which way they went, what they say.

Twilio's list has no such filters; this is a list of our own, for people. An account's messages, or those from a number
or to one, are looked through in the order of the list, so many for a page and no more. So a page may have fewer than it
could although others follow.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement

from offhook.products.messaging.message import Direction, Message, Status
from offhook.products.messaging.store import messages
from offhook.storage import Database, Page, PageRequest, Period, reading, search_page

LOOKED_THROUGH = 2_000  # messages, for a page
INDEXED = ("from_", "to")  # each in an index of its own; of both, the first one says what is looked through
_c = messages.c
_READING = reading(messages, Message)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the messages have in common; `text` is a part of the body, in any case (SQLite knows that of ASCII only).

    `since` and `until`, both included, bound when they were made, in UTC microseconds.
    """

    from_: str | None = None
    to: str | None = None
    status: Status | None = None
    direction: Direction | None = None
    text: str | None = None
    since: int | None = None
    until: int | None = None


async def page(database: Database, account_sid: str, request: PageRequest, wanted: Wanted) -> Page[Message]:
    """The account's messages for which all of it is so, newest first."""
    through = _READING.where(_c.account_sid == account_sid, *_equal(wanted, INDEXED)[:1])
    clause = through.where(*_equal(wanted, (*INDEXED, "status", "direction")))
    if wanted.text is not None:
        clause = clause.where(_c.body.icontains(wanted.text, autoescape=True))
    made = Period(_c.date_created, wanted.since, wanted.until)
    return await search_page(
        database, clause, messages, Message, request, by=made, through=through, most=LOOKED_THROUGH
    )


def _equal(wanted: Wanted, names: Iterable[str]) -> list[ColumnElement[bool]]:
    return [_c[name] == value for name in names if (value := getattr(wanted, name)) is not None]
