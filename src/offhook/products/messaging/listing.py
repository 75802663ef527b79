"""All SQL of the list of messages, which finds a page among millions without looking at more than a few thousand.

The list is in the order in which messages were made, and so are the indexes: an account's, those from a number and
those to a number. Dates are asked for as messages were *sent*, which is a little later, never earlier. So a period is
looked up by the dates at which messages were made, beginning LATE before it, and what was not sent in it is passed
over. What was made earlier still and waited longer (because a carrier was away, say) is in an index of its own, empty
as a rule; it comes after all the others.

Of two numbers the quicker one finds the messages. A person has few, and one of ours may have nearly all; only counting
tells.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.sql.selectable import Select

from offhook.products.messaging.message import Message
from offhook.products.messaging.store import LATE, messages
from offhook.storage import Database, Page, PageRequest, Period, Query, among, given, read_page, reading, unsearched

FEW = 1_000  # messages that can be looked at one by one
_c, _l = messages.c, messages.alias("late").c
_READING = reading(messages, Message)
_FROM = select(_c.seq).where(_c.account_sid == given("account_sid"), _c.from_ == given("from_")).limit(FEW)
_HOW_MANY = Query(select(func.count()).select_from(_FROM.subquery()), int)
Conditions = list[ColumnElement[bool]]


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    from_: str | None,
    to: str | None,
    since: int | None,
    until: int | None,
) -> Page[Message]:
    """The account's messages, newest first; `since` and `until` bound the date they were sent."""
    numbers = await _numbers(database, account_sid, from_, to)
    clause = _READING.where(_c.account_sid == account_sid, *numbers, *_sent(_c.date_sent, since, until))
    if since is None or (request.number and request.begins_anywhere):
        made, late = Period(_c.date_created, until=until), None
    else:
        made = Period(_c.date_created, since - LATE, until)
        late = _READING.where(among(_c.seq, _late(account_sid, since, until, since - LATE)), *numbers)
    return await read_page(database, clause, messages, Message, request, by=made, then=late)


async def _numbers(database: Database, account_sid: str, from_: str | None, to: str | None) -> Conditions:
    """The conditions for sender and recipient."""
    if from_ is None or to is None:
        return [column == number for column, number in ((_c.from_, from_), (_c.to, to)) if number is not None]
    few = await database.first(_HOW_MANY, account_sid=account_sid, from_=from_)
    return [_c.from_ == from_, (unsearched(_c.to) if few != FEW else _c.to) == to]


def _sent(column: ColumnElement[int], since: int | None, until: int | None) -> Conditions:
    found: Conditions = [] if since is None else [column >= since]
    return found if until is None else [*found, column <= until]


def _late(account_sid: str, since: int | None, until: int | None, made_before: int) -> Select[Any]:
    """Those that were sent in a period and made before it, so that they must have waited."""
    sent = _sent(_l.date_sent, since, until)
    waited_long = _l.date_sent > _l.date_created + literal_column(str(LATE))  # word for word the condition of an index
    return select(_l.seq).where(_l.account_sid == account_sid, waited_long, *sent, _l.date_created < made_before)
