"""All SQL of numbers, applications, caller IDs and short codes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Index, Table, update

from offhook.products.numbers.application import Application
from offhook.products.numbers.caller_id import CallerId
from offhook.products.numbers.number import PhoneNumber
from offhook.products.numbers.short_code import ShortCode
from offhook.products.numbers.twiml_bin import TwimlBin
from offhook.storage import (
    Database,
    Page,
    PageRequest,
    Query,
    Rows,
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
    text("type"),
    text("api_version"),
    text("voice_receive_mode"),
    text("trunk_sid", nullable=True),
    text("address_sid", nullable=True),
    text("bundle_sid", nullable=True),
    text("identity_sid", nullable=True),
    text("emergency_status"),
    text("emergency_address_sid", nullable=True),
    Index("phone_numbers_by_account", "account_sid", "seq"),
    Index("phone_numbers_by_type", "account_sid", "type", "seq"),
)
applications = Table(
    "applications",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    instant("date_created"),
    instant("date_updated"),
    text("api_version"),
    text("sms_url", nullable=True),
    text("sms_method"),
    text("sms_fallback_url", nullable=True),
    text("sms_fallback_method"),
    text("sms_status_callback", nullable=True),
    text("message_status_callback", nullable=True),
    text("voice_url", nullable=True),
    text("voice_method"),
    text("voice_fallback_url", nullable=True),
    text("voice_fallback_method"),
    Column("voice_caller_id_lookup", Boolean, nullable=False),
    text("status_callback", nullable=True),
    text("status_callback_method"),
    Column("public_application_connect_enabled", Boolean, nullable=False),
    Index("applications_by_account", "account_sid", "seq"),
)
outgoing_caller_ids = Table(
    "outgoing_caller_ids",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("phone_number"),
    text("friendly_name"),
    instant("date_created"),
    instant("date_updated"),
    Index("outgoing_caller_ids_by_account", "account_sid", "seq"),
    Index("outgoing_caller_ids_once", "account_sid", "phone_number", unique=True),
)
short_codes = Table(
    "short_codes",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("short_code", unique=True),
    text("friendly_name"),
    instant("date_created"),
    instant("date_updated"),
    text("api_version"),
    text("sms_url", nullable=True),
    text("sms_method"),
    text("sms_fallback_url", nullable=True),
    text("sms_fallback_method"),
    Index("short_codes_by_account", "account_sid", "seq"),
)

twiml_bins = Table(
    "twiml_bins",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    text("twiml"),
    instant("date_created"),
    instant("date_updated"),
    Index("twiml_bins_by_account", "account_sid", "seq"),
)

kept_numbers = Rows(phone_numbers, PhoneNumber)
kept_bins = Rows(twiml_bins, TwimlBin)
_APPLICATION = Query(reading(applications, Application).where(applications.c.sid == given("sid")), Application)
_BIN = Query(reading(twiml_bins, TwimlBin).where(twiml_bins.c.sid == given("sid")), TwimlBin)
kept_applications = Rows(applications, Application)
kept_caller_ids = Rows(outgoing_caller_ids, CallerId)
kept_short_codes = Rows(short_codes, ShortCode)

_c = phone_numbers.c
_READING = reading(phone_numbers, PhoneNumber)
_BY_NUMBER = Query(
    _READING.where(_c.phone_number == given("phone_number")), PhoneNumber, small=True, keys=_c.phone_number
)
_BY_CODE = Query(
    reading(short_codes, ShortCode).where(short_codes.c.short_code == given("code")), ShortCode, small=True
)


def _without(column: str) -> Statement:
    """Take an application from the numbers of its account."""
    clause = update(phone_numbers).where(_c.account_sid == given("account_sid"), _c[column] == given("sid"))
    return Statement(clause.values({column: None}))


_WITHOUT = (_without("sms_application_sid"), _without("voice_application_sid"))


def add(unit: Unit, number: PhoneNumber) -> None:
    """Keep a number. The unit fails with StorageError("conflict") when somebody owns it."""
    kept_numbers.add(unit, number)


def change(unit: Unit, number: PhoneNumber, changes: dict[str, Any], now: int) -> None:
    """Set some fields of a number, its account among them."""
    kept_numbers.change(unit, number.account_sid, number.sid, changes, now)


def remove(unit: Unit, account_sid: str, sid: str) -> None:
    """Give a number back."""
    kept_numbers.remove(unit, account_sid, sid)


def forget_application(unit: Unit, account_sid: str, sid: str) -> Step:
    """Remove an application, also from the numbers that are set to it."""
    removed = kept_applications.remove(unit, account_sid, sid)
    for statement in _WITHOUT:
        unit.add(statement, {"account_sid": account_sid, "sid": sid})
    return removed


async def by_number(database: Database, phone_number: str) -> PhoneNumber | None:
    """The number as somebody owns it."""
    return await database.first(_BY_NUMBER, phone_number=phone_number)


async def by_sid(database: Database, account_sid: str, sid: str) -> PhoneNumber | None:
    """The account's number with this SID."""
    return await kept_numbers.by_sid(database, account_sid, sid)


async def by_code(database: Database, code: str) -> ShortCode | None:
    """The short code as somebody owns it."""
    return await database.first(_BY_CODE, code=code)


async def taken(database: Database, prefix: str) -> set[str]:
    """The owned numbers that begin with `prefix`."""
    query = Query(_READING.where(_c.phone_number.startswith(prefix)), PhoneNumber)
    return {number.phone_number for number in await database.all(query)}


async def owned(database: Database, candidates: Sequence[str]) -> set[str]:
    """Those of `candidates` that somebody owns."""
    query = Query(_READING.where(_c.phone_number.in_(candidates)), PhoneNumber)
    return {number.phone_number for number in await database.all(query)}


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    phone_number: str | None,
    friendly_name: str | None,
    kind: str | None = None,
) -> Page[PhoneNumber]:
    """The account's numbers, newest first; `phone_number` is a part of the number, `*` standing for any digits."""
    conditions: list[ColumnElement[bool]] = []
    if phone_number is not None:
        conditions.append(containing(_c.phone_number, phone_number))
    if friendly_name is not None:
        conditions.append(_c.friendly_name == friendly_name)
    if kind is not None:
        conditions.append(_c.type == kind)
    return await kept_numbers.page(database, account_sid, request, *conditions)


def containing(column: Column[Any], part: str) -> ColumnElement[bool]:
    """Whether `part` is somewhere in a text; `*` stands for any characters."""
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.like(f"%{escaped.replace('*', '%')}%", escape="\\")


async def bin_anywhere(database: Database, sid: str) -> TwimlBin | None:
    """The bin with this SID, whosever it is: for whoever knows its URL."""
    return await database.first(_BIN, sid=sid)


async def application_anywhere(database: Database, sid: str) -> Application | None:
    """The application with this SID, whosever it is."""
    return await database.first(_APPLICATION, sid=sid)
