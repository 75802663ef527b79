"""When the oldest exchanges have to go: there are so many of them at most, and so many bytes.

What there is, is counted in memory, which costs a record nothing. When that says that it is too much, or a while has
passed, it is counted in the table, because other processes record and forget as well. Then the oldest go, a few in each
transaction, so that the texts that wait for theirs do not wait long.
"""

from offhook.exchanges import store
from offhook.exchanges.store import Amount
from offhook.storage import Database

KEPT = 100_000  # exchanges
KEPT_BYTES = 256 * 2**20
PRUNE_EVERY = 1_000  # exchanges over what is kept
PART = 64  # of the bytes: such a part of them goes at once
COUNT_EVERY = 10_000  # records


class Retention:
    """What is kept, and what goes."""

    def __init__(self, database: Database, *, keep: int = KEPT, keep_bytes: int = KEPT_BYTES) -> None:
        self._database = database
        self._keep, self._keep_bytes = keep, keep_bytes
        self._count = self._size = 0
        self._until_counted = 0  # records
        self._rest = 0  # records
        self._busy = False

    @property
    def is_half_full(self) -> bool:
        """Whether more than half of the bytes are used."""
        return self._size * 2 > self._keep_bytes

    def added(self, size: int) -> None:
        """An exchange is on the disk."""
        self._count += 1
        self._size += size
        self._until_counted -= 1
        self._rest -= 1

    def begin(self) -> bool:
        """Whether it is time to `prune`; whoever is told so does it, and nobody else is until that has ended."""
        over = self._count >= self._keep + PRUNE_EVERY or self._size > self._keep_bytes
        if self._busy or self._rest > 0 or not (over or self._until_counted <= 0):
            return False
        self._busy = True
        return True

    async def prune(self) -> None:
        """Forget the oldest, if there are too many. Raises StorageError, and then it is not time for a while."""
        self._rest = PRUNE_EVERY
        try:
            there = await store.amount(self._database)
            self._count, self._size, self._until_counted = there.count, there.size, COUNT_EVERY
            await self._forget(self._excess(there))
            self._rest = 0
        finally:
            self._busy = False

    def _excess(self, there: Amount) -> Amount:
        over = there.size - self._keep_bytes
        return Amount(there.count - self._keep, over + self._keep_bytes // PART if over > 0 else 0)

    async def _forget(self, excess: Amount) -> None:
        while excess.count > 0 or excess.size > 0:
            gone = await store.prune(self._database, excess)
            if not gone.count:
                break
            self._count, self._size = self._count - gone.count, self._size - gone.size
            excess = Amount(excess.count - gone.count, excess.size - gone.size)
