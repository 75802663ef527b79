"""All SQL of queues and their members."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    cast,
    delete,
    exists,
    func,
    not_,
    select,
    update,
)
from sqlalchemy.sql.selectable import Select, Subquery

from offhook.products.voice.queue import Member, Queue
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
    seq,
    text,
)

queues = Table(
    "queues",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    Column("max_size", Integer, nullable=False),
    instant("date_created"),
    instant("date_updated"),
    UniqueConstraint("account_sid", "friendly_name", name="queues_by_name"),
    Index("queues_by_account", "account_sid", "seq"),
)
_q = queues.c

queue_members = Table(
    "queue_members",
    metadata,
    seq(),
    text("account_sid"),
    text("queue_sid"),
    text("call_sid", unique=True),
    instant("date_enqueued"),
    Index("queue_members_by_queue", "account_sid", "queue_sid", "seq"),
)
_m = queue_members.c


def _reading(now: Any) -> Select[Any]:
    """Queues with their size, and how long those in it have waited until `now`."""
    own = (_m.account_sid == _q.account_sid, _m.queue_sid == _q.sid)
    size = select(func.count()).select_from(queue_members).where(*own).scalar_subquery()
    waited = select(cast(func.coalesce(func.sum(now - _m.date_enqueued), 0), BigInteger)).where(*own).scalar_subquery()
    return select(*queues.columns, size.label("current_size"), waited.label("waited"))


def _standing(account_sid: Any, queue_sid: Any) -> Subquery:
    """The members of a queue, with their positions."""
    position = func.row_number().over(order_by=_m.seq).label("position")
    columns = (_m.seq, _m.account_sid, _m.queue_sid, _m.call_sid, _m.date_enqueued, position)
    return select(*columns).where(_m.account_sid == account_sid, _m.queue_sid == queue_sid).subquery("standing")


_INSERT = Statement.insert(queues)
_OWN = (_q.account_sid == given("of_account"), _q.sid == given("of_sid"))
_BY_SID = Query(_reading(given("now")).where(_q.account_sid == given("account_sid"), _q.sid == given("sid")), Queue)
_BY_NAME = Query(
    _reading(given("now")).where(_q.account_sid == given("account_sid"), _q.friendly_name == given("name")), Queue
)
_DELETE = Statement(delete(queues).where(*_OWN, not_(exists().where(_m.queue_sid == _q.sid))))
_ENTER = Statement.insert_unless(queue_members, not_(exists().where(_q.sid == given("queue_sid"))))
_LEAVE = Statement(delete(queue_members).where(_m.call_sid == given("call_sid")))
_CLEAR = Statement(delete(queue_members))
_STANDING = _standing(given("account_sid"), given("queue_sid"))
_MEMBER = Query(select(_STANDING).where(_STANDING.c.call_sid == given("call_sid")), Member)
_FRONT = Query(select(_STANDING).where(_STANDING.c.position == 1), Member)


def add(unit: Unit, queue: Queue) -> Step:
    """Keep a new queue. The unit fails with StorageError("conflict") when the account has one of that name."""
    return unit.add(_INSERT, {column.name: getattr(queue, column.name) for column in queues.columns})


def change(unit: Unit, account_sid: str, sid: str, changes: dict[str, Any], now: int) -> Step:
    """Set some fields. The unit fails with StorageError("conflict") when another has that name."""
    values = {name: given(f"new_{name}") for name in changes}
    clause = update(queues).where(*_OWN).values(**values, date_updated=given("now"))
    new = {f"new_{name}": value for name, value in changes.items()}
    return unit.add(Statement(clause), {**new, "now": now, "of_account": account_sid, "of_sid": sid})


def remove(unit: Unit, account_sid: str, sid: str) -> Step:
    """Delete a queue in which nobody stands."""
    return unit.add(_DELETE, {"of_account": account_sid, "of_sid": sid})


def enter(unit: Unit, member: Member) -> Step:
    """Keep a new member, at the end; changes no row when the queue does not exist any more."""
    values = {name: getattr(member, name) for name in ("account_sid", "queue_sid", "call_sid", "date_enqueued")}
    return unit.add(_ENTER, values)


def leave(unit: Unit, call_sid: str) -> Step:
    """Remove a member."""
    return unit.add(_LEAVE, {"call_sid": call_sid})


def clear(unit: Unit) -> Step:
    """Remove all members, whosever they are."""
    return unit.add(_CLEAR, {})


async def by_sid(database: Database, account_sid: str, sid: str, now: int) -> Queue | None:
    """The account's queue with this SID, as it is `now`."""
    return await database.first(_BY_SID, account_sid=account_sid, sid=sid, now=now)


async def by_name(database: Database, account_sid: str, name: str, now: int) -> Queue | None:
    """The account's queue with this name, as it is `now`."""
    return await database.first(_BY_NAME, account_sid=account_sid, name=name, now=now)


async def page(database: Database, account_sid: str, request: PageRequest, now: int) -> Page[Queue]:
    """The account's queues, newest first, as they are `now`."""
    return await read_page(database, _reading(now).where(_q.account_sid == account_sid), queues, Queue, request)


async def member(database: Database, account_sid: str, queue_sid: str, call_sid: str) -> Member | None:
    """The member of a queue with this call."""
    return await database.first(_MEMBER, account_sid=account_sid, queue_sid=queue_sid, call_sid=call_sid)


async def front(database: Database, account_sid: str, queue_sid: str) -> Member | None:
    """The member of a queue whose turn is next."""
    return await database.first(_FRONT, account_sid=account_sid, queue_sid=queue_sid)


async def members(database: Database, account_sid: str, queue_sid: str, request: PageRequest) -> Page[Member]:
    """The members of a queue, those at the front first."""
    standing = _standing(account_sid, queue_sid)
    return await read_page(database, select(standing), standing, Member, request, oldest_first=True)
