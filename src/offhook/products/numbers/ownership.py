"""Who owns which number. On the simulated network any possible number that nobody owns can be bought."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import structlog

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.geography import area_codes
from offhook.kit.phone import friendly, is_short_code, normalise
from offhook.kit.sids import PHONE_NUMBER, new_sid
from offhook.products.numbers import errors, magic, store
from offhook.products.numbers.applications import Applications
from offhook.products.numbers.caller_ids import CallerIds
from offhook.products.numbers.inventory import Available
from offhook.products.numbers.kinds import Kind, capabilities_of, kind_of
from offhook.products.numbers.number import OF_ITS_ACCOUNT, PhoneNumber
from offhook.products.numbers.short_code import ShortCode
from offhook.products.numbers.short_codes import ShortCodes
from offhook.products.numbers.transferring import Family, NoFamily, check_transfer
from offhook.products.numbers.twiml_bins import TwimlBins
from offhook.products.numbers.webhook import Webhook
from offhook.storage import Database, Page, PageRequest, StorageError, Unit
from offhook.web import Identity

log = structlog.get_logger("offhook.numbers")
FIRST_LINE, LAST_LINE = 100, 9999  # +1 AAA 555 0100 and up: numbers that no real person has


class Numbers:
    """The service of this slice; applications, caller IDs and short codes are services of their own."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        family: Family | None = None,
        *,
        magic_for_all: bool = False,
    ) -> None:
        """With `magic_for_all`, Twilio's magic numbers answer everybody, not only test credentials."""
        self._database = database
        self._clock = clock
        self._family = family or NoFamily()
        self._is_magic = magic_for_all
        self.applications = Applications(database, clock)
        self.caller_ids = CallerIds(database, clock)
        self.short_codes = ShortCodes(database, clock)
        self.bins = TwimlBins(database, clock)

    async def owner(self, phone_number: str) -> PhoneNumber | None:
        """The number with its owner and webhooks, or None when nobody owns it."""
        return await store.by_number(self._database, phone_number)

    async def at(self, address: str) -> PhoneNumber | ShortCode | None:
        """What answers texts at an address: a number, a short code, or None when nobody owns it."""
        return await (self.short_codes.owner(address) if is_short_code(address) else self.owner(address))

    async def webhook_for_texts(self, number: PhoneNumber | ShortCode) -> Webhook:
        """Whom to ask about a text to this number. An application that it is set to wins over its own URLs."""
        if isinstance(number, PhoneNumber) and number.sms_application_sid:
            application = await self.applications.fetch(number.account_sid, number.sms_application_sid)
            if application is not None:
                return application.webhook_for_texts
        return number.webhook_for_texts

    async def webhook_for_calls(self, number: PhoneNumber) -> Webhook:
        """Whom to ask about a call to this number. An application that it is set to wins over its own URLs."""
        if number.voice_application_sid:
            application = await self.applications.fetch(number.account_sid, number.voice_application_sid)
            if application is not None:
                return application.webhook_for_calls
        return number.webhook_for_calls

    async def add_short_code(self, account_sid: str, code: str, **settings: Any) -> ShortCode:
        """Give an account a short code; `settings` as ShortCode names them (`sms_url=…`). Raises 21421, 21422."""
        return await self.short_codes.add(account_sid, code, settings)

    async def buy(
        self, account_sid: str, phone_number: str, settings: dict[str, Any], kind: Kind | None = None
    ) -> PhoneNumber:
        """Buy a number.

        Raises ApiError 21421 for no number, 21422 for one that somebody owns, 21458 for one of another kind than
        asked for, 21407 and 21420 for settings that it cannot have.
        """
        wanted = normalise(phone_number, "US")
        if wanted is None:
            raise errors.number_invalid(phone_number)
        if self._is_magic and (refusal := magic.refuse_number(wanted)):
            raise refusal
        if kind is not None and kind_of(wanted) != kind:
            raise errors.kind_mismatch(wanted, kind)
        await self._check(account_sid, wanted, settings)
        number = self._make(account_sid, wanted, _one_for_calls(settings))
        unit = Unit()
        store.add(unit, number)
        self._note(unit, "created", account_sid, number.sid)
        try:
            await self._database.commit(unit)
        except StorageError as problem:
            if problem.kind != "conflict":
                raise
            raise errors.number_taken(wanted) from None
        return number

    async def buy_in_area(self, account_sid: str, area_code: str, settings: dict[str, Any]) -> PhoneNumber:
        """Buy some number of an area. Raises ApiError 21451 for no area code, 21452 when none is free there."""
        if self._is_magic and area_code == magic.EMPTY_AREA:
            raise errors.area_sold_out(area_code)
        simulated = (magic.FULL_AREA,) if self._is_magic else ()
        if area_code not in (*area_codes("US"), *area_codes("CA"), *simulated):
            raise errors.area_code_invalid(area_code)
        prefix = f"+1{area_code}555"
        taken = await store.taken(self._database, prefix)
        for line in range(FIRST_LINE, LAST_LINE + 1):
            candidate = f"{prefix}{line:04}"
            if candidate not in taken:
                return await self.buy(account_sid, candidate, settings)
        raise errors.area_sold_out(area_code)

    async def rehearse(
        self, account_sid: str, phone_number: str | None, area_code: str | None, settings: dict[str, Any]
    ) -> PhoneNumber:
        """What buying a number with test credentials answers; nobody owns it then. Raises ApiError as buying does."""
        if phone_number is not None:
            wanted = magic.number_for_tests(phone_number)
        elif area_code is not None:
            wanted = magic.number_of_area_for_tests(area_code)
        else:
            raise errors.number_required()
        await self._check(account_sid, wanted, settings)
        return self._make(account_sid, wanted, _one_for_calls(settings))

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

    async def on_sale(self, candidates: Iterator[Available], size: int) -> list[Available]:
        """The first `size` of `candidates` that nobody owns."""
        found: list[Available] = []
        while len(found) < size and (some := list(islice(candidates, size - len(found)))):
            owned = await store.owned(self._database, [one.phone_number for one in some])
            found += [one for one in some if one.phone_number not in owned]
        return found

    async def change(self, account_sid: str, sid: str, changes: dict[str, Any]) -> PhoneNumber | None:
        """Set some of a number's fields; None when the account has no such number. Raises ApiError 21407, 21420."""
        number = await self.fetch(account_sid, sid)
        if number is None or not changes:
            return number
        await self._check(account_sid, number.phone_number, changes)
        await self._change(number, _one_for_calls(changes))
        return await self.fetch(account_sid, sid)

    async def transfer(
        self, identity: Identity, account_sid: str, sid: str, target: str, changes: dict[str, Any]
    ) -> PhoneNumber | None:
        """Give a number to another account of the caller's; None when the account has no such number.

        What belongs to the old account (its application, trunk, addresses) does not go with it. Raises ApiError 21470
        to 21474 when the caller may not.
        """
        if target == account_sid:
            return await self.change(account_sid, sid, changes)
        number = await self.fetch(account_sid, sid)
        if number is None:
            return None
        await check_transfer(self._family, identity, target)
        await self._check(target, number.phone_number, changes)
        left_behind = dict.fromkeys(OF_ITS_ACCOUNT)
        await self._change(number, {**left_behind, **_one_for_calls(changes), "account_sid": target})
        return await self.fetch(target, sid)

    async def release(self, account_sid: str, sid: str) -> bool:
        """Give a number back; False when the account has no such number."""
        if await self.fetch(account_sid, sid) is None:
            return False
        unit = Unit()
        store.remove(unit, account_sid, sid)
        self._note(unit, "deleted", account_sid, sid)
        await self._database.commit(unit)
        return True

    async def fetch(self, account_sid: str, sid: str) -> PhoneNumber | None:
        """The account's number with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def page(
        self,
        account_sid: str,
        request: PageRequest,
        phone_number: str | None,
        friendly_name: str | None,
        kind: Kind | None = None,
    ) -> Page[PhoneNumber]:
        """The account's numbers, newest first."""
        return await store.page(
            self._database, account_sid, request, phone_number=phone_number, friendly_name=friendly_name, kind=kind
        )

    def _make(self, account_sid: str, e164: str, settings: dict[str, Any]) -> PhoneNumber:
        now = self._clock.now()
        settings = {"friendly_name": friendly(e164), **settings}
        return PhoneNumber(
            seq=0,
            sid=new_sid(PHONE_NUMBER),
            account_sid=account_sid,
            phone_number=e164,
            date_created=now,
            date_updated=now,
            type=kind_of(e164),
            **settings,
        )

    async def _check(self, account_sid: str, e164: str, settings: dict[str, Any]) -> None:
        if not capabilities_of(e164).sms and any(settings.get(n) for n in ("sms_url", "sms_fallback_url")):
            raise errors.texts_unsupported(e164)
        for name in ("sms_application_sid", "voice_application_sid"):
            sid = settings.get(name)
            if sid and await self.applications.fetch(account_sid, sid) is None:
                raise errors.application_inaccessible(sid)

    async def _change(self, number: PhoneNumber, changes: dict[str, Any]) -> None:
        unit = Unit()
        store.change(unit, number, changes, self._clock.now())
        for owner in {number.account_sid, changes.get("account_sid", number.account_sid)}:
            self._note(unit, "updated", owner, number.sid)
        await self._database.commit(unit)

    def _note(self, unit: Unit, what: str, account_sid: str, sid: str) -> None:
        events.note(unit, f"phone-number.{what}", account_sid=account_sid, sid=sid, now=self._clock.now())


def _one_for_calls(settings: dict[str, Any]) -> dict[str, Any]:
    """A number's calls go to a trunk or to an application: setting one removes the other, and the trunk wins."""
    if settings.get("trunk_sid"):
        return {**settings, "voice_application_sid": None}
    if settings.get("voice_application_sid"):
        return {**settings, "trunk_sid": None}
    return settings
