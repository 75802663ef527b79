"""Callbacks that wait to be made. Written in the same unit as the change they tell of, so none is forgotten.

In a process that delivers, a row is inserted already leased to it and handed over once it is durable; after a crash
the queue finds it again. Elsewhere it is inserted free, for whoever delivers. It is deleted when the app took it, or
when the retries that its URL asks for are used up.
"""

from collections.abc import Callable

import msgspec
from sqlalchemy import Column, Index, Integer, Table, Text, delete, null, select

from offhook.fetch import endpoint
from offhook.kit.sids import CALLBACK, new_sid
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
    seq,
    text,
)

callbacks = Table(
    "callbacks",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("resource_sid"),
    text("url"),
    text("method"),
    text("parameters"),
    Column("endpoint", Text, nullable=False, server_default=""),  # the lane: a stuck app must not hold up the others
    Column("attempts", Integer, nullable=False),
    instant("created"),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Index("callbacks_by_due", "due", "seq"),
    Index("callbacks_by_resource", "resource_sid", "seq"),
)

_INSERT_HELD = Statement.insert(callbacks, lease=database_now() + given("hold"))
_INSERT_FREE = Statement.insert(callbacks, lease=null())
_DELETE = Statement(delete(callbacks).where(callbacks.c.sid == given("sid")))
_c, _itself = callbacks.c, callbacks.alias("itself")
_EARLIER = Query(
    select(_c.seq)
    .where(_c.resource_sid == given("resource_sid"))
    .where(_c.seq < select(_itself.c.seq).where(_itself.c.sid == given("sid")).scalar_subquery())
    .limit(1),
    int,
)


class Callback(msgspec.Struct):
    """One request to an app that wants to know: `parameters` is a JSON list of pairs."""

    seq: int
    sid: str
    account_sid: str
    resource_sid: str
    url: str
    method: str
    parameters: str
    endpoint: str
    attempts: int
    created: int
    due: int | None = None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The form parameters in order."""
        return msgspec.json.decode(self.parameters, type=tuple[tuple[str, str], ...])


claims = Claims(callbacks, Callback, lane=_c.endpoint)


class Outbox:
    """Adds callbacks to units of work."""

    def __init__(self, hold: int) -> None:
        self._hold = hold
        self._deliver: Callable[[Callback], None] | None = None

    def hand_over_to(self, deliver: Callable[[Callback], None]) -> None:
        """What takes a callback once it is durable, in a process that delivers."""
        self._deliver = deliver

    def add(
        self,
        unit: Unit,
        *,
        account_sid: str,
        resource_sid: str,
        url: str,
        parameters: tuple[tuple[str, str], ...],
        now: int,
        method: str = "POST",
        after: Step | None = None,
    ) -> None:
        """Tell `url` of a change, if the step `after` makes one."""
        callback = Callback(
            seq=0,
            sid=new_sid(CALLBACK),
            account_sid=account_sid,
            resource_sid=resource_sid,
            url=url,
            method=method,
            parameters=msgspec.json.encode(parameters).decode(),
            endpoint=endpoint(url),
            attempts=0,
            created=now,
            due=now,
        )
        values = msgspec.structs.asdict(callback)
        if (deliver := self._deliver) is None:
            unit.add(_INSERT_FREE, values, after=after)
            return
        step = unit.add(_INSERT_HELD, {**values, "hold": self._hold}, after=after)
        unit.on_commit(lambda: deliver(callback), after=step)


def forget(unit: Unit, callback: Callback) -> None:
    """The callback needs no more attempts."""
    unit.add(_DELETE, {"sid": callback.sid})


async def has_earlier(database: Database, callback: Callback) -> bool:
    """Whether an earlier callback of the same resource still waits."""
    return await database.first(_EARLIER, resource_sid=callback.resource_sid, sid=callback.sid) is not None
