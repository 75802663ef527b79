"""Checking codes.

The code is compared first, in constant time, and what comes of it is an UPDATE that only happens while codes are still
looked at; its outcome, and not the comparison's, is what the caller hears. So of any number of guesses at the same
moment five are looked at, and a verification is approved once.
"""

from dataclasses import dataclass

import msgspec

from offhook.exchanges import events
from offhook.kit.clock import DAY, Clock
from offhook.products.verify import asking, attempt_store, errors
from offhook.products.verify import verification_store as store
from offhook.products.verify.alarming import Alarming
from offhook.products.verify.codes import Codes
from offhook.products.verify.services import Services
from offhook.products.verify.verification import LIVE, Verification
from offhook.products.verify.verifications import Verifications
from offhook.storage import Database, Unit


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody says: a code for a destination, or for a verification."""

    code: str
    to: str | None = None
    verification_sid: str | None = None
    amount: str | None = None
    payee: str | None = None

    def __repr__(self) -> str:
        """Without the code."""
        return "<Guess>"


class Checking:
    """Checks codes."""

    def __init__(
        self,
        database: Database,
        services: Services,
        verifications: Verifications,
        codes: Codes,
        alarming: Alarming,
        clock: Clock,
    ) -> None:
        self._database = database
        self._services = services
        self._verifications = verifications
        self._codes = codes
        self._alarming = alarming
        self._clock = clock

    async def check(self, account_sid: str, service_sid: str, guess: Guess) -> Verification | None:
        """The verification as it is after the guess; None when there is none that is under way.

        Raises ApiError 60202 when no more codes are looked at, 60221 for a guess at nothing.
        """
        await self._services.known(account_sid, service_sid)
        sid = guess.verification_sid or guess.to
        if not sid:
            raise errors.no_target()
        asking.check_code(guess.code, "Code")
        known = await self._verifications.find(account_sid, service_sid, sid)
        if known is None:
            return None
        if known.status != "pending" or known.code is None:
            raise errors.too_many_checks()
        return await self._settle(known, is_right=self._is_right(known, guess))

    def _is_right(self, known: Verification, guess: Guess) -> bool:
        is_right = known.code is not None and self._codes.is_right(known.code, guess.code)
        return is_right and (guess.amount, guess.payee) == (known.amount, known.payee)

    async def _settle(self, known: Verification, *, is_right: bool) -> Verification | None:
        unit, now = Unit(), self._clock.now()
        step = store.check(unit, known, now, now - DAY, is_right=is_right)
        whose = known.account_sid
        events.note(unit, "verification.updated", account_sid=whose, sid=known.sid, now=now, after=step)
        if is_right:
            attempt_store.convert(unit, known.sid, now, after=step)
        await self._database.commit(unit)
        if step.changed:
            if not is_right:
                await self._alarming.note_wrong(known)
            status = "approved" if is_right else "pending"
            return msgspec.structs.replace(known, status=status, date_updated=now)
        await self._check_ended(known)
        return None

    async def _check_ended(self, known: Verification) -> None:
        """No code was looked at. Raises ApiError 60202 unless the verification has ended meanwhile."""
        fresh = await store.anywhere(self._database, known.sid)
        if fresh is not None and fresh.status in LIVE and fresh.expires > self._clock.now():
            raise errors.too_many_checks()
