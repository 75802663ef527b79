"""The queues of all accounts: made by an app, or by the first caller who is to stand in one; changed, deleted."""

from typing import Any

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.sids import QUEUE, new_sid
from offhook.products.voice import errors
from offhook.products.voice import queue_store as store
from offhook.products.voice.queue import DEFAULT_SIZE, Member, Queue
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.web import ApiError


class Queues:
    """Queues as they are kept. Who stands in them is decided in `LiningUp`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, account_sid: str, name: str, max_size: int = DEFAULT_SIZE) -> Queue:
        """Make a queue. Raises ApiError 22003 when the account has one of that name."""
        now = self._clock.now()
        queue = Queue(0, new_sid(QUEUE), account_sid, name, max_size, date_created=now, date_updated=now)
        unit = Unit()
        store.add(unit, queue)
        events.note(unit, "queue.created", account_sid=account_sid, sid=queue.sid, now=now)
        await self._commit(unit, name)
        return queue

    async def named(self, account_sid: str, name: str) -> Queue:
        """The account's queue of this name, which is made if there is none."""
        while (queue := await self.find(account_sid, name)) is None:
            try:
                return await self.create(account_sid, name)
            except ApiError as problem:
                if problem.code != errors.QUEUE_EXISTS:  # somebody else was quicker
                    raise
        return queue

    async def find(self, account_sid: str, name: str) -> Queue | None:
        """The account's queue of this name."""
        return await store.by_name(self._database, account_sid, name, self._clock.now())

    async def fetch(self, account_sid: str, sid: str) -> Queue | None:
        """The account's queue with this SID."""
        return await store.by_sid(self._database, account_sid, sid, self._clock.now())

    async def page(self, account_sid: str, request: PageRequest) -> Page[Queue]:
        """The account's queues, newest first."""
        return await store.page(self._database, account_sid, request, self._clock.now())

    async def change(self, account_sid: str, sid: str, changes: dict[str, Any]) -> Queue | None:
        """Set some fields; None when the account has no such queue. Raises ApiError 22003 for a name that is taken."""
        if changes:
            unit, now = Unit(), self._clock.now()
            changed = store.change(unit, account_sid, sid, changes, now)
            events.note(unit, "queue.updated", account_sid=account_sid, sid=sid, now=now, after=changed)
            await self._commit(unit, changes.get("friendly_name", ""))
        return await self.fetch(account_sid, sid)

    async def delete(self, account_sid: str, sid: str) -> bool:
        """Delete a queue; False when there is none. Raises ApiError 20409 while somebody stands in it."""
        unit = Unit()
        removed = store.remove(unit, account_sid, sid)
        events.note(unit, "queue.deleted", account_sid=account_sid, sid=sid, now=self._clock.now(), after=removed)
        await self._database.commit(unit)
        if not removed.changed and await self.fetch(account_sid, sid) is not None:
            raise errors.queue_not_empty(sid)
        return removed.changed > 0

    async def members(self, account_sid: str, queue_sid: str, request: PageRequest) -> Page[Member] | None:
        """Who stands in a queue, the front first; None when the account has no such queue."""
        if await self.fetch(account_sid, queue_sid) is None:
            return None
        return await store.members(self._database, account_sid, queue_sid, request)

    async def member(self, account_sid: str, queue_sid: str, call_sid: str) -> Member | None:
        """The member of a queue with this call."""
        return await store.member(self._database, account_sid, queue_sid, call_sid)

    async def front(self, account_sid: str, queue_sid: str) -> Member | None:
        """The member of a queue whose turn is next."""
        return await store.front(self._database, account_sid, queue_sid)

    async def _commit(self, unit: Unit, name: str) -> None:
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.queue_exists(name) from None
