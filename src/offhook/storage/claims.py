"""Tables as queues: the one way a worker takes rows that are due.

A queue is any table with `due` (the product's clock, NULL when there is nothing to do) and `lease` (the database's
clock, NULL when nobody is at it). `claim` takes a batch of due rows that nobody holds and holds them for a while; on
PostgreSQL several processes claim side by side (`FOR UPDATE SKIP LOCKED`). A worker that dies simply lets its lease
run out. A row can also be inserted already leased by the process that will work on it, which spares the claim.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Column, ColumnElement, Table, case, func, literal, null, or_, select, update

from offhook.kit.clock import DAY, SECOND
from offhook.storage.database import Database
from offhook.storage.schema import database_now, given
from offhook.storage.statement import Query, Statement, columns_of
from offhook.storage.unit import Unit

R = TypeVar("R", bound=msgspec.Struct)

SOLE_WORKER = DAY  # one process only: leases are cleared at start, so a long one is never in the way
SHARED = 60 * SECOND


class Claims(Generic[R]):
    """Claiming rows of `table`, as records of `record`. `only` narrows the rows that may be claimed.

    `lane` is the column, and the field, that says which rows must not get in the way of the others (see `lanes`).
    A record is known by its first unique column (`sid` as a rule), because one that was handed over in memory does
    not know its `seq`; only a record without a unique column is known by its `seq`.
    """

    def __init__(
        self, table: Table, record: type[R], *only: ColumnElement[bool], lane: Column[Any] | None = None
    ) -> None:
        due, lease = table.c.due, table.c.lease
        columns = columns_of(table, record)
        self._query = Query(select(*columns), record)
        self._claim = _claiming(table, columns, only)
        self._clear = Statement(update(table).where(lease.is_not(None), *only).values(lease=null()))
        earlier = {"due": due - given("by"), "lease": null()}
        self._move = Statement(update(table).where(due > given("now"), *only).values(**earlier))
        self._lane = lane
        held = (due <= given("now"), lease > database_now(), *only)
        in_lane = () if lane is None else (lane == given("lane"),)
        self._held = Query(select(*columns).where(*held, *in_lane).order_by(table.c.seq).limit(given("most")), record)
        lanes = literal("") if lane is None else lane
        self._lanes_held = Query(select(lanes).select_from(table).where(*held).distinct(), str)
        free = or_(lease.is_(None), lease < database_now())  # a row may be inserted with a lease that is over
        self._next = Query(select(func.min(due)).where(free, *only), _moment)
        self._key = next((name for name in record.__struct_fields__ if table.c[name].unique), "seq")
        self._put_back = _putting_back(table, table.c[self._key])

    @property
    def lane_of(self) -> Callable[[R], str] | None:
        """What tells the lane of a record, if there are lanes."""
        return None if self._lane is None else attrgetter(self._lane.name)

    def key_of(self, row: R) -> Any:
        """What a record is known by."""
        return getattr(row, self._key)

    async def claim(self, database: Database, *, now: int, hold: int, most: int) -> list[R]:
        """Take up to `most` rows due at `now` for `hold` microseconds of the database's time, longest due first."""
        unit = Unit()
        step = unit.add(self._claim, {"now": now, "hold": hold, "most": most})
        await database.commit(unit)
        rows = sorted(step.rows, key=lambda row: row[-2:])
        return self._query.records(row[:-2] for row in rows)

    async def put_back(self, database: Database, rows: list[R], *, due: int) -> None:
        """Let go of rows that were not worked off; they fall due again at `due`, or later where they said so.

        A row that has nothing to do any more (`due` is NULL) or that somebody let go of already stays as it is.
        """
        unit = Unit()
        for row in rows:
            unit.add(self._put_back, {"key": self.key_of(row), "again": due})
        await database.commit(unit)

    async def clear(self, database: Database) -> int:
        """Let go of every lease: right only when no other process works on this table."""
        unit = Unit()
        step = unit.add(self._clear, {})
        await database.commit(unit)
        return step.changed

    async def move_back(self, database: Database, *, now: int, by: int) -> None:
        """The clock was set back `by` so many microseconds to `now`: nothing waits longer for it.

        Right only when no other process works on this table; the rows that it works on are free afterwards.
        """
        unit = Unit()
        unit.add(self._move, {"now": now, "by": by})
        await database.commit(unit)

    async def held(self, database: Database, lane: str, *, now: int, most: int) -> list[R]:
        """Up to `most` rows of a lane, due at `now`, that somebody holds, oldest first."""
        which = {} if self._lane is None else {"lane": lane}
        return await database.all(self._held, now=now, most=most, **which)

    async def lanes_held(self, database: Database, *, now: int) -> list[str]:
        """The lanes of which somebody holds rows that are due at `now`; "" where there are no lanes."""
        return await database.all(self._lanes_held, now=now)

    async def next_due(self, database: Database) -> int | None:
        """When the next row that nobody holds falls due."""
        return await database.first(self._next)


def _claiming(table: Table, columns: list[Any], only: tuple[ColumnElement[bool], ...]) -> Statement:
    due, lease = table.c.due, table.c.lease
    chosen = (  # a CTE with row locks is computed once; a plain subquery may be run again, and lock more than asked for
        select(table.c.seq)
        .where(due.is_not(None), due <= given("now"), or_(lease.is_(None), lease < database_now()), *only)
        .order_by(due, table.c.seq)
        .limit(given("most"))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    claim = (
        update(table)
        .where(table.c.seq.in_(select(chosen.c.seq)))
        .values(lease=database_now() + given("hold"))
        .returning(*columns, due, table.c.seq)
    )
    return Statement(claim, returns=True)


def _putting_back(table: Table, key: Column[Any]) -> Statement:
    due = table.c.due
    later = case((due > given("again"), due), else_=given("again"))
    held = (key == given("key"), due.is_not(None), table.c.lease.is_not(None))
    return Statement(update(table).where(*held).values(lease=null(), due=later))


def lease_of(hold: int) -> dict[str, Any]:
    """The expression for a row that is inserted already leased for `hold` microseconds."""
    return {"lease": database_now() + hold}


def _moment(value: int | None) -> int | None:
    return value
