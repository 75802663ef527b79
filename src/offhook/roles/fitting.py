"""Whether what is declared fits what is there, and what that is: it only looks."""

from offhook.products.accounts import Account, Accounts
from offhook.products.numbers import Application, Numbers, capabilities_of
from offhook.roles import declarations as declared
from offhook.roles.declarations import Declarations
from offhook.storage import PageRequest


class Fitting:
    """Finds the accounts and applications that declarations mean, and what speaks against declarations."""

    def __init__(self, accounts: Accounts, numbers: Numbers) -> None:
        self._accounts = accounts
        self._numbers = numbers

    async def problems(self, declarations: Declarations) -> list[str]:
        """What does not fit, as sentences with their place in the file."""
        found: list[str] = []
        for place, account in enumerate(declarations.accounts, 1):
            found += [f"[[accounts]] {place}: {problem}" for problem in await self._problems_of_account(account)]
        for table in declared.OWNED:
            for place, entry in enumerate(getattr(declarations, table), 1):
                problems = await self._problems_of_owner(declarations, entry.account)
                if isinstance(entry, declared.Number):
                    problems += await self._problems_of_number(entry, declarations)
                if isinstance(entry, declared.ShortCode):
                    problems += await self._problems_of_short_code(entry, declarations)
                found += [f"[[{table}]] {place}: {problem}" for problem in problems]
        return found

    async def _problems_of_account(self, account: declared.Account) -> list[str]:
        there = await self.account(account)
        if problems := await self._problems_of_sids(account, there.sid if there else None):
            return problems
        if there is None or account.sid is None:
            return []
        if there.status == "closed":
            return [f"account {there.sid} is closed for good"]
        if there.is_first and account.auth_token not in (None, await self._accounts.auth_token(there.sid)):
            return [f"{there.sid} is the first account; its token is the setting auth_token, and never changes"]
        return []

    async def _problems_of_sids(self, account: declared.Account, there: str | None) -> list[str]:
        """A SID is an account's or a test SID, never both."""
        testing = self._accounts.testing
        found = await testing.problem(there, account.test_account_sid) if account.test_account_sid else None
        if account.sid is not None and there is None and await testing.owner(account.sid) is not None:
            found = f"{account.sid} is a test SID already, so it cannot be an account"
        return [found] if found else []

    async def _problems_of_owner(self, declarations: Declarations, reference: str | None) -> list[str]:
        name = declarations.account_named(reference)
        if name is None or any(name == account.friendly_name for account in declarations.accounts):
            return []
        account = await self._accounts.fetch(name)
        if account is None or account.status == "closed":
            return [f"there is no account {name}" if account is None else f"account {name} is closed for good"]
        return []

    async def _problems_of_number(self, number: declared.Number, declarations: Declarations) -> list[str]:
        if (number.sms_url or number.sms_fallback_url) and not capabilities_of(number.phone_number).sms:
            return [f"{number.phone_number} carries no texts, so nobody can be asked about them"]
        there = await self._numbers.owner(number.phone_number)
        uses_application = number.sms_application or number.voice_application
        if there and uses_application and number.account is None and there.account_sid != self._accounts.first_sid:
            return [f"{number.phone_number} belongs to {there.account_sid}: name its account beside its application"]
        return []

    async def _problems_of_short_code(self, code: declared.ShortCode, declarations: Declarations) -> list[str]:
        there = await self._numbers.short_codes.owner(code.short_code)
        if there and code.account and there.account_sid != await self.sid_of(declarations, code.account):
            return [f"{code.short_code} belongs to {there.account_sid} already"]
        return []

    async def account(self, account: declared.Account) -> Account | None:
        """The account with its SID; without one, the oldest of this name that is not closed."""
        if account.sid is not None:
            return await self._accounts.fetch(account.sid)
        page = await self._accounts.subaccounts.page(
            PageRequest(), of=self._accounts.first_sid, friendly_name=account.friendly_name, status=None
        )
        named = [shown.account for shown in page.rows if shown.account.status != "closed"]
        return next((account for account in reversed(named) if not account.is_first), None)

    async def sid_of(self, declarations: Declarations, reference: str | None) -> str | None:
        """The SID of an account that something refers to; None while it is still to be made."""
        name = declarations.account_named(reference)
        if name is None:
            return self._accounts.first_sid
        for account in declarations.accounts:
            if account.friendly_name == name:
                there = await self.account(account)
                return there.sid if there else None
        return name

    async def application(self, account_sid: str, name: str) -> Application | None:
        """The account's oldest application of this name."""
        page = await self._numbers.applications.page(account_sid, PageRequest(), name)
        return page.rows[-1] if page.rows else None
