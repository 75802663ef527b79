"""Challenging users: making challenges, and looking at the codes that come.

As with factors, a code is compared first and counts afterwards, by UPDATEs that leave only the states that they may
leave. So five codes of a challenge are looked at, one approves it, and a code that was taken is never taken again,
whichever challenge it comes for.
"""

from dataclasses import dataclass

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.verify import challenge_store, factor_store, totp
from offhook.products.verify import factor_errors as errors
from offhook.products.verify.challenge import CHALLENGE, LIVES, MOST_ATTEMPTS, Challenge, ShownStatus, limits_for
from offhook.products.verify.challenge_store import challenges
from offhook.products.verify.entities import Entities
from offhook.products.verify.factor import Factor
from offhook.products.verify.factors import Factors
from offhook.products.verify.webhooks import Told, Webhooks
from offhook.storage import Database, Page, PageRequest, Step, Unit
from offhook.web import ApiError
from offhook.web.errors import not_found


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a challenge is about: when it expires (UTC microseconds; in five minutes if not given), JSON texts."""

    expires: int | None = None
    details: str | None = None
    hidden_details: str | None = None


class TooLateError(Exception):
    """Meanwhile no more codes of the challenge are looked at."""


class Challenges:
    """Makes, answers and finds challenges."""

    def __init__(
        self, database: Database, entities: Entities, factors: Factors, webhooks: Webhooks, clock: Clock
    ) -> None:
        self._database = database
        self._entities = entities
        self._factors = factors
        self._webhooks = webhooks
        self._clock = clock

    async def create(self, factor: Factor, about: Particulars, code: str | None) -> Challenge:
        """Make a challenge, and look at its first code, if one is given.

        Raises ApiError 60318 for a factor that is not verified, 60312 for one that had too many challenges.
        """
        if factor.status != "verified":
            raise errors.factor_unverified()
        made = self._made(factor, about)
        told = await self._webhooks.wanting(factor.account_sid, factor.service_sid)
        unit = Unit()
        limits = limits_for(factor.code_length)
        added = challenge_store.add(unit, made, limits, otherwise=errors.challenged_too_often())
        if code is not None:
            self._look_at(unit, made, factor, code, told, after=added)
        await self._database.commit(unit)
        return await self._again(made)

    def _made(self, factor: Factor, about: Particulars) -> Challenge:
        now = self._clock.now()
        return Challenge(
            seq=0,
            sid=new_sid(CHALLENGE),
            account_sid=factor.account_sid,
            service_sid=factor.service_sid,
            entity_sid=factor.entity_sid,
            identity=factor.identity,
            factor_sid=factor.sid,
            status="pending",
            attempts=0,
            expires=about.expires or now + LIVES,
            date_responded=None,
            details=about.details,
            hidden_details=about.hidden_details,
            metadata=None,
            date_created=now,
            date_updated=now,
        )

    async def answer(self, challenge: Challenge, code: str) -> Challenge:
        """Look at a code; a wrong one leaves the challenge pending, unless it was the fifth.

        Raises ApiError 60323 for a challenge that has expired, 60322 for one that was answered, 60308 when no more
        codes are looked at.
        """
        if problem := self._problem(challenge):
            raise problem
        factor = await self._factors.fetch(
            challenge.account_sid, challenge.service_sid, challenge.identity, challenge.factor_sid
        )
        if factor is None:
            raise not_found(f"/Factors/{challenge.factor_sid}")
        told = await self._webhooks.wanting(factor.account_sid, factor.service_sid)
        unit = Unit()
        self._look_at(unit, challenge, factor, code, told)
        try:
            await self._database.commit(unit)
        except TooLateError:
            raise self._problem(await self._again(challenge)) or errors.challenge_tried_too_often() from None
        return await self._again(challenge)

    async def note(self, challenge: Challenge, metadata: str) -> Challenge:
        """Keep what is said of the user's device, a JSON text."""
        unit = Unit()
        challenges.change(unit, challenge.account_sid, challenge.sid, {"metadata": metadata}, self._clock.now())
        await self._database.commit(unit)
        return await self._again(challenge)

    def _look_at(
        self, unit: Unit, challenge: Challenge, factor: Factor, code: str, told: Told, after: Step | None = None
    ) -> None:
        now = self._clock.now()
        step = totp.matching_step(self._factors.secret_of(factor), factor.settings, code, now)
        tried = challenge_store.try_once(unit, challenge.sid, now, after=after, otherwise=TooLateError())
        if step is not None:
            taken = factor_store.use(unit, factor.sid, step, after=tried)
            approved = challenge_store.approve(unit, challenge.sid, now, after=taken)
            told.of_challenge(unit, "challenge.approved", challenge, factor, now, after=approved)
        denied = challenge_store.deny(unit, challenge.sid, now, after=tried)
        told.of_challenge(unit, "challenge.denied", challenge, factor, now, after=denied)

    def _problem(self, challenge: Challenge) -> ApiError | None:
        """Why no code of it is looked at, if so."""
        match challenge.status_at(self._clock.now()):
            case "expired":
                return errors.challenge_expired()
            case "denied" if challenge.attempts >= MOST_ATTEMPTS:
                return errors.challenge_tried_too_often()
            case "pending":
                return None
        return errors.challenge_responded()

    async def fetch(self, account_sid: str, service_sid: str, identity: str, sid: str) -> Challenge | None:
        """The entity's challenge with this SID."""
        found = await challenges.by_sid(self._database, account_sid, sid)
        return found if found and (found.service_sid, found.identity) == (service_sid, identity) else None

    async def page(
        self,
        account_sid: str,
        service_sid: str,
        identity: str,
        request: PageRequest,
        *,
        factor_sid: str | None,
        status: ShownStatus | None,
        oldest_first: bool,
    ) -> Page[Challenge]:
        """An entity's challenges. Raises ApiError 20404 for an unknown entity."""
        entity = await self._entities.known(account_sid, service_sid, identity)
        return await challenge_store.page(
            self._database,
            account_sid,
            entity.sid,
            request,
            now=self._clock.now(),
            factor_sid=factor_sid,
            status=status,
            oldest_first=oldest_first,
        )

    async def _again(self, challenge: Challenge) -> Challenge:
        """The challenge as it is now."""
        return await challenges.by_sid(self._database, challenge.account_sid, challenge.sid) or challenge
