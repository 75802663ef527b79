"""The log of what happened: a line for each change that a person who watches would want to see at once.

A product adds the line to the unit that makes the change (`note`), so there is a line exactly if there was a change,
and nobody can see the line before the change is durable. A line says which thing changed, and in a word what became of
it where that is worth knowing; who reads it fetches that thing. `feed` reads the log for everybody who watches.

    message.created  message.updated  message.deleted    handset-message.created
    handset-call.created  handset-call.updated
    call.created  call.updated  call.step    recording.created  recording.updated  recording.deleted
    phone-number.created  phone-number.updated  phone-number.deleted
    application.created  application.updated  application.deleted    queue.created  queue.updated  queue.deleted
    conference.created  conference.updated
    key.created  key.updated  key.deleted    account.created  account.updated
    verification.created  verification.updated    mailbox-message.created
    exchange.created    alert.created    clock.updated

The `detail` of a message's line is the status that it got, with the number of the error if there was one (`delivered`,
`undelivered 30003`); of a text or a call on a phone, the phone's address. A call's, recording's and conference's lines
have its status, and `call.step` what a document does next (`Say Press 1`). Other lines have none.

The log keeps the newest `KEPT` lines, or some more: it is cut when the record of exchanges is.
"""

import msgspec
from sqlalchemy import Table, delete, func, select

from offhook.storage import (
    LASTING,
    Database,
    Query,
    Statement,
    Step,
    Unit,
    given,
    instant,
    metadata,
    reading,
    seq,
    text,
)

KEPT = 100_000  # lines

events = Table(
    "events",
    metadata,
    seq(),
    text("account_sid", nullable=True),
    text("type"),
    text("sid", nullable=True),
    text("detail", nullable=True),
    instant("date_created"),
    info=LASTING,  # going back is one more thing that happens, and who watches has to hear of it
)
_c = events.c


class Event(msgspec.Struct, frozen=True):
    """One line. Without `account_sid` it is for everybody; `sid` names the thing that changed, if it has a name."""

    seq: int
    account_sid: str | None
    type: str
    sid: str | None
    date_created: int
    detail: str | None = None

    def concerns(self, account_sid: str | None) -> bool:
        """Whether an account (None: the one that owns all) is to hear of it."""
        return account_sid is None or self.account_sid is None or self.account_sid == account_sid


class Bounds(msgspec.Struct, frozen=True):
    """The first and the last line that are kept; both 0 when there is none."""

    oldest: int
    newest: int


_INSERT = Statement.insert(events)
_PRUNE = Statement(delete(events).where(_c.seq <= given("seq")))
_SINCE = Query(
    reading(events, Event)
    .where(_c.seq > given("after"), _c.seq <= given("until"))
    .order_by(_c.seq)
    .limit(given("most")),
    Event,
)
_ABOUT = Query(
    reading(events, Event).where(_c.sid == given("sid"), _c.detail.is_not(None)).order_by(_c.seq).limit(given("most")),
    Event,
)
_OLDEST = select(func.min(_c.seq)).scalar_subquery()
_NEWEST = select(func.max(_c.seq)).scalar_subquery()
_BOUNDS = Query(select(_OLDEST, _NEWEST), lambda oldest, newest: Bounds(oldest or 0, newest or 0))
LAST = 2**63 - 1  # no line comes after it


def note(
    unit: Unit,
    type: str,
    *,
    account_sid: str | None,
    sid: str | None,
    now: int,
    detail: str | None = None,
    after: Step | None = None,
) -> None:
    """Add a line to the unit that changes something, if the step `after` changes it; `now` is the product's time."""
    values = {"account_sid": account_sid, "type": type, "sid": sid, "detail": detail, "date_created": now}
    unit.log(_INSERT, values, after=after)


async def bounds(database: Database) -> Bounds:
    """How far the log reaches."""
    return await database.first(_BOUNDS) or Bounds(0, 0)


async def since(database: Database, after: int, *, until: int = LAST, most: int) -> list[Event]:
    """At most `most` lines after `after` up to `until`, oldest first."""
    return await database.all(_SINCE, after=after, until=until, most=most)


async def about(database: Database, sid: str, *, most: int) -> list[Event]:
    """At most `most` lines with a detail about one thing, oldest first.

    No index knows the SID, since that would cost every change something: the whole log is looked through, which is
    bounded. That takes some 10 ms.
    """
    return await database.all(_ABOUT, sid=sid, most=most)


async def prune(database: Database, keep: int) -> None:
    """Forget all but the newest `keep` lines."""
    newest = (await bounds(database)).newest
    if newest > keep:
        unit = Unit()
        unit.add(_PRUNE, {"seq": newest - keep})
        await database.commit(unit)


async def begin_anew(database: Database, now: int) -> None:
    """Everything may be different now: whoever watched hears that lines are missing, and looks at it all again."""
    unit = Unit()
    for _ in range(2):  # the first is the one that is missing
        note(unit, "clock.updated", account_sid=None, sid=None, now=now)
    await database.commit(unit)
    await prune(database, keep=1)
