"""The webhooks of services: keeping them, and telling apps what became of factors and challenges."""

from typing import Any
from uuid import uuid4

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import webhook_store
from offhook.products.verify.challenge import Challenge
from offhook.products.verify.factor import TOTP, Factor
from offhook.products.verify.services import Services
from offhook.products.verify.webhook import WEBHOOK, Event, VerifyWebhook
from offhook.products.verify.webhook_store import webhook_rows, webhooks
from offhook.storage import Database, Page, PageRequest, Step, Unit
from offhook.webhooks import Outbox

Parameters = tuple[tuple[str, str], ...]


class Webhooks:
    """Keeps the webhooks of services."""

    def __init__(self, database: Database, services: Services, outbox: Outbox, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._outbox = outbox
        self._clock = clock

    async def create(self, account_sid: str, service_sid: str, settings: dict[str, Any]) -> VerifyWebhook:
        """Make a webhook. Raises ApiError 20404 for an unknown service."""
        await self._services.known(account_sid, service_sid)
        now, unit = self._clock.now(), Unit()
        made = VerifyWebhook(
            seq=0,
            sid=new_sid(WEBHOOK),
            account_sid=account_sid,
            service_sid=service_sid,
            date_created=now,
            date_updated=now,
            **settings,
        )
        webhooks.add(unit, made)
        await self._database.commit(unit)
        return made

    async def fetch(self, account_sid: str, service_sid: str, sid: str) -> VerifyWebhook | None:
        """The service's webhook with this SID."""
        found = await webhooks.by_sid(self._database, account_sid, sid)
        return found if found is not None and found.service_sid == service_sid else None

    async def page(self, account_sid: str, service_sid: str, request: PageRequest) -> Page[VerifyWebhook]:
        """The webhooks of a service, newest first. Raises ApiError 20404 for an unknown service."""
        await self._services.known(account_sid, service_sid)
        return await webhooks.page(self._database, account_sid, request, webhook_rows.c.service_sid == service_sid)

    async def change(
        self, account_sid: str, service_sid: str, sid: str, settings: dict[str, Any]
    ) -> VerifyWebhook | None:
        """Set some settings; None when the service has no such webhook."""
        found = await self.fetch(account_sid, service_sid, sid)
        if found is None or not settings:
            return found
        unit = Unit()
        webhooks.change(unit, account_sid, sid, settings, self._clock.now())
        await self._database.commit(unit)
        return await self.fetch(account_sid, service_sid, sid)

    async def delete(self, account_sid: str, service_sid: str, sid: str) -> bool:
        """Forget a webhook."""
        if await self.fetch(account_sid, service_sid, sid) is None:
            return False
        unit = Unit()
        step = webhooks.remove(unit, account_sid, sid)
        await self._database.commit(unit)
        return step.changed > 0

    async def wanting(self, account_sid: str, service_sid: str) -> "Told":
        """Who is told of what happens in a service."""
        return Told(await webhook_store.of_service(self._database, account_sid, service_sid), self._outbox)


class Told:
    """The webhooks of a service, ready to be told of what a unit does."""

    def __init__(self, webhooks: list[VerifyWebhook], outbox: Outbox) -> None:
        self._webhooks = webhooks
        self._outbox = outbox

    def of_factor(self, unit: Unit, event: Event, factor: Factor, now: int, *, after: Step) -> None:
        """Tell of something that became of a factor, if the step `after` makes it so."""
        self._tell(unit, event, factor, (), factor.sid, now, after)

    def of_challenge(
        self, unit: Unit, event: Event, challenge: Challenge, factor: Factor, now: int, *, after: Step
    ) -> None:
        """Tell of something that became of a challenge, if the step `after` makes it so."""
        about = {
            "challenge_sid": challenge.sid,
            "challenge_details": challenge.details,
            "challenge_hidden_details": challenge.hidden_details,
            "challenge_metadata": challenge.metadata,
        }
        known = tuple((name, value) for name, value in about.items() if value is not None)
        self._tell(unit, event, factor, known, challenge.sid, now, after)

    def _tell(
        self, unit: Unit, event: Event, factor: Factor, more: Parameters, resource_sid: str, now: int, after: Step
    ) -> None:
        for webhook in self._webhooks:
            if webhook.wants(event):
                self._outbox.add(
                    unit,
                    account_sid=factor.account_sid,
                    resource_sid=resource_sid,
                    url=webhook.webhook_url,
                    method=webhook.webhook_method,
                    parameters=(*_about(event, factor), *more),
                    now=now,
                    after=after,
                )


def _about(event: Event, factor: Factor) -> Parameters:
    return (
        ("uuid", str(uuid4())),
        ("type", event),
        ("account_sid", factor.account_sid),
        ("service_sid", factor.service_sid),
        ("entity_sid", factor.entity_sid),
        ("entity_identity", factor.identity),
        ("factor_sid", factor.sid),
        ("factor_type", TOTP),
        ("factor_friendly_name", factor.friendly_name),
    )
