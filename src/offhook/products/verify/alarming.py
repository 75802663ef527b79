"""The alarm of a service: many of its verifications end in wrong codes, so somebody may be guessing.

Five guesses at one number are nothing; the same at one number after the other is what the limits of each do not see.
"""

from offhook.kit.clock import MINUTE, Clock
from offhook.products.verify import errors
from offhook.products.verify import verification_store as store
from offhook.products.verify.verification import MOST_CHECKS, Verification
from offhook.storage import Database, Unit
from offhook.webhooks import Alert, Alerts

MOST_GUESSED = 20  # verifications of a service with as many wrong codes as are looked at, at one time
QUIET = 10 * MINUTE  # between two alarms of a service


class Alarming:
    """Writes alerts. Which services have had theirs is remembered in this process only: one too many does no harm."""

    def __init__(self, database: Database, alerts: Alerts, clock: Clock) -> None:
        self._database = database
        self._alerts = alerts
        self._clock = clock
        self._quiet_until: dict[str, int] = {}

    async def note_wrong(self, known: Verification) -> None:
        """A wrong code was counted for a verification, which had so many before."""
        now, service = self._clock.now(), known.service_sid
        if known.wrong + 1 < MOST_CHECKS or self._quiet_until.get(service, 0) > now:
            return
        guessed = await store.guessed(self._database, known.account_sid, service)
        if guessed >= MOST_GUESSED:
            self._quiet_until[service] = now + QUIET
            await self._alarm(known, guessed)

    async def _alarm(self, known: Verification, guessed: int) -> None:
        problem = errors.too_many_checks()
        told = f"{problem.message} for {guessed} verifications at one time: somebody may be guessing"
        unit = Unit()
        self._alerts.add(unit, Alert(known.account_sid, problem.code, told, known.service_sid))
        await self._database.commit(unit)
