"""Texts in the simulated network's hands: durable from the moment it took them until they arrived or were lost.

A row waits until `due`; `due` is empty while the phone it is for is switched off. When it arrives, the phone's (or
our number's) copy, the delivery report and the end of the row are one unit.
"""

import msgspec
from sqlalchemy import Column, Index, Integer, Table, delete, null, select, update

from offhook.carriers.port import Media
from offhook.carriers.simulator.behaviour import Outcome
from offhook.storage import (
    Claims,
    Database,
    Query,
    Statement,
    Unit,
    database_now,
    given,
    instant,
    metadata,
    seq,
    text,
)

transit = Table(
    "simulated_texts",
    metadata,
    seq(),
    text("attempt", unique=True),
    text("account_sid"),
    text("message_sid"),
    text("from_"),
    text("to"),
    text("body"),
    text("media"),
    text("outcome"),
    Column("error_code", Integer),
    Column("repeats", Integer, nullable=False),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Index("simulated_texts_by_due", "due", "seq"),
    Index("simulated_texts_by_recipient", "to", "seq"),
)
_c = transit.c


class TextInTransit(msgspec.Struct):
    """A text on its way; `repeats` is how many times too often its report will be given."""

    seq: int
    attempt: str
    account_sid: str
    message_sid: str
    from_: str
    to: str
    body: str
    media: str  # JSON, a list of the port's Media
    outcome: Outcome
    error_code: int | None
    repeats: int
    due: int | None

    def files(self) -> tuple[Media, ...]:
        """The files that it carries."""
        return msgspec.json.decode(self.media, type=tuple[Media, ...])


claims = Claims(transit, TextInTransit)
_INSERT = Statement.insert(transit, lease=database_now() + given("hold"))
_DELETE = Statement(delete(transit).where(_c.attempt == given("attempt")))
_HELD = _c.due.is_(None)
_LET_GO = Statement(update(transit).where(_c.to == given("to"), _HELD).values(due=given("now"), lease=null()))
_HELD_FOR = Query(select(_c.to).where(_HELD).distinct(), str)
_CARRIES = Query(select(_c.seq).where(_c.media.contains(given("digest"))).limit(1), int)


def add(unit: Unit, held: TextInTransit, hold: int) -> None:
    """Keep a text, leased for `hold`."""
    unit.add(_INSERT, {**msgspec.structs.asdict(held), "hold": hold})


def forget(unit: Unit, arrived: TextInTransit) -> None:
    """The text arrived, or was lost for good."""
    unit.add(_DELETE, {"attempt": arrived.attempt})


def let_go(unit: Unit, address: str, now: int) -> None:
    """A phone is on again: what was held for it is due."""
    unit.add(_LET_GO, {"to": address, "now": now})


async def held_for(database: Database) -> list[str]:
    """The addresses of the phones that texts are held for."""
    return await database.all(_HELD_FOR)


async def carries(database: Database, digest: str) -> bool:
    """Whether a text on its way has the file with these bytes."""
    return await database.first(_CARRIES, digest=digest) is not None
