"""Callbacks that wait to be made. Written in the same unit as the change they tell of, so none is forgotten.

A row is inserted already leased to this process and handed to the delivery once it is durable; after a crash the
queue finds it again. It is deleted when the app took it, or when the retries that its URL asks for are used up.
"""

from collections.abc import Callable

import msgspec
from sqlalchemy import Column, Index, Integer, Table, delete

from offhook.kit.sids import CALLBACK, new_sid
from offhook.storage import (
    Claims,
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
    Column("attempts", Integer, nullable=False),
    instant("created"),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Index("callbacks_by_due", "due", "seq"),
    Index("callbacks_by_resource", "resource_sid", "seq"),
)

_INSERT = Statement.insert(callbacks, lease=database_now() + given("hold"))
_DELETE = Statement(delete(callbacks).where(callbacks.c.sid == given("sid")))


class Callback(msgspec.Struct):
    """One request to an app that wants to know: `parameters` is a JSON list of pairs."""

    seq: int
    sid: str
    account_sid: str
    resource_sid: str
    url: str
    method: str
    parameters: str
    attempts: int
    created: int
    due: int | None = None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The form parameters in order."""
        return msgspec.json.decode(self.parameters, type=tuple[tuple[str, str], ...])


claims = Claims(callbacks, Callback)


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
            attempts=0,
            created=now,
            due=now,
        )
        hold = self._hold if self._deliver is not None else 0
        step = unit.add(_INSERT, {**msgspec.structs.asdict(callback), "hold": hold}, after=after)
        if (deliver := self._deliver) is not None:
            unit.on_commit(lambda: deliver(callback), after=step)


def forget(unit: Unit, callback: Callback) -> None:
    """The callback needs no more attempts."""
    unit.add(_DELETE, {"sid": callback.sid})
