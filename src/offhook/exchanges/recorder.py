"""Records exchanges as they happen: the caller is not kept waiting, and old ones are forgotten in time."""

import structlog

from offhook.exchanges import events, store
from offhook.exchanges.exchange import Exchange
from offhook.runtime import Tasks
from offhook.storage import Database, StorageError, Unit

log = structlog.get_logger("offhook.exchanges")
KEPT = 100_000  # exchanges
PRUNE_EVERY = 1_000  # records


def keep(unit: Unit, exchange: Exchange) -> None:
    """Keep an exchange as part of `unit`, and tell of it unless somebody only looked."""
    store.add(unit, exchange)
    if not exchange.is_looking:
        whose, sid = exchange.account_sid, exchange.sid
        events.note(unit, "exchange.created", account_sid=whose, sid=sid, now=exchange.started)


class Recorder:
    """Keeps what was said. A full disk or a lost database costs the record, never the call it is of."""

    def __init__(self, database: Database, tasks: Tasks, *, keep: int = KEPT) -> None:
        self._database = database
        self._tasks = tasks
        self._keep = keep
        self._recorded = 0

    def record(self, exchange: Exchange) -> None:
        """Keep `exchange`, soon. The first and every thousandth one also makes the old ones go."""
        unit = Unit()
        keep(unit, exchange)
        try:
            self._database.post(unit)
        except StorageError as problem:
            log.warning("exchange_lost", url=exchange.url, problem=str(problem))
            return
        if self._recorded % PRUNE_EVERY == 0:
            self._tasks.spawn(self._prune(), "prune-exchanges")
        self._recorded += 1

    async def _prune(self) -> None:
        await store.prune(self._database, self._keep)
        await events.prune(self._database, events.KEPT)
