"""Prefixes of numbers that were pumped: somebody has codes texted to them, and nobody comes back with one.

Who earns by each text that a network delivers has an app text thousands of numbers in a row. So texts to numbers that
begin alike are counted; where too many in a short time bring nobody back, the prefix is blocked for half a day.
https://www.twilio.com/docs/verify/preventing-toll-fraud/sms-fraud-guard
"""

from typing import Literal

import msgspec
from sqlalchemy import Column, Index, Integer, Table, exists, update

from offhook.kit.clock import HOUR, MINUTE
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

BLOCK = "VB"  # ours: one prefix that is blocked
LOOKS_BACK, LASTS = 10 * MINUTE, 12 * HOUR
MOST_UNVERIFIED = 20  # in a prefix while one looks back
OWN_DIGITS = 4  # the last ones of a number, which its prefix has not
Guard = Literal["block", "monitor", "off"]

blocks = Table(
    "verify_blocks",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("prefix"),
    text("guard"),
    Column("refused", Integer, nullable=False),
    instant("date_created"),
    instant("until"),
    Index("verify_blocks_by_prefix", "account_sid", "prefix", "until"),
    Index("verify_blocks_by_account", "account_sid", "seq"),
)
_c = blocks.c


class Block(msgspec.Struct):
    """One blocked prefix; times in UTC microseconds. With the guard "monitor" nothing is refused."""

    seq: int
    sid: str
    account_sid: str
    prefix: str
    guard: Guard
    refused: int  # requests
    date_created: int
    until: int


_IN_FORCE = (_c.account_sid == given("account_sid"), _c.prefix == given("prefix"), _c.until > given("now"))
_INSERT = Statement.insert_unless(blocks, exists().where(*_IN_FORCE))
_LAST = Query(
    reading(blocks, Block)
    .where(_c.account_sid == given("account_sid"), _c.prefix == given("prefix"))
    .order_by(_c.until.desc())
    .limit(1),
    Block,
)
_REFUSE = Statement(update(blocks).where(_c.sid == given("of_sid")).values(refused=_c.refused + 1))
_LIFT = Statement(
    update(blocks)
    .where(_c.account_sid == given("account_sid"), _c.sid == given("of_sid"), _c.until > given("now"))
    .values(until=given("now"))
)


def prefix_of(number: str) -> str:
    """The numbers that are looked at together: all but the last digits."""
    return number[:-OWN_DIGITS]


def add(unit: Unit, made: Block, now: int) -> Step:
    """Block a prefix, unless it is."""
    return unit.add(_INSERT, {**msgspec.structs.asdict(made), "now": now})


def refuse(unit: Unit, known: Block) -> None:
    """Count a request that was refused."""
    unit.add(_REFUSE, {"of_sid": known.sid})


def lift(unit: Unit, account_sid: str, sid: str, now: int) -> Step:
    """End a block."""
    return unit.add(_LIFT, {"account_sid": account_sid, "of_sid": sid, "now": now})


async def last(database: Database, account_sid: str, prefix: str) -> Block | None:
    """The last block of a prefix, whether it is in force or over."""
    return await database.first(_LAST, account_sid=account_sid, prefix=prefix)


async def page(database: Database, account_sid: str, request: PageRequest) -> Page[Block]:
    """The account's blocks, those that are over too, newest first."""
    clause = reading(blocks, Block).where(_c.account_sid == account_sid)
    return await read_page(database, clause, blocks, Block, request)
