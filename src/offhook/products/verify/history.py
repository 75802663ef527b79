"""Attempts looked at afterwards: listed, and counted by whether they brought their owner back."""

from offhook.products.verify import attempt_store as store
from offhook.products.verify.attempt import Attempt
from offhook.products.verify.attempt_store import Counted, Filters
from offhook.storage import Database, Page, PageRequest


class History:
    """The attempts of all accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fetch(self, account_sid: str, sid: str) -> Attempt | None:
        """The account's attempt with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def page(self, account_sid: str, request: PageRequest, filters: Filters) -> Page[Attempt]:
        """The account's attempts, newest first."""
        return await store.page(self._database, account_sid, request, filters)

    async def count(self, account_sid: str, filters: Filters) -> Counted:
        """How many of the account's attempts there are, and how many of them were converted."""
        return await store.count(self._database, account_sid, filters)
