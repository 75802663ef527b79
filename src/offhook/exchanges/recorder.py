"""Records exchanges as they happen: the caller is not kept waiting, and old ones are forgotten in time."""

from functools import partial

import msgspec
import structlog

from offhook.exchanges import events, redaction, store
from offhook.exchanges.exchange import Exchange
from offhook.exchanges.retention import KEPT, KEPT_BYTES, PRUNE_EVERY, Retention
from offhook.runtime import Tasks
from offhook.storage import Database, StorageError, Unit

log = structlog.get_logger("offhook.exchanges")
SHORT_BODY = 16 * 1024  # bytes of a body that are kept when there is not much room


def keep(unit: Unit, exchange: Exchange) -> int:
    """Keep an exchange as part of `unit`, and tell of it unless somebody only looked; returns its bytes."""
    size = store.add(unit, exchange)
    if not exchange.is_looking:
        whose, sid = exchange.account_sid, exchange.sid
        events.note(unit, "exchange.created", account_sid=whose, sid=sid, now=exchange.started)
    return size


class Recorder:
    """Keeps what was said. A full disk or a lost database costs the record, never the call it is of."""

    def __init__(self, database: Database, tasks: Tasks, *, keep: int = KEPT, keep_bytes: int = KEPT_BYTES) -> None:
        self._database = database
        self._tasks = tasks
        self._retention = Retention(database, keep=keep, keep_bytes=keep_bytes)
        self._recorded = 0

    def record(self, exchange: Exchange) -> None:
        """Keep `exchange`, soon. Now and then, the old ones go."""
        unit = Unit()
        size = keep(unit, self._shortened(exchange))
        unit.on_commit(partial(self._kept, size))
        try:
            self._database.post(unit)
        except StorageError as problem:
            log.warning("exchange_lost", url=exchange.url, problem=str(problem))
            return
        if self._recorded % PRUNE_EVERY == 0:
            self._tasks.spawn(events.prune(self._database, events.KEPT), "prune-events")
        self._recorded += 1

    def _kept(self, size: int) -> None:
        self._retention.added(size)
        if self._retention.begin():
            self._tasks.spawn(self._retention.prune(), "prune-exchanges")

    def _shortened(self, exchange: Exchange) -> Exchange:
        """The exchange as it is kept: whole, while there is room."""
        if not self._retention.is_half_full:
            return exchange
        request, response = (
            redaction.shortened(text, SHORT_BODY) for text in (exchange.request_body, exchange.response_body)
        )
        return msgspec.structs.replace(exchange, request_body=request, response_body=response)
