"""Enrolling factors: a secret is made and shown once, and the first right code verifies the factor.

The code is compared first, in constant time. What comes of it is an UPDATE that only happens while codes are still
looked at, so of any number of guesses at the same moment five count.
"""

from typing import Any

import msgspec

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import challenge_store, factor_qr, factor_store, totp
from offhook.products.verify import factor_errors as errors
from offhook.products.verify.entities import Entities
from offhook.products.verify.entity import Entity
from offhook.products.verify.factor import FACTOR, MOST_ATTEMPTS, Enrolment, Factor
from offhook.products.verify.factor_store import factor_rows, factors
from offhook.products.verify.service import Service
from offhook.products.verify.services import Services
from offhook.products.verify.totp import TotpSettings
from offhook.products.verify.webhooks import Webhooks
from offhook.storage import Database, Page, PageRequest, Sealer, Unit

PURPOSE = "verify.factor_secret"


class Factors:
    """Makes, verifies and removes factors."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        services: Services,
        entities: Entities,
        webhooks: Webhooks,
        clock: Clock,
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._services = services
        self._entities = entities
        self._webhooks = webhooks
        self._clock = clock

    async def enrol(
        self,
        account_sid: str,
        service_sid: str,
        identity: str,
        friendly_name: str,
        secret: str | None,
        settings: dict[str, Any],
        metadata: str | None,
    ) -> Enrolment:
        """Make a factor; its entity is made too, if there is none. `settings` are those that differ from the service's.

        Raises ApiError 20404 for an unknown service.
        """
        service = await self._services.known(account_sid, service_sid)
        entity = await self._entities.ensured(account_sid, service_sid, identity)
        secret = secret or totp.new_secret()
        made = self._made(entity, friendly_name, secret, _settings(service, settings), metadata)
        told = await self._webhooks.wanting(account_sid, service_sid)
        unit = Unit()
        step = factors.add(unit, made)
        told.of_factor(unit, "factor.created", made, made.date_created, after=step)
        await self._database.commit(unit)
        return Enrolment(made, secret, self._uri(service, made, secret))

    def _made(self, entity: Entity, name: str, secret: str, settings: TotpSettings, metadata: str | None) -> Factor:
        now = self._clock.now()
        return Factor(
            seq=0,
            sid=new_sid(FACTOR),
            account_sid=entity.account_sid,
            service_sid=entity.service_sid,
            entity_sid=entity.sid,
            identity=entity.identity,
            friendly_name=name,
            status="unverified",
            secret=self._sealer.seal(secret, PURPOSE),
            **msgspec.structs.asdict(settings),
            metadata=metadata,
            attempts=0,
            last_step=None,
            date_created=now,
            date_updated=now,
        )

    def secret_of(self, factor: Factor) -> str:
        """A factor's secret in base32."""
        return self._sealer.unseal(factor.secret, PURPOSE)

    async def qr_code(self, account_sid: str, sid: str, kind: str) -> bytes | None:
        """The picture (`png` or `svg`) for an authenticator app; None when the account has no such factor.

        Raises ApiError 20409 for a factor that is verified: then somebody has the secret.
        """
        factor = await factors.by_sid(self._database, account_sid, sid)
        if factor is None:
            return None
        if factor.status != "unverified":
            raise errors.code_shown_no_more()
        service = await self._services.known(account_sid, factor.service_sid)
        uri = self._uri(service, factor, self.secret_of(factor))
        return factor_qr.png(uri) if kind == "png" else factor_qr.svg(uri)

    def _uri(self, service: Service, factor: Factor, secret: str) -> str:
        issuer = service.totp_issuer or service.friendly_name
        return totp.uri(secret, factor.settings, issuer, factor.friendly_name)

    async def fetch(self, account_sid: str, service_sid: str, identity: str, sid: str) -> Factor | None:
        """The entity's factor with this SID."""
        found = await factors.by_sid(self._database, account_sid, sid)
        return found if found and (found.service_sid, found.identity) == (service_sid, identity) else None

    async def page(self, account_sid: str, service_sid: str, identity: str, request: PageRequest) -> Page[Factor]:
        """An entity's factors, newest first. Raises ApiError 20404 for an unknown entity."""
        entity = await self._entities.known(account_sid, service_sid, identity)
        return await factors.page(self._database, account_sid, request, factor_rows.c.entity_sid == entity.sid)

    async def change(self, factor: Factor, changes: dict[str, Any]) -> None:
        """Set a factor's name and how its codes are made."""
        unit = Unit()
        factors.change(unit, factor.account_sid, factor.sid, changes, self._clock.now())
        await self._database.commit(unit)

    async def verify(self, factor: Factor, code: str) -> None:
        """Look at a code of an unverified factor; a wrong one changes nothing but the count.

        Raises ApiError 60310 when no more codes are looked at, 60306 for a factor that is verified.
        """
        if factor.status == "verified":
            raise errors.invalid("AuthPayload", "the factor is verified already: create a challenge")
        if factor.attempts >= MOST_ATTEMPTS:
            raise errors.factor_tried_too_often()
        now, unit = self._clock.now(), Unit()
        told = await self._webhooks.wanting(factor.account_sid, factor.service_sid)
        step = totp.matching_step(self.secret_of(factor), factor.settings, code, now)
        tried = factor_store.try_once(unit, factor.sid, now, otherwise=errors.factor_tried_too_often())
        if step is not None:
            verified = factor_store.verify(unit, factor.sid, step, now, after=tried)
            told.of_factor(unit, "factor.verified", factor, now, after=verified)
        await self._database.commit(unit)

    async def delete(self, factor: Factor) -> bool:
        """Forget a factor and its challenges."""
        told = await self._webhooks.wanting(factor.account_sid, factor.service_sid)
        unit = Unit()
        challenge_store.remove_of_factor(unit, factor.sid)
        step = factor_store.remove(unit, factor.sid)
        told.of_factor(unit, "factor.deleted", factor, self._clock.now(), after=step)
        await self._database.commit(unit)
        return step.changed > 0


def _settings(service: Service, given: dict[str, Any]) -> TotpSettings:
    usual = TotpSettings(skew=service.totp_skew, code_length=service.totp_code_length, time_step=service.totp_time_step)
    return msgspec.structs.replace(usual, **given)
