"""Traffic: how many messages there were, minute by minute or hour by hour.

Nothing is counted beforehand. How many came in and went out in a period stands in the index of an account's messages,
which has their direction, and those that did not arrive have an index of their own, empty as a rule. So only entries of
these indexes are read, and only the period's. Messages count where they were made, whenever they were sent or failed.
"""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, case, func, literal_column, select

from offhook.kit.clock import DAY, HOUR, MINUTE
from offhook.products.messaging.store import UNDONE, messages
from offhook.storage import Database, Query, given

PERIODS = {MINUTE: HOUR, HOUR: DAY}  # by the interval that is counted, how far back it goes
MOST_ACCOUNTS = 500  # in one query
_c = messages.c
_NEXT_ACCOUNT = Query(select(func.min(_c.account_sid)).where(_c.account_sid > given("after")), lambda sid: sid)


class Counts(msgspec.Struct):
    """One interval, from `begin` on in UTC microseconds. What was called off counts nowhere."""

    begin: int
    sent: int = 0
    received: int = 0
    failed: int = 0


class Traffic(msgspec.Struct, frozen=True):
    """The intervals in order, the last one being the current; of one account, or (None) of all."""

    account_sid: str | None
    interval: int  # microseconds
    counts: list[Counts]


async def traffic(database: Database, account_sid: str | None, interval: int, now: int) -> Traffic:
    """Count the messages of the last hour (where `interval` is a minute) or day (an hour)."""
    last, many = now // interval, PERIODS[interval] // interval
    found = {slot: Counts(slot * interval) for slot in range(last - many + 1, last + 1)}
    accounts = [account_sid] if account_sid is not None else await _accounts(database)
    for start in range(0, len(accounts), MOST_ACCOUNTS):
        await _count(database, accounts[start : start + MOST_ACCOUNTS], interval, found)
    return Traffic(account_sid, interval, list(found.values()))


async def _accounts(database: Database) -> list[str]:
    """Every account that has messages: from each the index leads to the next."""
    found: list[str] = []
    while (following := await database.first(_NEXT_ACCOUNT, after=found[-1] if found else "")) is not None:
        found.append(following)
    return found


async def _count(database: Database, accounts: list[str], interval: int, found: dict[int, Counts]) -> None:
    slot: ColumnElement[Any] = _c.date_created // interval
    its = (_c.account_sid.in_(accounts), _c.date_created >= min(found) * interval)
    inbound = func.sum(case((_c.direction == "inbound", 1), else_=0))
    made = select(slot, func.count(), inbound).where(*its).group_by(slot)
    for place, count, came_in in await database.all(Query(made, _row)):
        if counts := found.get(place):
            counts.received += int(came_in)
            counts.sent += count - int(came_in)
    undone = select(slot, _c.status, func.count()).where(*its, literal_column(UNDONE)).group_by(slot, _c.status)
    for place, status, count in await database.all(Query(undone, _row)):
        if counts := found.get(place):
            counts.sent -= count
            counts.failed += count if status != "canceled" else 0


def _row(*values: Any) -> tuple[Any, ...]:
    return values
