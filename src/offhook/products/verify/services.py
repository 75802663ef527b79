"""Making, changing and deleting services."""

from typing import Any

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import entity_store, errors, verification_store
from offhook.products.verify.service import SERVICE, Service
from offhook.products.verify.service_store import services
from offhook.storage import Database, Page, PageRequest, Unit


class Services:
    """The services of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, account_sid: str, settings: dict[str, Any]) -> Service:
        """Make a service with these settings, of which `friendly_name` is one."""
        now, unit = self._clock.now(), Unit()
        made = Service(
            seq=0, sid=new_sid(SERVICE), account_sid=account_sid, date_created=now, date_updated=now, **settings
        )
        services.add(unit, made)
        await self._database.commit(unit)
        return made

    async def fetch(self, account_sid: str, sid: str) -> Service | None:
        """The account's service with this SID."""
        return await services.by_sid(self._database, account_sid, sid)

    async def known(self, account_sid: str, sid: str) -> Service:
        """The account's service with this SID. Raises ApiError 20404."""
        found = await self.fetch(account_sid, sid)
        if found is None:
            raise errors.service_unknown(sid)
        return found

    async def page(self, account_sid: str, request: PageRequest) -> Page[Service]:
        """The account's services, newest first."""
        return await services.page(self._database, account_sid, request)

    async def change(self, account_sid: str, sid: str, settings: dict[str, Any]) -> Service | None:
        """Set some settings; None when the account has no such service."""
        if settings:
            unit = Unit()
            services.change(unit, account_sid, sid, settings, self._clock.now())
            await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def delete(self, account_sid: str, sid: str) -> bool:
        """Remove a service; its verifications end."""
        unit = Unit()
        removed = services.remove(unit, account_sid, sid)
        verification_store.delete_all(unit, account_sid, sid, self._clock.now(), after=removed)
        entity_store.remove_all(unit, account_sid, sid, after=removed)
        await self._database.commit(unit)
        return removed.changed > 0
