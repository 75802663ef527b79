"""What is looked at before a code goes out: may the account reach that country, is somebody pumping texts?"""

from dataclasses import dataclass

from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.accounts import Accounts
from offhook.products.verify import block, errors
from offhook.products.verify import verification_store as store
from offhook.products.verify.block import BLOCK, LASTS, LOOKS_BACK, MOST_UNVERIFIED, Block, Guard
from offhook.products.verify.safelist import Safelist
from offhook.products.verify.verification import Channel
from offhook.storage import Database, Page, PageRequest, Unit
from offhook.webhooks import Alert, Alerts


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many unverified ones since a moment."""

    most: int
    since: int


NO_LIMIT = Limit(2**31 - 1, 2**62)  # counts what was begun since then, which is nothing


class Guarding:
    """Permissions and blocks. `guard` says what becomes of a prefix that is pumped."""

    def __init__(
        self, database: Database, accounts: Accounts, safelist: Safelist, alerts: Alerts, clock: Clock, guard: Guard
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._safelist = safelist
        self._alerts = alerts
        self._clock = clock
        self._guard = guard

    async def check(self, account_sid: str, to: str, country: str, channel: Channel, *, checks_risk: bool) -> Limit:
        """How many unverified ones the prefix of a number may have.

        Raises ApiError 60605 for a country that the account may not reach, 60410 for a blocked prefix.
        """
        if await self._safelist.find(account_sid, to) is not None:
            return NO_LIMIT
        if not await self._accounts.geo_permissions.permits(account_sid, country):
            raise errors.region_not_permitted(to)
        if channel != "sms" or self._guard == "off" or not checks_risk:
            return NO_LIMIT
        limit = await self._check_prefix(account_sid, block.prefix_of(to))
        return limit if self._guard == "block" else NO_LIMIT

    async def page(self, account_sid: str, request: PageRequest) -> Page[Block]:
        """The account's blocks, newest first."""
        return await block.page(self._database, account_sid, request)

    async def lift(self, account_sid: str, sid: str) -> bool:
        """End a block; what was unverified until then is forgiven."""
        unit = Unit()
        lifted = block.lift(unit, account_sid, sid, self._clock.now())
        await self._database.commit(unit)
        return lifted.changed > 0

    async def _check_prefix(self, account_sid: str, prefix: str) -> Limit:
        now = self._clock.now()
        last = await block.last(self._database, account_sid, prefix)
        since = max(now - LOOKS_BACK, last.until if last else 0)
        if last is None or last.until <= now:
            unverified = await store.unverified(self._database, account_sid, prefix, since)
            last = await self._block(account_sid, prefix, now) if unverified >= MOST_UNVERIFIED else None
        if last is not None and last.guard == "block":
            unit = Unit()
            block.refuse(unit, last)
            await self._database.commit(unit)
            raise errors.blocked(prefix)
        return Limit(MOST_UNVERIFIED, since)

    async def _block(self, account_sid: str, prefix: str, now: int) -> Block:
        made = Block(0, new_sid(BLOCK), account_sid, prefix, self._guard, 0, now, now + LASTS)
        unit, problem = Unit(), errors.blocked(prefix)
        added = block.add(unit, made, now)
        self._alerts.add(unit, Alert(account_sid, problem.code, problem.message, made.sid), after=added)
        await self._database.commit(unit)
        return made
