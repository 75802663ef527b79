"""The entities of services: the users of apps who have factors."""

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import entity_store
from offhook.products.verify import factor_errors as errors
from offhook.products.verify.entity import ENTITY, Entity
from offhook.products.verify.entity_store import entities, entity_rows
from offhook.products.verify.services import Services
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.web import ApiError
from offhook.web.errors import not_found


class Entities:
    """Makes, finds and removes entities."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    async def create(self, account_sid: str, service_sid: str, identity: str) -> Entity:
        """Make an entity. Raises ApiError 20404 for an unknown service, 60301 when there is this one already."""
        await self._services.known(account_sid, service_sid)
        now = self._clock.now()
        made = Entity(0, new_sid(ENTITY), account_sid, service_sid, identity, now, now)
        unit = Unit()
        entities.add(unit, made)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.entity_exists(identity) from None
        return made

    async def ensured(self, account_sid: str, service_sid: str, identity: str) -> Entity:
        """The entity with this identity, made if there is none."""
        found = await self.fetch(account_sid, service_sid, identity)
        if found is not None:
            return found
        try:
            return await self.create(account_sid, service_sid, identity)
        except ApiError as problem:
            found = await self.fetch(account_sid, service_sid, identity)  # somebody was faster
            if found is None:
                raise problem from None
            return found

    async def fetch(self, account_sid: str, service_sid: str, identity: str) -> Entity | None:
        """The entity of a service with this identity."""
        return await entity_store.by_identity(self._database, account_sid, service_sid, identity)

    async def known(self, account_sid: str, service_sid: str, identity: str) -> Entity:
        """The entity of a service with this identity. Raises ApiError 20404."""
        found = await self.fetch(account_sid, service_sid, identity)
        if found is None:
            raise not_found(f"/Services/{service_sid}/Entities/{identity}")
        return found

    async def page(self, account_sid: str, service_sid: str, request: PageRequest) -> Page[Entity]:
        """The entities of a service, newest first. Raises ApiError 20404 for an unknown service."""
        await self._services.known(account_sid, service_sid)
        return await entities.page(self._database, account_sid, request, entity_rows.c.service_sid == service_sid)

    async def delete(self, account_sid: str, service_sid: str, identity: str) -> bool:
        """Forget an entity, its factors and its challenges."""
        found = await self.fetch(account_sid, service_sid, identity)
        if found is None:
            return False
        unit = Unit()
        step = entity_store.remove(unit, found)
        await self._database.commit(unit)
        return step.changed > 0
