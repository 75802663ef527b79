"""Outgoing caller IDs: numbers that an account may call from, because it proved that they are its own."""

from offhook.kit.clock import Clock
from offhook.kit.phone import friendly, normalise
from offhook.kit.sids import PHONE_NUMBER, new_sid
from offhook.products.numbers import errors, store
from offhook.products.numbers.caller_id import CallerId
from offhook.storage import Database, Page, PageRequest, StorageError, Unit


class CallerIds:
    """The caller IDs of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, account_sid: str, phone_number: str, friendly_name: str | None = None) -> CallerId:
        """Keep a number that was validated. Raises ApiError 21421 for no number, 21450 for one that is kept already."""
        e164 = normalise(phone_number, "US")
        if e164 is None:
            raise errors.number_invalid(phone_number)
        now = self._clock.now()
        kept = CallerId(0, new_sid(PHONE_NUMBER), account_sid, e164, friendly_name or friendly(e164), now, now)
        unit = Unit()
        store.kept_caller_ids.add(unit, kept)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.caller_id_known(e164) from None
        return kept

    async def fetch(self, account_sid: str, sid: str) -> CallerId | None:
        """The account's caller ID with this SID."""
        return await store.kept_caller_ids.by_sid(self._database, account_sid, sid)

    async def rename(self, account_sid: str, sid: str, friendly_name: str) -> CallerId | None:
        """Set its name; None when the account has no such caller ID."""
        unit = Unit()
        changes = {"friendly_name": friendly_name}
        store.kept_caller_ids.change(unit, account_sid, sid, changes, self._clock.now())
        await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def delete(self, account_sid: str, sid: str) -> bool:
        """Forget it; False when the account has no such caller ID."""
        if await self.fetch(account_sid, sid) is None:
            return False
        unit = Unit()
        store.kept_caller_ids.remove(unit, account_sid, sid)
        await self._database.commit(unit)
        return True

    async def page(
        self, account_sid: str, request: PageRequest, phone_number: str | None, friendly_name: str | None
    ) -> Page[CallerId]:
        """The account's caller IDs, newest first."""
        columns = store.outgoing_caller_ids.c
        wanted = {columns.phone_number: phone_number, columns.friendly_name: friendly_name}
        conditions = [column == value for column, value in wanted.items() if value is not None]
        return await store.kept_caller_ids.page(self._database, account_sid, request, *conditions)
