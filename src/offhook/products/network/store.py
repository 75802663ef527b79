"""All SQL of the network's people and of the virtual clock, but for the list of phones."""

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, Table, UniqueConstraint, delete, select

from offhook.products.network.rule import Rule
from offhook.products.network.text import HandsetText
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Period,
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
    text("media"),
    UniqueConstraint("attempt", "address", "direction", name="handset_messages_once"),
    Index("handset_messages_by_address", "address", "date_created", "seq"),
)
_c = handset_messages.c

behaviours = Table(
    "handset_behaviours",
    metadata,
    seq(),
    text("pattern", unique=True),
    text("outcome"),
    Column("error_code", Integer),
    Column("delay", BigInteger, nullable=False),
    Column("is_off", Boolean, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("too_early", Boolean, nullable=False),
    Column("fault_rate", Float, nullable=False),
    Column("seed", BigInteger, nullable=False),
    text("line", nullable=True),
    text("answers"),
    Column("answer_delay", BigInteger),
    text("greeting"),
)

virtual_clock = Table("virtual_clock", metadata, Column("id", Integer, primary_key=True), instant("now"))

_INSERT = Statement.insert(handset_messages)
_LAST_TEXT = Query(
    select(_c.date_created)
    .where(_c.address == given("address"))
    .order_by(_c.date_created.desc(), _c.seq.desc())
    .limit(1),
    int,
)
_SHOWS = Query(select(_c.seq).where(_c.media.contains(given("digest"))).limit(1), int)
_RULES = Query(reading(behaviours, Rule).order_by(behaviours.c.seq), Rule)
_SET_RULE = Statement.insert(behaviours)
_DROP_RULE = Statement(delete(behaviours).where(behaviours.c.pattern == given("pattern")))
_NOW = Query(virtual_clock.select().with_only_columns(virtual_clock.c.now), int)
_FORGET_NOW = Statement(delete(virtual_clock))
_KEEP_NOW = Statement(virtual_clock.insert().values(id=1, now=given("now")).inline())


def add(unit: Unit, shown: HandsetText) -> Step:
    """Show a text on a phone. The unit fails with StorageError("conflict") when this attempt is there already."""
    return unit.add(_INSERT, msgspec.structs.asdict(shown))


async def page(
    database: Database, address: str, request: PageRequest, *, oldest_first: bool = True
) -> Page[HandsetText]:
    """What a phone shows, oldest first unless asked for the other way round."""
    clause = reading(handset_messages, HandsetText).where(_c.address == address)
    shown = Period(_c.date_created)
    return await read_page(
        database, clause, handset_messages, HandsetText, request, by=shown, oldest_first=oldest_first
    )


async def last_text(database: Database, address: str) -> int | None:
    """When a phone got or sent its last text."""
    return await database.first(_LAST_TEXT, address=address)


async def shows(database: Database, digest: str) -> bool:
    """Whether some phone shows the file with these bytes."""
    return await database.first(_SHOWS, digest=digest) is not None


async def rules(database: Database) -> list[Rule]:
    """Every behaviour that was set."""
    return await database.all(_RULES)


def set_rule(unit: Unit, rule: Rule) -> None:
    """Set how a phone, or every phone whose number begins alike, behaves."""
    unit.add(_DROP_RULE, {"pattern": rule.pattern})
    unit.add(_SET_RULE, msgspec.structs.asdict(rule))


def drop_rule(unit: Unit, pattern: str) -> None:
    """Behave as phones do by default again."""
    unit.add(_DROP_RULE, {"pattern": pattern})


async def virtual_now(database: Database) -> int | None:
    """Where the virtual clock stood when it was last moved."""
    return await database.first(_NOW)


def keep_virtual_now(unit: Unit, now: int) -> None:
    """Remember where the virtual clock stands."""
    unit.add(_FORGET_NOW, {})
    unit.add(_KEEP_NOW, {"now": now})
