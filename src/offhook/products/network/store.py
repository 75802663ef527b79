"""All SQL of the network's people and of the virtual clock."""

import msgspec
from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint, delete

from offhook.products.network.text import HandsetText
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Statement,
    Step,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

handset_messages = Table(
    "handset_messages",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("address"),
    text("direction"),
    text("from_"),
    text("to"),
    text("body"),
    text("message_sid", nullable=True),
    text("attempt"),
    instant("date_created"),
    UniqueConstraint("attempt", "address", "direction", name="handset_messages_once"),
    Index("handset_messages_by_address", "address", "seq"),
)
_c = handset_messages.c

virtual_clock = Table("virtual_clock", metadata, Column("id", Integer, primary_key=True), instant("now"))

_INSERT = Statement.insert(handset_messages)
_NOW = Query(virtual_clock.select().with_only_columns(virtual_clock.c.now), int)
_FORGET_NOW = Statement(delete(virtual_clock))
_KEEP_NOW = Statement(virtual_clock.insert().values(id=1, now=given("now")).inline())


def add(unit: Unit, shown: HandsetText) -> Step:
    """Show a text on a phone. The unit fails with StorageError("conflict") when this attempt is there already."""
    return unit.add(_INSERT, msgspec.structs.asdict(shown))


async def page(database: Database, address: str, request: PageRequest) -> Page[HandsetText]:
    """What a phone shows, oldest first."""
    clause = reading(handset_messages, HandsetText).where(_c.address == address)
    return await read_page(database, clause, handset_messages, HandsetText, request, oldest_first=True)


async def virtual_now(database: Database) -> int | None:
    """Where the virtual clock stood when it was last moved."""
    return await database.first(_NOW)


def keep_virtual_now(unit: Unit, now: int) -> None:
    """Remember where the virtual clock stands."""
    unit.add(_FORGET_NOW, {})
    unit.add(_KEEP_NOW, {"now": now})
