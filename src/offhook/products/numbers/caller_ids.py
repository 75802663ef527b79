"""Outgoing caller IDs: numbers that an account may call from, because it proved that they are its own.

The number is called, and whoever answers types a code (`Validator`, which voice implements).
"""

import secrets
from typing import Protocol

import msgspec

from offhook.kit.clock import Clock
from offhook.kit.phone import friendly, normalise
from offhook.kit.sids import PHONE_NUMBER, new_sid
from offhook.products.numbers import errors, store
from offhook.products.numbers.caller_id import CallerId, Validation
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.webhooks import Outbox

DIGITS_OF_CODE = 6


class Validator(Protocol):
    """Who calls a number and asks for the code; a role passes voice in. `CallerIds.settle` is told how it went."""

    def call(self, unit: Unit, asked: Validation) -> str:
        """Add the call to `unit`; returns its SID."""
        ...


class CallerIds:
    """The caller IDs of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._validator: Validator | None = None
        self._outbox: Outbox | None = None

    def validated_by(self, validator: Validator, outbox: Outbox) -> None:
        """Who calls numbers, and how apps are told."""
        self._validator, self._outbox = validator, outbox

    async def validate(self, unit: Unit, asked: Validation) -> Validation:
        """Add to `unit` a call that validates a number.

        Raises ApiError 21421 for no number, 21450 for one that is kept already, 20501 where nothing can call.
        """
        if self._validator is None:
            raise errors.validation_unsupported()
        e164 = normalise(asked.phone_number, "US")
        if e164 is None:
            raise errors.number_invalid(asked.phone_number)
        if await self._is_kept(asked.account_sid, e164):
            raise errors.caller_id_known(e164)
        code = f"{secrets.randbelow(10**DIGITS_OF_CODE):0{DIGITS_OF_CODE}}"
        name = asked.friendly_name or friendly(e164)
        asked = msgspec.structs.replace(asked, phone_number=e164, friendly_name=name, code=code)
        return msgspec.structs.replace(asked, call_sid=self._validator.call(unit, asked))

    async def settle(self, asked: Validation, *, is_right: bool) -> None:
        """A validation has ended: keep the number if the code was right, and tell the app."""
        unit = Unit()
        kept = self._new(asked.account_sid, asked.phone_number, asked.friendly_name) if is_right else None
        if kept is not None:
            store.kept_caller_ids.add(unit, kept)
        if asked.callback and self._outbox is not None:
            self._tell(self._outbox, unit, asked, kept)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":  # two calls validated the same number
                raise

    async def add(self, account_sid: str, phone_number: str, friendly_name: str | None = None) -> CallerId:
        """Keep a number that was validated.

        Raises ApiError 21421 for no number, 21450 for one that is kept already.
        """
        e164 = normalise(phone_number, "US")
        if e164 is None:
            raise errors.number_invalid(phone_number)
        kept = self._new(account_sid, e164, friendly_name)
        unit = Unit()
        store.kept_caller_ids.add(unit, kept)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.caller_id_known(e164) from None
        return kept

    def _new(self, account_sid: str, e164: str, friendly_name: str | None) -> CallerId:
        now = self._clock.now()
        return CallerId(0, new_sid(PHONE_NUMBER), account_sid, e164, friendly_name or friendly(e164), now, now)

    async def _is_kept(self, account_sid: str, e164: str) -> bool:
        return bool((await self.page(account_sid, PageRequest(size=1), e164, None)).rows)

    def _tell(self, outbox: Outbox, unit: Unit, asked: Validation, kept: CallerId | None) -> None:
        """https://www.twilio.com/docs/voice/api/outgoing-caller-ids#statuscallback-parameters"""
        told = [
            ("AccountSid", asked.account_sid),
            ("CallSid", asked.call_sid or ""),
            ("ApiVersion", "2010-04-01"),
            ("To", asked.phone_number),
            ("VerificationStatus", "success" if kept else "failed"),
        ]
        if kept is not None:
            told.append(("OutgoingCallerIdSid", kept.sid))
        outbox.add(
            unit,
            account_sid=asked.account_sid,
            resource_sid=kept.sid if kept else asked.call_sid or "",
            url=asked.callback or "",
            method=asked.callback_method,
            parameters=tuple(told),
            now=self._clock.now(),
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
