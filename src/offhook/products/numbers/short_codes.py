"""Short codes: no API of Twilio's makes one, an operator or a sender in dev mode does."""

from typing import Any

import structlog

from offhook.kit.clock import Clock
from offhook.kit.phone import is_short_code
from offhook.kit.sids import new_sid
from offhook.products.numbers import errors, store
from offhook.products.numbers.short_code import ShortCode
from offhook.storage import Database, Page, PageRequest, StorageError, Unit

log = structlog.get_logger("offhook.numbers")
SID = "SC"


class ShortCodes:
    """The short codes of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def owner(self, code: str) -> ShortCode | None:
        """The short code with its owner and webhooks, or None when nobody owns it."""
        return await store.by_code(self._database, code)

    async def add(self, account_sid: str, code: str, settings: dict[str, Any]) -> ShortCode:
        """Give an account a short code. Raises ApiError 21421 for what is none, 21422 when somebody owns it."""
        if not is_short_code(code):
            raise errors.number_invalid(code)
        now = self._clock.now()
        settings = {"friendly_name": code, **settings}
        kept = ShortCode(
            seq=0,
            sid=new_sid(SID),
            account_sid=account_sid,
            short_code=code,
            date_created=now,
            date_updated=now,
            **settings,
        )
        unit = Unit()
        store.kept_short_codes.add(unit, kept)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.number_taken(code) from None
        return kept

    async def adopt(self, account_sid: str, code: str) -> ShortCode:
        """Give an account the short code that it sends from, although it never got it (dev mode)."""
        kept = await self.add(account_sid, code, {})
        log.warning(
            "short_code_adopted",
            short_code=code,
            account_sid=account_sid,
            meaning="a text was sent from a short code that nobody owned; the sender owns it now",
        )
        return kept

    async def fetch(self, account_sid: str, sid: str) -> ShortCode | None:
        """The account's short code with this SID."""
        return await store.kept_short_codes.by_sid(self._database, account_sid, sid)

    async def change(self, account_sid: str, sid: str, changes: dict[str, Any]) -> ShortCode | None:
        """Set some fields; None when the account has no such short code."""
        if changes:
            unit = Unit()
            store.kept_short_codes.change(unit, account_sid, sid, changes, self._clock.now())
            await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def page(
        self, account_sid: str, request: PageRequest, friendly_name: str | None, short_code: str | None
    ) -> Page[ShortCode]:
        """The account's short codes, newest first; `short_code` is a part of the code, `*` standing for digits."""
        columns = store.short_codes.c
        conditions = [] if friendly_name is None else [columns.friendly_name == friendly_name]
        if short_code is not None:
            conditions.append(store.containing(columns.short_code, short_code))
        return await store.kept_short_codes.page(self._database, account_sid, request, *conditions)
