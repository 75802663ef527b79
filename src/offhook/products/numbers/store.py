"""All SQL of numbers."""

from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Index, Table, delete, update

from offhook.products.numbers.number import PhoneNumber
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Statement,
    Unit,
    given,
    instant,
    metadata,
    read_page,
    reading,
    seq,
    text,
)

phone_numbers = Table(
    "phone_numbers",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("phone_number", unique=True),
    text("friendly_name"),
    instant("date_created"),
    instant("date_updated"),
    text("sms_url", nullable=True),
    text("sms_method"),
    text("sms_fallback_url", nullable=True),
    text("sms_fallback_method"),
    text("sms_application_sid", nullable=True),
    text("voice_url", nullable=True),
    text("voice_method"),
    text("voice_fallback_url", nullable=True),
    text("voice_fallback_method"),
    text("voice_application_sid", nullable=True),
    Column("voice_caller_id_lookup", Boolean, nullable=False),
    text("status_callback", nullable=True),
    text("status_callback_method"),
    Index("phone_numbers_by_account", "account_sid", "seq"),
)

_c = phone_numbers.c
_INSERT = Statement.insert(phone_numbers)
_DELETE = Statement(delete(phone_numbers).where(_c.account_sid == given("account_sid"), _c.sid == given("sid")))
_READING = reading(phone_numbers, PhoneNumber)
_BY_NUMBER = Query(_READING.where(_c.phone_number == given("phone_number")), PhoneNumber)
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), PhoneNumber)


def add(unit: Unit, number: PhoneNumber) -> None:
    """Keep a number. The unit fails with StorageError("conflict") when somebody owns it."""
    unit.add(_INSERT, msgspec.structs.asdict(number))


def change(unit: Unit, number: PhoneNumber, changes: dict[str, Any], now: int) -> None:
    """Set some fields of a number."""
    values = {name: given(f"new_{name}") for name in changes}
    clause = update(phone_numbers).where(_c.sid == given("sid")).values({**values, "date_updated": given("now")})
    unit.add(Statement(clause), {**{f"new_{n}": v for n, v in changes.items()}, "sid": number.sid, "now": now})


def remove(unit: Unit, account_sid: str, sid: str) -> None:
    """Give a number back."""
    unit.add(_DELETE, {"account_sid": account_sid, "sid": sid})


async def by_number(database: Database, phone_number: str) -> PhoneNumber | None:
    """The number as somebody owns it."""
    return await database.first(_BY_NUMBER, phone_number=phone_number)


async def by_sid(database: Database, account_sid: str, sid: str) -> PhoneNumber | None:
    """The account's number with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def taken(database: Database, prefix: str) -> set[str]:
    """The owned numbers that begin with `prefix`."""
    query = Query(_READING.where(_c.phone_number.startswith(prefix)), PhoneNumber)
    return {number.phone_number for number in await database.all(query)}


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    phone_number: str | None,
    friendly_name: str | None,
) -> Page[PhoneNumber]:
    """The account's numbers, newest first; `phone_number` is a part of the number, `*` standing for any digits."""
    clause = _READING.where(_c.account_sid == account_sid)
    if phone_number is not None:
        clause = clause.where(_c.phone_number.like(_pattern(phone_number), escape="\\"))
    if friendly_name is not None:
        clause = clause.where(_c.friendly_name == friendly_name)
    return await read_page(database, clause, phone_numbers, PhoneNumber, request)


def _pattern(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped.replace('*', '%')}%"
