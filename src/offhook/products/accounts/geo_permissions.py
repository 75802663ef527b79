"""Which countries an account may text: what it said of a country, else what its owner said, else the default.

A subaccount so follows its parent until it says something itself. What nobody has said of a country is for the
process to know: in dev mode every country may be texted.
https://www.twilio.com/docs/messaging/guides/sms-geo-permissions
"""

from collections.abc import Callable, Mapping

from offhook.kit.clock import Clock
from offhook.kit.phone import countries
from offhook.products.accounts import geo_permission_store as store
from offhook.products.accounts.cache import Cache
from offhook.products.accounts.known import Known
from offhook.products.accounts.subaccounts import note_updated
from offhook.storage import Database, Unit


class GeoPermissions:
    """The permissions of all accounts. A change counts in this process at once, in others within a second.

    `default` is what may be texted where nobody has said anything; None is every country.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        known: Known,
        now: Callable[[], float],
        *,
        default: frozenset[str] | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._known = known
        self._default = default
        self._said: Cache[dict[str, bool]] = Cache(self._load, now)

    async def permits(self, account_sid: str, country: str) -> bool:
        """Whether the account may text a country (ISO 3166; empty for numbers that are no country's)."""
        for said in await self._said_by_family(account_sid):
            if country in said:
                return said[country]
        return self._default is None or country in self._default

    async def in_force(self, account_sid: str) -> dict[str, bool]:
        """Every country, ascending, and whether the account may text it."""
        return await self.becoming(account_sid, {})

    async def becoming(self, account_sid: str, changes: Mapping[str, bool | None]) -> dict[str, bool]:
        """Every country, ascending, and whether the account may text it once it has made `changes`."""
        own, *owners = await self._said_by_family(account_sid)
        own = {country: said for country, said in {**own, **changes}.items() if said is not None}
        permitted = {country: self._default is None or country in self._default for country in countries()}
        for said in (*reversed(owners), own):
            permitted.update(said)
        return permitted

    async def said_by(self, account_sid: str) -> Mapping[str, bool]:
        """What the account itself has said."""
        return await self._said.get(account_sid) or {}

    def change(self, unit: Unit, account_sid: str, changes: Mapping[str, bool | None]) -> None:
        """Permit countries or refuse them; None takes back what the account has said of one."""
        for country, enabled in changes.items():
            store.put(unit, account_sid, country, enabled)
        unit.on_commit(lambda: self._said.forget(account_sid))
        note_updated(unit, {account_sid}, account_sid, self._clock.now())

    async def _said_by_family(self, account_sid: str) -> list[Mapping[str, bool]]:
        """What the account has said, then what its owner has, and so on."""
        found = [await self.said_by(account_sid)]
        known = await self._known.account(account_sid)
        if known is None or known.account.is_first:
            return found
        return [*found, *await self._said_by_family(known.account.owner_account_sid)]

    async def _load(self, account_sid: str) -> dict[str, bool]:
        return {row.country_code: row.enabled for row in await store.of_account(self._database, account_sid)}
