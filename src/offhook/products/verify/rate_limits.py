"""Setting rate limits, and holding requests against them."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import errors
from offhook.products.verify import rate_limit_store as store
from offhook.products.verify.rate_limit import BUCKET, RATE_LIMIT, Bucket, RateLimit
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.web import ApiError

_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,64}")


class RateLimits:
    """The rate limits of all services."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, account_sid: str, service_sid: str, name: str, description: str | None) -> RateLimit:
        """Make one without buckets, which limits nothing. Raises ApiError 60208 or 60209 for the name."""
        if not _NAME.fullmatch(name):
            raise errors.rate_limit_name(name)
        now, unit = self._clock.now(), Unit()
        made = RateLimit(0, new_sid(RATE_LIMIT), account_sid, service_sid, name, description, now, now)
        store.limits.add(unit, made)
        await self._commit(unit, errors.rate_limit_exists(name))
        return made

    async def fetch(self, account_sid: str, service_sid: str, sid: str) -> RateLimit | None:
        """The rate limit of a service with this SID."""
        found = await store.limits.by_sid(self._database, account_sid, sid)
        return found if found is not None and found.service_sid == service_sid else None

    async def page(self, account_sid: str, service_sid: str, request: PageRequest) -> Page[RateLimit]:
        """The rate limits of a service, newest first."""
        mine = store.rate_limits.c.service_sid == service_sid
        return await store.limits.page(self._database, account_sid, request, mine)

    async def describe(self, known: RateLimit, description: str) -> RateLimit | None:
        """Give one another description."""
        unit = Unit()
        store.limits.change(unit, known.account_sid, known.sid, {"description": description}, self._clock.now())
        await self._database.commit(unit)
        return await self.fetch(known.account_sid, known.service_sid, known.sid)

    async def delete(self, known: RateLimit) -> bool:
        """Remove one with its buckets."""
        unit = Unit()
        removed = store.limits.remove(unit, known.account_sid, known.sid)
        store.remove_buckets(unit, known.account_sid, known.sid)
        await self._database.commit(unit)
        return removed.changed > 0

    async def add_bucket(self, known: RateLimit, most: int, interval: int) -> Bucket:
        """Limit the requests in `interval` seconds. Raises ApiError 60211 when that interval has a limit."""
        now, unit = self._clock.now(), Unit()
        made = Bucket(0, new_sid(BUCKET), known.account_sid, known.service_sid, known.sid, most, interval, now, now)
        store.measures.add(unit, made)
        await self._commit(unit, errors.bucket_exists(interval))
        return made

    async def bucket(self, known: RateLimit, sid: str) -> Bucket | None:
        """The bucket of a rate limit with this SID."""
        found = await store.measures.by_sid(self._database, known.account_sid, sid)
        return found if found is not None and found.rate_limit_sid == known.sid else None

    async def buckets(self, known: RateLimit, request: PageRequest) -> Page[Bucket]:
        """The buckets of a rate limit, newest first."""
        mine = store.buckets.c.rate_limit_sid == known.sid
        return await store.measures.page(self._database, known.account_sid, request, mine)

    async def change_bucket(self, known: RateLimit, sid: str, changes: dict[str, Any]) -> Bucket | None:
        """Set its numbers. Raises ApiError 60211 when another has that interval."""
        if await self.bucket(known, sid) is None:
            return None
        unit = Unit()
        store.measures.change(unit, known.account_sid, sid, changes, self._clock.now())
        await self._commit(unit, errors.bucket_exists(changes.get("interval", 0)))
        return await self.bucket(known, sid)

    async def delete_bucket(self, known: RateLimit, sid: str) -> bool:
        """Remove a bucket."""
        if await self.bucket(known, sid) is None:
            return False
        unit = Unit()
        removed = store.measures.remove(unit, known.account_sid, sid)
        await self._database.commit(unit)
        return removed.changed > 0

    async def count(self, unit: Unit, account_sid: str, service_sid: str, values: Mapping[str, str]) -> None:
        """Add a request with these values of keys to `unit`, which fails with ApiError 20429 where one has too many.

        Raises ApiError 60200 for a key that the service has not.
        """
        if not values:
            return
        known = {limit.unique_name: limit for limit in await store.of_service(self._database, account_sid, service_sid)}
        now = self._clock.now()
        for name, value in values.items():
            if name not in known:
                raise errors.parameter("RateLimits", f"the service has no rate limit {name}")
            hashed = hashlib.sha256(value.encode()).hexdigest()
            for bucket in await store.buckets_of(self._database, account_sid, known[name].sid):
                store.use(unit, bucket, hashed, now, otherwise=errors.rate_limited(name))

    async def _commit(self, unit: Unit, taken: ApiError) -> None:
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise taken from None
