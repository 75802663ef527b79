"""All SQL of recordings and their transcriptions."""

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, delete, select, update

from offhook.products.voice.recording import FINAL, NEXT, Recording, Status, Transcription, may_become
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
    unsearched,
)

recordings = Table(
    "recordings",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("call_sid"),
    text("source"),
    text("status"),
    Column("channels", Integer, nullable=False),
    text("track"),
    instant("date_created"),
    instant("date_updated"),
    text("conference_sid", nullable=True),
    Column("length", BigInteger),
    Column("error_code", Integer),
    Column("trims", Boolean, nullable=False),
    text("status_callback", nullable=True),
    text("status_callback_method"),
    text("events"),
    Column("lines", Text, nullable=False),
    Index("recordings_by_account", "account_sid", "date_created", "seq"),
    Index("recordings_by_call", "call_sid", "seq"),
    Index("recordings_by_conference", "conference_sid", "seq"),
)
_c = recordings.c
_READING = reading(recordings, Recording)
_INSERT = Statement.insert(recordings)
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), Recording)
_OF_CALL = Query(_READING.where(_c.call_sid == given("call_sid")).order_by(_c.seq), Recording)
_UNFINISHED = Query(_READING.where(_c.status.not_in(sorted(FINAL))).order_by(_c.seq), Recording)
_DELETE = Statement(delete(recordings).where(_c.account_sid == given("account_sid"), _c.sid == given("sid")))
_USES = Query(select(_c.seq).where(_c.lines.contains(given("digest"))).limit(1), int)


def _become(status: Status) -> Statement:
    changes = {"status": status, "date_updated": given("now")}
    if status in FINAL:
        changes |= {name: given(name) for name in ("length", "lines", "error_code")}
    return Statement(
        update(recordings).where(_c.sid == given("sid"), _c.status.in_(sorted(may_become(status)))).values(**changes)
    )


_BECOME: dict[Status, Statement] = {status: _become(status) for status in NEXT}

transcriptions = Table(
    "transcriptions",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("recording_sid"),
    text("status"),
    text("text"),
    Column("duration", Integer, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    Index("transcriptions_by_account", "account_sid", "date_created", "seq"),
    Index("transcriptions_by_recording", "recording_sid", "seq"),
)
_t = transcriptions.c
_READING_TEXT = reading(transcriptions, Transcription)
_INSERT_TEXT = Statement.insert(transcriptions)
_TEXT_BY_SID = Query(_READING_TEXT.where(_t.account_sid == given("account_sid"), _t.sid == given("sid")), Transcription)
_DELETE_TEXT = Statement(delete(transcriptions).where(_t.account_sid == given("account_sid"), _t.sid == given("sid")))


def add(unit: Unit, recording: Recording) -> Step:
    """Keep a new recording."""
    return unit.add(_INSERT, msgspec.structs.asdict(recording))


def become(unit: Unit, recording: Recording, status: Status, now: int) -> Step:
    """Change the status, if the table of transitions allows it; the only writer of a status."""
    values = {"sid": recording.sid, "now": now}
    if status in FINAL:
        values |= {"length": recording.length, "lines": recording.lines, "error_code": recording.error_code}
    return unit.add(_BECOME[status], values)


def remove(unit: Unit, account_sid: str, sid: str) -> Step:
    """Forget a recording."""
    return unit.add(_DELETE, {"account_sid": account_sid, "sid": sid})


async def by_sid(database: Database, account_sid: str, sid: str) -> Recording | None:
    """The account's recording with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def of_call(database: Database, call_sid: str) -> list[Recording]:
    """The recordings of a call, oldest first."""
    return await database.all(_OF_CALL, call_sid=call_sid)


async def unfinished(database: Database) -> list[Recording]:
    """Every recording that is not over."""
    return await database.all(_UNFINISHED)


async def carries(database: Database, digest: str) -> bool:
    """Whether some recording has the sound file with these bytes in it."""
    return await database.first(_USES, digest=digest) is not None


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    equal: dict[str, str],
    made: tuple[int | None, int | None] = (None, None),
) -> Page[Recording]:
    """The account's recordings, newest first; `equal` by column, `made` bounds when they were made."""
    account = unsearched(_c.account_sid) if equal else _c.account_sid  # a call has few, and so has a conference
    clause = _READING.where(account == account_sid, *(_c[name] == value for name, value in equal.items()))
    return await read_page(database, clause, recordings, Recording, request, by=Period(_c.date_created, *made))


def add_text(unit: Unit, transcription: Transcription) -> Step:
    """Keep the words of a recording."""
    return unit.add(_INSERT_TEXT, msgspec.structs.asdict(transcription))


def remove_text(unit: Unit, account_sid: str, sid: str) -> Step:
    """Forget the words of a recording."""
    return unit.add(_DELETE_TEXT, {"account_sid": account_sid, "sid": sid})


async def text_by_sid(database: Database, account_sid: str, sid: str) -> Transcription | None:
    """The account's transcription with this SID."""
    return await database.first(_TEXT_BY_SID, account_sid=account_sid, sid=sid)


async def texts(
    database: Database, account_sid: str, request: PageRequest, recording_sid: str | None = None
) -> Page[Transcription]:
    """The account's transcriptions, or those of one recording, newest first."""
    of_recording = [_t.recording_sid == recording_sid] if recording_sid else []
    account = unsearched(_t.account_sid) if recording_sid else _t.account_sid
    clause = _READING_TEXT.where(account == account_sid, *of_recording)
    return await read_page(database, clause, transcriptions, Transcription, request, by=Period(_t.date_created))
