"""All SQL of conferences and their participants."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Table, delete, update

from offhook.products.voice.conference import (
    FINAL,
    Conference,
    Participant,
    ReasonEnded,
    Status,
    may_become,
)
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
    where,
)

IS_OPEN = "status IN ('in-progress', 'init')"  # word for word the condition of an index

conferences = Table(
    "conferences",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    text("status"),
    instant("date_created"),
    instant("date_updated"),
    text("region"),
    text("reason_conference_ended", nullable=True),
    text("call_sid_ending_conference", nullable=True),
    text("status_callback", nullable=True),
    text("status_callback_method"),
    text("events"),
    Column("told", BigInteger, nullable=False),
    Index("conferences_by_account", "account_sid", "date_created", "seq", "status"),
    Index("conferences_by_name", "account_sid", "friendly_name", "date_created", "seq"),
    Index("conferences_open", "account_sid", "date_created", "seq", "status", **where(IS_OPEN)),
)
participants = Table(
    "participants",
    metadata,
    seq(),
    text("account_sid"),
    text("conference_sid"),
    text("call_sid", unique=True),
    instant("date_created"),
    instant("date_updated"),
    text("label", nullable=True),
    Column("present", Boolean, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("hold", Boolean, nullable=False),
    text("call_sid_to_coach", nullable=True),
    Column("start_conference_on_enter", Boolean, nullable=False),
    Column("end_conference_on_exit", Boolean, nullable=False),
    Column("beep_on_exit", Boolean, nullable=False),
    Index("participants_by_conference", "account_sid", "conference_sid", "seq"),
)
_c, _p = conferences.c, participants.c
_READING = reading(conferences, Conference)
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), Conference)
_OPEN = Query(_READING.where(_c.status.in_(sorted(may_become(FINAL)))).order_by(_c.seq), Conference)
_INSERT = Statement.insert(conferences)
_TELL = Statement(
    update(conferences)
    .where(_c.sid == given("sid"))
    .values({name: given(name) for name in ("status_callback", "status_callback_method", "events")})
)
_TOLD = Statement(update(conferences).where(_c.sid == given("sid"), _c.told < given("told")).values(told=given("told")))
_OF_CONFERENCE = reading(participants, Participant).where(
    _p.account_sid == given("account_sid"), _p.conference_sid == given("conference_sid")
)
_BY_CALL = Query(_OF_CONFERENCE.where(_p.call_sid == given("call_sid")), Participant)
_BY_LABEL = Query(_OF_CONFERENCE.where(_p.label == given("label")).order_by(_p.seq).limit(1), Participant)
_INSERT_PARTICIPANT = Statement.insert(participants)
_CHANGED = [column.name for column in participants.columns if column.name not in ("seq", "call_sid", "date_created")]
_UPDATE_PARTICIPANT = Statement(
    update(participants).where(_p.call_sid == given("call_sid")).values({name: given(name) for name in _CHANGED})
)
_DELETE_PARTICIPANT = Statement(
    delete(participants).where(_p.conference_sid == given("conference_sid"), _p.call_sid == given("call_sid"))
)
_DELETE_ALL = Statement(delete(participants).where(_p.conference_sid == given("conference_sid")))


def _become(status: Status) -> Statement:
    values: dict[str, Any] = {"status": status, "date_updated": given("now")}
    if status == FINAL:
        values |= {name: given(name) for name in ("reason_conference_ended", "call_sid_ending_conference")}
    clause = update(conferences).where(_c.sid == given("sid"), _c.status.in_(sorted(may_become(status))))
    return Statement(clause.values(**values))


_BEGIN, _END = _become("in-progress"), _become("completed")


def add(unit: Unit, conference: Conference) -> Step:
    """Keep a new conference."""
    return unit.add(_INSERT, msgspec.structs.asdict(conference))


def begin(unit: Unit, sid: str, now: int) -> Step:
    """It is in progress, if it was not before."""
    return unit.add(_BEGIN, {"sid": sid, "now": now})


def end(unit: Unit, sid: str, reason: ReasonEnded, call_sid: str | None, now: int) -> Step:
    """It is over, if it was not before; nobody is in it any more."""
    values = {"sid": sid, "now": now, "reason_conference_ended": reason, "call_sid_ending_conference": call_sid}
    step = unit.add(_END, values)
    unit.add(_DELETE_ALL, {"conference_sid": sid}, after=step)
    return step


def note_callback(unit: Unit, conference: Conference) -> None:
    """Keep whom to tell of it."""
    unit.add(_TELL, msgspec.structs.asdict(conference))


def note_told(unit: Unit, conference: Conference) -> None:
    """Keep how many events were told."""
    unit.add(_TOLD, {"sid": conference.sid, "told": conference.told})


def seat(unit: Unit, participant: Participant) -> Step:
    """Keep a new participant."""
    return unit.add(_INSERT_PARTICIPANT, msgspec.structs.asdict(participant))


def change(unit: Unit, participant: Participant) -> Step:
    """Keep how a participant is now."""
    return unit.add(_UPDATE_PARTICIPANT, msgspec.structs.asdict(participant))


def unseat(unit: Unit, participant: Participant) -> Step:
    """Forget a participant."""
    return unit.add(
        _DELETE_PARTICIPANT, {"conference_sid": participant.conference_sid, "call_sid": participant.call_sid}
    )


async def by_sid(database: Database, account_sid: str, sid: str) -> Conference | None:
    """The account's conference with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def not_over(database: Database) -> list[Conference]:
    """Every conference that is not over, whosever it is."""
    return await database.all(_OPEN)


async def participant(database: Database, account_sid: str, conference_sid: str, name: str) -> Participant | None:
    """A participant by the SID of its call, or by its label."""
    found = await database.first(_BY_CALL, account_sid=account_sid, conference_sid=conference_sid, call_sid=name)
    if found is not None:
        return found
    return await database.first(_BY_LABEL, account_sid=account_sid, conference_sid=conference_sid, label=name)


async def page(
    database: Database,
    account_sid: str,
    request: PageRequest,
    *,
    equal: dict[str, str],
    created: tuple[int | None, int | None],
    updated: tuple[int | None, int | None],
) -> Page[Conference]:
    """The account's conferences, newest first; `equal` by column. Periods are a first and a last moment."""
    same: list[ColumnElement[bool]] = [_c[name] == value for name, value in equal.items()]
    since, until = updated
    same += [] if since is None else [_c.date_updated >= since]
    same += [] if until is None else [_c.date_updated <= until]
    clause = _READING.where(_c.account_sid == account_sid, *same)
    made = Period(_c.date_created, *created)
    return await read_page(database, clause, conferences, Conference, request, by=made)


async def participants_page(
    database: Database, account_sid: str, conference_sid: str, request: PageRequest, wanted: dict[str, bool]
) -> Page[Participant]:
    """Who is in a conference or on the way there, newest first; `wanted` by `muted`, `hold` and `coaching`."""
    columns: dict[str, ColumnElement[bool]] = {
        "muted": _p.muted.is_(True),
        "hold": _p.hold.is_(True),
        "coaching": _p.call_sid_to_coach.is_not(None),
    }
    same = [columns[name] if value else ~columns[name] for name, value in wanted.items()]
    clause = reading(participants, Participant).where(
        _p.account_sid == account_sid, _p.conference_sid == conference_sid, *same
    )
    return await read_page(database, clause, participants, Participant, request)
