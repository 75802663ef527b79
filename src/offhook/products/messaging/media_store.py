"""All SQL of messages' files."""

import msgspec
from sqlalchemy import BigInteger, Column, Index, Table, delete, func, select

from offhook.products.messaging.media import MediaFile
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

media = Table(
    "media",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("message_sid"),
    text("content_type"),
    text("digest"),
    Column("size", BigInteger, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    Index("media_by_message", "message_sid", "seq"),
    Index("media_by_digest", "digest"),
)
_c = media.c
_READING = reading(media, MediaFile)
_OF_MESSAGE = (_c.account_sid == given("account_sid"), _c.message_sid == given("message_sid"))
_INSERT = Statement.insert(media)
_ALL = Query(_READING.where(*_OF_MESSAGE).order_by(_c.seq), MediaFile)
_ONE = Query(_READING.where(*_OF_MESSAGE, _c.sid == given("sid")), MediaFile)
_DELETE = Statement(delete(media).where(_c.account_sid == given("account_sid"), _c.sid == given("sid")))
_DELETE_ALL = Statement(delete(media).where(*_OF_MESSAGE))
_USES = Query(select(func.count()).where(_c.digest == given("digest")), int)


def add(unit: Unit, file: MediaFile, *, after: Step | None = None) -> None:
    """Keep a file of a message."""
    unit.add(_INSERT, msgspec.structs.asdict(file), after=after)


async def of_message(database: Database, account_sid: str, message_sid: str) -> list[MediaFile]:
    """The files of a message, in order."""
    return await database.all(_ALL, account_sid=account_sid, message_sid=message_sid)


async def one(database: Database, account_sid: str, message_sid: str, sid: str) -> MediaFile | None:
    """One file of a message."""
    return await database.first(_ONE, account_sid=account_sid, message_sid=message_sid, sid=sid)


async def page(
    database: Database,
    account_sid: str,
    message_sid: str,
    request: PageRequest,
    *,
    since: int | None,
    until: int | None,
) -> Page[MediaFile]:
    """The files of a message, newest first, created between two moments where these are given."""
    clause = _READING.where(_c.account_sid == account_sid, _c.message_sid == message_sid)
    if since is not None:
        clause = clause.where(_c.date_created >= since)
    if until is not None:
        clause = clause.where(_c.date_created <= until)
    return await read_page(database, clause, media, MediaFile, request)


def delete_one(unit: Unit, file: MediaFile) -> None:
    """Forget a file of a message."""
    unit.add(_DELETE, {"account_sid": file.account_sid, "sid": file.sid})


def delete_all(unit: Unit, account_sid: str, message_sid: str) -> None:
    """Forget every file of a message."""
    unit.add(_DELETE_ALL, {"account_sid": account_sid, "message_sid": message_sid})


async def is_used(database: Database, digest: str) -> bool:
    """Whether any message still has these bytes."""
    uses = await database.first(_USES, digest=digest)
    return bool(uses)
