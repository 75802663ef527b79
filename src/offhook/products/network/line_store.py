"""All SQL of what is known of phones' lines."""

import msgspec
from sqlalchemy import Table, delete

from offhook.carriers import LineFacts
from offhook.storage import Database, Query, Statement, Step, Unit, given, metadata, reading, seq, text

handset_lines = Table(
    "handset_lines",
    metadata,
    seq(),
    text("address", unique=True),
    text("facts"),  # a LineFacts as JSON
)


class Row(msgspec.Struct):
    """One line as it is kept."""

    address: str
    facts: str


_THIS = handset_lines.c.address == given("address")
_OF = Query(reading(handset_lines, Row).where(_THIS), Row)
_SET = Statement.insert(handset_lines)
_FORGET = Statement(delete(handset_lines).where(_THIS))


async def of(database: Database, address: str) -> LineFacts:
    """What was set for the line of a phone; nothing, if nothing was."""
    row = await database.first(_OF, address=address)
    return LineFacts() if row is None else msgspec.json.decode(row.facts, type=LineFacts)


def keep(unit: Unit, address: str, facts: LineFacts) -> None:
    """Set what is known of a line."""
    forget(unit, address)
    unit.add(_SET, {"address": address, "facts": msgspec.json.encode(facts).decode()})


def forget(unit: Unit, address: str) -> Step:
    """Nothing was set of a line any more."""
    return unit.add(_FORGET, {"address": address})
