"""Sets what is declared: makes what is missing, changes what differs, and leaves everything else alone.

Everything that can be seen to be wrong beforehand is looked for first, so that a file that does not fit changes
nothing. What is done then goes through the same services as a request to the API, thing by thing: accounts, then
applications, numbers, short codes and caller IDs (which refer to those), then phones.
"""

from pathlib import Path
from typing import Any

import msgspec

from offhook.kit.clock import SECOND
from offhook.kit.phone import countries
from offhook.products.accounts import Account, Accounts
from offhook.products.network import Behaving, Handsets
from offhook.products.numbers import Numbers, PhoneNumber
from offhook.roles import declarations as declared
from offhook.roles.declarations import DeclarationError, Declarations
from offhook.roles.fitting import Fitting
from offhook.storage import Database, PageRequest, Unit
from offhook.web import ApiError, Identity

REMOVABLE = ("_url", "_callback")  # an empty one means none
TRAITS = {"power": "is_off", "repeated_reports": "repeats", "early_reports": "too_early"}


class Applying:
    """Brings the state of an Offhook in line with declarations; `path` is the file that errors name."""

    def __init__(
        self,
        path: Path,
        database: Database,
        accounts: Accounts,
        numbers: Numbers,
        handsets: Handsets,
        behaving: Behaving,
    ) -> None:
        self._path = path
        self._database = database
        self._fitting = Fitting(accounts, numbers)
        self._accounts = accounts
        self._numbers = numbers
        self._handsets = handsets
        self._behaving = behaving

    async def apply(self, declarations: Declarations) -> list[str]:
        """Set everything that is declared; what was changed, in words.

        Raises DeclarationError. Nothing was changed then, unless somebody else took what was free a moment ago.
        """
        if problems := await self._fitting.problems(declarations):
            raise DeclarationError(self._path, problems)
        changed: list[str] = []
        try:
            await self._apply(declarations, changed)
        except ApiError as problem:
            raise DeclarationError(self._path, [problem.message]) from problem
        return changed

    async def _apply(self, declarations: Declarations, changed: list[str]) -> None:
        for account in declarations.accounts:
            if await self._set_account(account):
                changed.append(f"account {account.friendly_name}")
        for application in declarations.applications:
            if await self._set_application(application, await self._fitting.sid_of(declarations, application.account)):
                changed.append(f"application {application.friendly_name}")
        for number in declarations.numbers:
            if await self._set_number(number, declarations):
                changed.append(f"number {number.phone_number}")
        for code in declarations.short_codes:
            if await self._set_short_code(code, await self._fitting.sid_of(declarations, code.account)):
                changed.append(f"short code {code.short_code}")
        for caller_id in declarations.caller_ids:
            if await self._set_caller_id(caller_id, await self._fitting.sid_of(declarations, caller_id.account)):
                changed.append(f"caller ID {caller_id.phone_number}")
        for handset in declarations.handsets:
            if await self._set_handset(handset):
                changed.append(f"handset {handset.address}")

    async def _set_account(self, account: declared.Account) -> bool:
        there = await self._fitting.account(account)
        unit = Unit()
        if there is None:
            first = await self._accounts.fetch(self._accounts.first_sid)
            assert first is not None
            created = self._accounts.subaccounts.create(
                unit,
                first,
                account.friendly_name,
                sid=account.sid,
                auth_token=account.auth_token,
                test_sid=account.test_account_sid,
                test_auth_token=account.test_auth_token,
            )
            there = created.account
        else:
            if there.friendly_name != account.friendly_name:
                self._accounts.subaccounts.change(unit, there, account.friendly_name, None)
            if account.auth_token not in (None, await self._accounts.auth_token(there.sid)):
                self._accounts.tokens.replace(unit, there.sid, str(account.auth_token))
            if account.test_account_sid or account.test_auth_token:
                await self._accounts.testing.set(unit, there.sid, account.test_account_sid, account.test_auth_token)
        await self._set_policies(unit, there, account)
        if unit:
            await self._database.commit(unit)
        return bool(unit)

    async def _set_policies(self, unit: Unit, there: Account, account: declared.Account) -> None:
        """Whose files are private, and which countries may be texted."""
        if account.media_auth not in (None, there.media_auth):
            self._accounts.settings.change(unit, there, media_auth=account.media_auth)
        if account.countries is not None:
            said = await self._accounts.geo_permissions.said_by(there.sid)
            wanted = {country: country in account.countries for country in countries()}
            if changes := {country: said_now for country, said_now in wanted.items() if said.get(country) != said_now}:
                self._accounts.geo_permissions.change(unit, there.sid, changes)

    async def _set_application(self, application: declared.Application, account_sid: str | None) -> bool:
        assert account_sid is not None  # accounts are made before
        settings = _settings(application)
        there = await self._fitting.application(account_sid, application.friendly_name)
        if there is None:
            unit = Unit()
            self._numbers.applications.create(unit, account_sid, settings)
            await self._database.commit(unit)
        elif changes := _differing(there, settings):
            await self._numbers.applications.change(account_sid, there.sid, changes)
        else:
            return False
        return True

    async def _set_number(self, number: declared.Number, declarations: Declarations) -> bool:
        there = await self._numbers.owner(number.phone_number)
        account_sid = await self._fitting.sid_of(declarations, number.account)
        assert account_sid is not None
        settings = _settings(number) | await self._applications_of(number, account_sid)
        if there is None:
            await self._numbers.buy(account_sid, number.phone_number, settings)
            return True
        return await self._change_number(there, account_sid if number.account else there.account_sid, settings)

    async def _change_number(self, there: PhoneNumber, account_sid: str, settings: dict[str, Any]) -> bool:
        changes = _differing(there, settings)
        if there.account_sid != account_sid:
            first = self._accounts.first_sid
            me = Identity(first, first, owns_all=True)
            await self._numbers.transfer(me, there.account_sid, there.sid, account_sid, settings)
        elif changes:
            await self._numbers.change(account_sid, there.sid, changes)
        else:
            return False
        return True

    async def _applications_of(self, number: declared.Number, account_sid: str) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for kind in ("sms", "voice"):
            name = getattr(number, f"{kind}_application")
            if name is not None:
                application = await self._fitting.application(account_sid, name) if name else None
                found[f"{kind}_application_sid"] = application.sid if application else None
        return found

    async def _set_short_code(self, code: declared.ShortCode, account_sid: str | None) -> bool:
        assert account_sid is not None
        settings = _settings(code)
        there = await self._numbers.short_codes.owner(code.short_code)
        if there is None:
            await self._numbers.add_short_code(account_sid, code.short_code, **settings)
        elif changes := _differing(there, settings):
            await self._numbers.short_codes.change(there.account_sid, there.sid, changes)
        else:
            return False
        return True

    async def _set_caller_id(self, caller_id: declared.CallerId, account_sid: str | None) -> bool:
        assert account_sid is not None
        ids, name = self._numbers.caller_ids, caller_id.friendly_name
        page = await ids.page(account_sid, PageRequest(), caller_id.phone_number, None)
        if not page.rows:
            await ids.add(account_sid, caller_id.phone_number, name)
        elif name is not None and page.rows[0].friendly_name != name:
            await ids.rename(account_sid, page.rows[0].sid, name)
        else:
            return False
        return True

    async def _set_handset(self, handset: declared.Handset) -> bool:
        given = msgspec.structs.asdict(handset)
        address = given.pop("address")
        traits = {TRAITS.get(name, name): value for name, value in given.items() if value is not None}
        if "is_off" in traits:
            traits["is_off"] = handset.power == "off"
        for name in {"delay", "answer_delay"} & traits.keys():
            traits[name] = round(traits[name] * SECOND)
        there = next((rule for rule in await self._behaving.rules() if rule.pattern == address), None)
        if there is not None and not _differing(there, traits):
            return False
        await self._handsets.behave(address, traits)
        return True


def _settings(entry: declared.Application | declared.Number | declared.ShortCode) -> dict[str, Any]:
    """What is given of the fields that the thing itself has too."""
    elsewhere = ("account", "phone_number", "short_code", "sms_application", "voice_application")
    given = {n: v for n, v in msgspec.structs.asdict(entry).items() if v is not None and n not in elsewhere}
    return {name: (value or None) if name.endswith(REMOVABLE) else value for name, value in given.items()}


def _differing(there: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if getattr(there, name) != value}
