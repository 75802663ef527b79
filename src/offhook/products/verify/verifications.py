"""Beginning verifications, sending their codes again, looking at them, ending them without a code.

For one destination a service has one verification at a time: whoever asks again before it ends gets the same code once
more. How many unverified ones a prefix may have, that a destination has no second one, and how often a code is sent is
decided by the very statements that do it, so requests at the same moment cannot get past.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.carriers import Lines
from offhook.exchanges import events
from offhook.kit.clock import DAY, MINUTE, SECOND, Clock
from offhook.kit.phone import is_fixed_line
from offhook.kit.sids import is_sid, new_sid
from offhook.products.accounts import Accounts
from offhook.products.verify import asking, attempt_store, errors
from offhook.products.verify import verification_store as store
from offhook.products.verify.asking import Asked
from offhook.products.verify.attempt import ATTEMPT, Attempt
from offhook.products.verify.block import prefix_of
from offhook.products.verify.codes import Codes
from offhook.products.verify.delivering import Delivering
from offhook.products.verify.expiring import Expiring
from offhook.products.verify.guarding import Guarding, Limit
from offhook.products.verify.rate_limits import RateLimits
from offhook.products.verify.service import Service
from offhook.products.verify.services import Services
from offhook.products.verify.verification import (
    LIVE,
    MOST_SENDS,
    MOST_WRONG,
    VERIFICATION,
    Channel,
    Status,
    Verification,
)
from offhook.storage import Database, Page, PageRequest, Step, Unit

LONGEST_WAIT = 10 * MINUTE  # between two sendings of a code


@dataclass(frozen=True, slots=True)
class Shown:
    """A verification with what was sent for it, and what is known of its number."""

    verification: Verification
    attempts: list[Attempt]
    line: str | None = None  # "mobile" or "landline", where the service looks it up


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is about to be sent."""

    asked: Asked
    service: Service
    to: str
    channel: Channel
    country: str


class Verifications:
    """Verifications. `ttl` is how long a code counts, `resend_wait` how long the first wait between two sendings is."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        services: Services,
        guarding: Guarding,
        rate_limits: RateLimits,
        codes: Codes,
        delivering: Delivering,
        expiring: Expiring,
        lines: Lines,
        clock: Clock,
        *,
        ttl: int,
        resend_wait: int,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._services = services
        self._guarding = guarding
        self._rate_limits = rate_limits
        self._codes = codes
        self._delivering = delivering
        self._expiring = expiring
        self._lines = lines
        self._clock = clock
        self._ttl = ttl
        self._resend_wait = resend_wait

    async def start(self, unit: Unit, account_sid: str, service_sid: str, asked: Asked) -> Shown:
        """Add a verification to `unit`, or one more sending of the code that counts still. Raises ApiError."""
        service = await self._services.known(account_sid, service_sid)
        await self._accounts.check_active(account_sid)
        draft = self._draft(asked, service)
        line = await self._line(draft)
        limit = await self._check(draft, line)
        live = await store.live_at(self._database, account_sid, service_sid, draft.to)
        attempts: list[Attempt] = []
        if live is not None and live.expires <= self._clock.now():
            store.expire(unit, self._clock.now())
            live = None
        if live is None:
            made = self._made(draft)
            await self._rate_limits.count(unit, account_sid, service_sid, asking.rate_limits(asked))
            step = store.add(unit, made, since=limit.since, most=limit.most, otherwise=errors.at_once())
            unit.on_commit(lambda: self._expiring.expect(made.expires), after=step)
        else:
            attempts = await attempt_store.of(self._database, live.sid)
            self._check_again(live, attempts)
            await self._rate_limits.count(unit, account_sid, service_sid, asking.rate_limits(asked))
            made, step = self._again(unit, live, draft)
        attempt = self._attempt(draft, made)
        self._delivering.add(unit, attempt, after=step)
        self._note(unit, made, "created" if live is None else "updated", step)
        return Shown(made, [*attempts, attempt], line if service.lookup_enabled else None)

    async def find(self, account_sid: str, service_sid: str, sid: str) -> Verification | None:
        """The verification with this SID, or of this destination, if it has not ended."""
        if is_sid(sid, VERIFICATION):
            found = await store.by_sid(self._database, account_sid, service_sid, sid)
        else:
            to = asking.known_destination(sid)
            found = await store.live_at(self._database, account_sid, service_sid, to)
        is_live = found is not None and found.status in LIVE and found.expires > self._clock.now()
        return found if is_live else None

    async def fetch(self, account_sid: str, service_sid: str, sid: str) -> Shown | None:
        """The same, with what was sent for it."""
        found = await self.find(account_sid, service_sid, sid)
        return None if found is None else await self.shown(found)

    async def shown(self, known: Verification) -> Shown:
        """A verification with what was sent for it."""
        return Shown(known, await attempt_store.of(self._database, known.sid))

    async def end(
        self, unit: Unit, account_sid: str, service_sid: str, sid: str, status: Status, *, otherwise: Exception
    ) -> Shown | None:
        """Approve or cancel one without its code; None when there is none that could be."""
        found = await self.find(account_sid, service_sid, sid)
        if found is None:
            return None
        now = self._clock.now()
        step = store.become(unit, found, status, now, otherwise=otherwise)
        if status == "approved":
            attempt_store.convert(unit, found.sid, now, after=step)
        ended = msgspec.structs.replace(found, status=status, code=None, date_updated=now)
        self._note(unit, ended, "updated", step)
        return await self.shown(ended)

    async def page(self, account_sid: str | None, request: PageRequest, equal: dict[str, str]) -> Page[Verification]:
        """Verifications, those that have ended too, newest first; of this account only, where one is given."""
        return await store.page(self._database, account_sid, request, equal)

    async def latest_code(self, to: str) -> str | None:
        """The code in clear that a destination was sent last, if it counts still: for the simulated network only."""
        known = await store.live_anywhere(self._database, asking.known_destination(to), self._clock.now())
        return None if known is None or known.code is None else self._codes.open(known.code)

    def _draft(self, asked: Asked, service: Service) -> _Draft:
        to, channel = asking.destination(asked.to, asked.channel)
        if not self._delivering.can(channel):
            raise errors.channel_disabled(channel)
        asking.check(asked, service, channel)
        return _Draft(asked, service, to, channel, asking.country_of_destination(to, channel))

    async def _line(self, draft: _Draft) -> str | None:
        if draft.channel == "email" or not draft.service.lookup_enabled:
            return None
        known = await self._lines.line_of(draft.to)
        return known or ("landline" if is_fixed_line(draft.to) else "mobile")

    async def _check(self, draft: _Draft, line: str | None) -> Limit:
        account_sid = draft.service.account_sid
        if draft.channel == "sms" and line == "landline" and draft.service.skip_sms_to_landlines:
            raise errors.landline(draft.to)
        if await store.wrong_since(self._database, account_sid, draft.to, self._clock.now() - DAY) >= MOST_WRONG:
            raise errors.too_many_checks()
        return await self._guarding.check(
            account_sid, draft.to, draft.country, draft.channel, checks_risk=draft.asked.checks_risk
        )

    def _check_again(self, live: Verification, attempts: list[Attempt]) -> None:
        """Raises ApiError for a code that is not sent again, or not yet."""
        if live.status == "max_attempts_reached":
            raise errors.too_many_checks()
        if live.sends >= MOST_SENDS:
            raise errors.too_many_sends()
        wait = min(self._resend_wait * 2 ** (live.sends - 1), LONGEST_WAIT)
        left = attempts[-1].date_created + wait - self._clock.now() if attempts else 0
        if left > 0:
            raise errors.at_once(-(-left // SECOND))

    def _again(self, unit: Unit, live: Verification, draft: _Draft) -> tuple[Verification, Step]:
        now = self._clock.now()
        custom = draft.asked.custom_code
        code = self._codes.seal(custom) if custom else live.code
        known = msgspec.structs.replace(live, channel=draft.channel, code=code, date_updated=now)
        step = store.send_again(unit, known, now, otherwise=errors.at_once())
        return msgspec.structs.replace(known, sends=live.sends + 1), step

    def _made(self, draft: _Draft) -> Verification:
        now, asked = self._clock.now(), draft.asked
        custom = asked.custom_code
        return Verification(
            seq=0,
            sid=new_sid(VERIFICATION),
            account_sid=draft.service.account_sid,
            service_sid=draft.service.sid,
            to=draft.to,
            channel=draft.channel,
            status="pending",
            code=self._codes.seal(custom) if custom else self._codes.new(draft.service.code_length),
            wrong=0,
            sends=1,
            country=draft.country,
            prefix=prefix_of(draft.to) if draft.channel != "email" else "",
            amount=asked.amount,
            payee=asked.payee,
            tags=asked.tags,
            date_created=now,
            date_updated=now,
            expires=now + self._ttl,
        )

    def _attempt(self, draft: _Draft, made: Verification) -> Attempt:
        now = self._clock.now()
        minutes = max((made.expires - now) // MINUTE, 1)
        manner: Any = asking.manner(draft.asked, draft.service, draft.country, minutes)
        return Attempt(
            seq=0,
            sid=new_sid(ATTEMPT),
            account_sid=made.account_sid,
            service_sid=made.service_sid,
            verification_sid=made.sid,
            channel=draft.channel,
            to=draft.to,
            country=draft.country,
            status="queued",
            conversion_status="unconverted",
            manner=msgspec.json.encode(manner).decode(),
            tries=0,
            error_code=None,
            call_sid=None,
            date_created=now,
            date_updated=now,
            due=now,
        )

    def _note(self, unit: Unit, known: Verification, what: str, after: Step) -> None:
        whose, now = known.account_sid, self._clock.now()
        events.note(unit, f"verification.{what}", account_sid=whose, sid=known.sid, now=now, after=after)
