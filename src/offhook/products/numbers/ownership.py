"""Who owns which number. On the simulated network any possible number that nobody owns can be bought."""

from typing import Any

import structlog

from offhook.kit.clock import Clock
from offhook.kit.geography import area_codes
from offhook.kit.phone import friendly, normalise
from offhook.kit.sids import PHONE_NUMBER, new_sid
from offhook.products.numbers import store
from offhook.products.numbers.number import PhoneNumber
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.web import ApiError

log = structlog.get_logger("offhook.numbers")
FIRST_LINE, LAST_LINE = 100, 9999  # +1 AAA 555 0100 and up: numbers that no real person has


class Numbers:
    """The service of this slice."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def owner(self, phone_number: str) -> PhoneNumber | None:
        """The number with its owner and webhooks, or None when nobody owns it."""
        return await store.by_number(self._database, phone_number)

    async def buy(self, account_sid: str, phone_number: str, settings: dict[str, Any]) -> PhoneNumber:
        """Buy a number. Raises ApiError 21421 for no number, 21422 for one that somebody owns."""
        wanted = normalise(phone_number, "US")
        if wanted is None:
            raise ApiError(21421, f"PhoneNumber {phone_number} is not a valid phone number")
        now = self._clock.now()
        settings = {"friendly_name": friendly(wanted), **settings}
        number = PhoneNumber(
            seq=0,
            sid=new_sid(PHONE_NUMBER),
            account_sid=account_sid,
            phone_number=wanted,
            date_created=now,
            date_updated=now,
            **settings,
        )
        unit = Unit()
        store.add(unit, number)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise ApiError(21422, f"PhoneNumber {wanted} is not available") from None
        return number

    async def buy_in_area(self, account_sid: str, area_code: str, settings: dict[str, Any]) -> PhoneNumber:
        """Buy some number of an area. Raises ApiError 21451 for no area code, 21452 when none is free there."""
        if area_code not in (*area_codes("US"), *area_codes("CA")):
            raise ApiError(21451, f"AreaCode {area_code} is not an area code of the US or Canada")
        prefix = f"+1{area_code}555"
        taken = await store.taken(self._database, prefix)
        for line in range(FIRST_LINE, LAST_LINE + 1):
            candidate = f"{prefix}{line:04}"
            if candidate not in taken:
                return await self.buy(account_sid, candidate, settings)
        raise ApiError(21452, f"No phone numbers found in area code {area_code}")

    async def adopt(self, account_sid: str, phone_number: str) -> PhoneNumber:
        """Give an account the number that it sends from, although it never bought it (dev mode)."""
        number = await self.buy(account_sid, phone_number, {})
        log.warning(
            "number_adopted",
            phone_number=number.phone_number,
            account_sid=account_sid,
            meaning="a text was sent from a number that nobody owned; the sender owns it now",
        )
        return number

    async def change(self, account_sid: str, sid: str, changes: dict[str, Any]) -> PhoneNumber | None:
        """Set some of a number's fields; None when the account has no such number."""
        number = await self.fetch(account_sid, sid)
        if number is None or not changes:
            return number
        unit = Unit()
        store.change(unit, number, changes, self._clock.now())
        await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def release(self, account_sid: str, sid: str) -> bool:
        """Give a number back; False when the account has no such number."""
        if await self.fetch(account_sid, sid) is None:
            return False
        unit = Unit()
        store.remove(unit, account_sid, sid)
        await self._database.commit(unit)
        return True

    async def fetch(self, account_sid: str, sid: str) -> PhoneNumber | None:
        """The account's number with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def page(
        self, account_sid: str, request: PageRequest, phone_number: str | None, friendly_name: str | None
    ) -> Page[PhoneNumber]:
        """The account's numbers, newest first."""
        return await store.page(
            self._database, account_sid, request, phone_number=phone_number, friendly_name=friendly_name
        )
