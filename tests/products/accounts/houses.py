"""Accounts by itself, on a real database; opened twice on one file it is two processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.products.accounts import Accounts
from offhook.runtime import VirtualClock, Work
from offhook.storage import Database, Sealer, Unit, open_database

START = 1_700_000_000_000_000  # 2023-11-14 22:13:20


class House:
    """One process's Accounts."""

    def __init__(self, database: Database, accounts: Accounts, clock: VirtualClock) -> None:
        self.database, self.accounts, self.clock = database, accounts, clock
        self.sid = self.auth_token = ""

    async def commit(self, fill):
        """What `fill` returns for a unit, once that is durable."""
        unit = Unit()
        made = fill(unit)
        await self.database.commit(unit)
        return made

    async def subaccount(self, name: str | None = None, owner: str | None = None):
        """A new subaccount of the first account."""
        parent = await self.accounts.fetch(owner or self.sid)
        return await self.commit(lambda unit: self.accounts.subaccounts.create(unit, parent, name))

    async def set_status(self, sid: str, status: str) -> None:
        account = await self.accounts.fetch(sid)
        await self.commit(lambda unit: self.accounts.subaccounts.change(unit, account, None, status))


@asynccontextmanager
async def house(folder: Path, *, adopts: bool = False) -> AsyncIterator[House]:
    """Accounts on the database in `folder`, with its first account."""
    clock = VirtualClock(START)
    database = await open_database(None, folder, Work())
    accounts = Accounts(database, Sealer.open(folder / "secret.key"), clock, adopts=adopts)
    opened = House(database, accounts, clock)
    opened.sid, opened.auth_token = await accounts.open_first(None, None)
    try:
        yield opened
    finally:
        await database.close()
