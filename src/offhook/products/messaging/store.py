"""All SQL of messaging."""

from typing import Any

import msgspec
from sqlalchemy import Column, Index, Integer, Table, case, delete, exists, null, select, update

from offhook.kit.clock import MINUTE
from offhook.products.messaging.message import FINAL, NEXT, Message, Status, may_become
from offhook.storage import (
    Claims,
    Database,
    Query,
    Statement,
    Step,
    Unit,
    database_now,
    given,
    instant,
    metadata,
    reading,
    seq,
    text,
    where,
)

LATE = MINUTE  # from when on a message that waits to be sent is late
WAITED_LONG = f"date_sent > date_created + {LATE}"  # word for word the condition of an index
IS_REPLY = "in_reply_to IS NOT NULL"  # so is this
UNDONE = "status IN ('canceled', 'failed', 'undelivered')"  # and this

messages = Table(
    "messages",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("direction"),
    text("from_"),
    text("to"),
    text("body"),
    text("status"),
    Column("num_segments", Integer, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    instant("date_sent", nullable=True),
    Column("error_code", Integer),
    text("status_callback", nullable=True),
    Column("attempts", Integer, nullable=False),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Column("num_media", Integer, nullable=False, server_default="0"),
    instant("expires", nullable=True),
    text("feedback", nullable=True),
    text("media_urls", nullable=True),
    text("in_reply_to", nullable=True),
    Index("messages_by_account", "account_sid", "date_created", "seq", "direction"),
    Index("messages_by_from", "account_sid", "from_", "date_created", "seq"),
    Index("messages_by_to", "account_sid", "to", "date_created", "seq", "from_"),
    Index("messages_by_reply", "in_reply_to", "seq", **where(IS_REPLY)),
    Index("messages_undone", "account_sid", "date_created", "status", **where(UNDONE)),
    Index("messages_sent_late", "account_sid", "date_sent", "date_created", **where(WAITED_LONG)),
)
_c = messages.c
Index("messages_by_due", _c.due, _c.seq, sqlite_where=_c.due.is_not(None), postgresql_where=_c.due.is_not(None))

message_cookies = Table(
    "message_cookies",
    metadata,
    seq(),
    text("account_sid"),
    text("number"),
    text("other"),
    text("cookies"),
    instant("expires"),
    Index("message_cookies_by_pair", "account_sid", "number", "other", unique=True),
)
_k = message_cookies.c

opt_outs = Table(
    "opt_outs",
    metadata,
    seq(),
    text("account_sid"),
    text("number"),
    text("person"),
    instant("date_created"),
    Index("opt_outs_by_pair", "number", "person", unique=True),
)
_o = opt_outs.c

outbound = Claims(messages, Message, _c.direction != "inbound")
inbound = Claims(messages, Message, _c.direction == "inbound", lane=_c.to)

_READING = reading(messages, Message)
_INSERT = Statement.insert(messages, lease=database_now() + given("hold"))
_OPTED_OUT = exists().where(_o.number == given("from_"), _o.person == given("to"))
_INSERT_OUTBOUND = Statement.insert_unless(messages, _OPTED_OUT, lease=database_now() + given("hold"))
_MINE = (_c.account_sid == given("account_sid"), _c.sid == given("sid"))
_DONE = _c.status.in_(sorted(FINAL))
_REDACT = Statement(update(messages).where(*_MINE, _DONE).values(body="", date_updated=given("now")))
_DELETE = Statement(delete(messages).where(*_MINE, _DONE))
_FEEDBACK = Statement(update(messages).where(*_MINE).values(feedback=given("outcome"), date_updated=given("now")))
_PAIR_OUT = (_o.number == given("number"), _o.person == given("person"))
_OPT_OUT = Statement.insert_unless(opt_outs, exists().where(*_PAIR_OUT))
_OPT_IN = Statement(delete(opt_outs).where(*_PAIR_OUT))
_IS_OUT = Query(select(_o.seq).where(*_PAIR_OUT), int)
_HEARD_FROM = Query(
    select(_c.seq)
    .where(_c.account_sid == given("account_sid"), _c.from_ == given("person"), _c.direction == "inbound")
    .limit(1),
    int,
)
_BY_SID = Query(_READING.where(_c.account_sid == given("account_sid"), _c.sid == given("sid")), Message)
_ANYWHERE = Query(_READING.where(_c.sid == given("sid")), Message)
_START = Statement(
    update(messages)
    .where(_c.sid == given("sid"), _c.status.in_(sorted(may_become("sending"))))
    .values(status="sending", attempts=_c.attempts + 1, date_updated=given("now"))
)
_POSTPONE = Statement(
    update(messages).where(_c.sid == given("sid"), _c.due.is_not(None)).values(due=given("due"), lease=null())
)
_FINISH = Statement(
    update(messages).where(_c.sid == given("sid"), _c.due.is_not(None)).values(due=null(), lease=null())
)
_PAIR = (_k.account_sid == given("account_sid"), _k.number == given("number"), _k.other == given("other"))
_COOKIES = Query(select(_k.cookies).where(*_PAIR, _k.expires > given("now")), str)
_KEEP_COOKIES = Statement.insert(message_cookies)
_FORGET_COOKIES = Statement(delete(message_cookies).where(*_PAIR))


def _become(status: Status) -> Statement:
    changes: dict[str, Any] = {"status": status, "error_code": given("code"), "date_updated": given("now")}
    if status == "sent":
        made = _c.date_created  # nothing is sent before it is made, even if the clock was set back
        changes["date_sent"] = case((made > given("now"), made), else_=given("now"))
    clause = update(messages).where(_c.sid == given("sid"), _c.status.in_(sorted(may_become(status))))
    return Statement(clause.values(due=null(), lease=null(), **changes))


_BECOME: dict[Status, Statement] = {
    status: _become(status) for status in NEXT if may_become(status) and status != "sending"
}


def add(unit: Unit, message: Message, hold: int, *, after: Step | None = None) -> Step:
    """Keep a new message, leased for `hold` microseconds to this process."""
    return unit.add(_INSERT, {**msgspec.structs.asdict(message), "hold": hold}, after=after)


def add_outbound(unit: Unit, message: Message, hold: int, after: Step | None, otherwise: Exception | None) -> Step:
    """Keep a new message unless its recipient opted out of its sender's messages; then `otherwise` is raised."""
    values = {**msgspec.structs.asdict(message), "hold": hold}
    return unit.add(_INSERT_OUTBOUND, values, after=after, otherwise=otherwise)


def start(unit: Unit, message: Message, now: int) -> Step:
    """Become "sending": the message is about to be handed to a carrier, an attempt that a crash must not hide."""
    return unit.add(_START, {"sid": message.sid, "now": now})


def become(
    unit: Unit,
    sid: str,
    status: Status,
    now: int,
    error_code: int | None = None,
    otherwise: Exception | None = None,
) -> Step:
    """Change the status, if the table of transitions allows it; the only writer of a status beside `start`."""
    return unit.add(_BECOME[status], {"sid": sid, "code": error_code, "now": now}, otherwise=otherwise)


def postpone(unit: Unit, message: Message, due: int) -> None:
    """Try again at `due`, whoever is free then."""
    unit.add(_POSTPONE, {"sid": message.sid, "due": due})


def finish(unit: Unit, message: Message) -> Step:
    """An inbound message has been answered; changes no row if that was so already."""
    return unit.add(_FINISH, {"sid": message.sid})


async def by_sid(database: Database, account_sid: str, sid: str) -> Message | None:
    """The account's message with this SID."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid)


async def anywhere(database: Database, sid: str) -> Message | None:
    """The message with this SID, whosever it is: for reports from carriers."""
    return await database.first(_ANYWHERE, sid=sid)


def redact(unit: Unit, account_sid: str, sid: str, now: int, otherwise: Exception) -> None:
    """Empty the body of a message that is done with; `otherwise` is raised while it is not."""
    unit.add(_REDACT, {"account_sid": account_sid, "sid": sid, "now": now}, otherwise=otherwise)


def delete_message(unit: Unit, account_sid: str, sid: str) -> None:
    """Delete a message that is done with."""
    unit.add(_DELETE, {"account_sid": account_sid, "sid": sid})


def give_feedback(unit: Unit, account_sid: str, sid: str, outcome: str, now: int) -> None:
    """Keep what the app says of a message."""
    unit.add(_FEEDBACK, {"account_sid": account_sid, "sid": sid, "outcome": outcome, "now": now})


async def has_opted_out(database: Database, number: str, person: str) -> bool:
    """Whether a person wants no messages from a number."""
    return await database.first(_IS_OUT, number=number, person=person) is not None


async def has_heard_from(database: Database, account_sid: str, person: str) -> bool:
    """Whether a person has texted some number of the account."""
    return await database.first(_HEARD_FROM, account_sid=account_sid, person=person) is not None


def opt_out(unit: Unit, account_sid: str, number: str, person: str, now: int) -> Step:
    """A person wants no more messages from a number; changes no row if that was so already."""
    pair = {"number": number, "person": person}
    return unit.add(_OPT_OUT, {**pair, "account_sid": account_sid, "date_created": now})


def opt_in(unit: Unit, number: str, person: str) -> Step:
    """A person wants a number's messages again; changes no row if they never opted out."""
    return unit.add(_OPT_IN, {"number": number, "person": person})


def cookies_key(account_sid: str, number: str, other: str) -> dict[str, str]:
    """The values that name the cookies of one sender and recipient."""
    return {"account_sid": account_sid, "number": number, "other": other}


async def cookies(database: Database, key: dict[str, str], now: int) -> str | None:
    """The cookies that an app set for a pair of numbers, unless they are too old."""
    return await database.first(_COOKIES, now=now, **key)


def keep_cookies(unit: Unit, key: dict[str, str], text: str, expires: int, after: Step) -> None:
    """Keep an app's cookies for a pair of numbers until `expires`."""
    unit.add(_FORGET_COOKIES, key, after=after)
    unit.add(_KEEP_COOKIES, {**key, "cookies": text, "expires": expires}, after=after)
