"""Outgoing caller IDs: numbers that an account may call from, because it proved that they are its own.

Twilio calls the number, and whoever answers types a code. Here nothing calls yet: in dev mode the phone at the number
answers at once and types the right code, in production there is no validation.
"""

import secrets
from typing import NamedTuple

from offhook.kit.clock import Clock
from offhook.kit.phone import friendly, normalise
from offhook.kit.sids import PHONE_NUMBER, new_sid
from offhook.products.numbers import errors, store
from offhook.products.numbers.caller_id import CallerId, Validation
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.webhooks import Outbox

DIGITS_OF_CODE = 6


class Callback(NamedTuple):
    """Who is told how a validation ended."""

    url: str
    method: str


class CallerIds:
    """The caller IDs of all accounts."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox | None = None) -> None:
        """Without an `outbox` nothing is validated; numbers may still be added."""
        self._database = database
        self._clock = clock
        self._outbox = outbox

    async def validate(
        self, account_sid: str, phone_number: str, friendly_name: str | None, callback: str | None, method: str
    ) -> Validation:
        """Validate a number, whose phone answers at once and types the right code, and keep it.

        Raises ApiError 20501 where people would have to be called, and those of `add`.
        """
        if self._outbox is None:
            raise errors.validation_unsupported()
        kept = await self.add(
            account_sid, phone_number, friendly_name, Callback(callback, method) if callback else None
        )
        code = f"{secrets.randbelow(10**DIGITS_OF_CODE):0{DIGITS_OF_CODE}}"
        return Validation(account_sid, kept.sid, kept.phone_number, kept.friendly_name, code)

    async def add(
        self,
        account_sid: str,
        phone_number: str,
        friendly_name: str | None = None,
        callback: Callback | None = None,
    ) -> CallerId:
        """Keep a number that was validated, and tell `callback` of it.

        Raises ApiError 21421 for no number, 21450 for one that is kept already.
        """
        e164 = normalise(phone_number, "US")
        if e164 is None:
            raise errors.number_invalid(phone_number)
        now = self._clock.now()
        kept = CallerId(0, new_sid(PHONE_NUMBER), account_sid, e164, friendly_name or friendly(e164), now, now)
        unit = Unit()
        store.kept_caller_ids.add(unit, kept)
        if callback is not None and self._outbox is not None:
            self._tell(self._outbox, unit, kept, callback)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.caller_id_known(e164) from None
        return kept

    def _tell(self, outbox: Outbox, unit: Unit, kept: CallerId, callback: Callback) -> None:
        """https://www.twilio.com/docs/voice/api/outgoing-caller-ids#statuscallback-parameters"""
        parameters = (
            ("AccountSid", kept.account_sid),
            ("ApiVersion", "2010-04-01"),
            ("To", kept.phone_number),
            ("VerificationStatus", "success"),
            ("OutgoingCallerIdSid", kept.sid),
        )
        outbox.add(
            unit,
            account_sid=kept.account_sid,
            resource_sid=kept.sid,
            url=callback.url,
            method=callback.method,
            parameters=parameters,
            now=kept.date_created,
        )

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
