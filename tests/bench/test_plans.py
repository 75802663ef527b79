"""No list of things that there are many of is read from one end to the other, on either database.

The databases are filled as the bench fills them, with fewer rows, but with enough for PostgreSQL to care.
"""

import asyncio
import re
from pathlib import Path

import pytest

from bench.filling import Month, fill
from bench.plans import Lists, explained
from offhook.kit import sids
from offhook.storage.migrating import migrate_postgres, migrate_sqlite
from tests.postgresql import Server

NOW = 1_790_000_000_000_000
MANY = 20_000  # messages
BOUNDED = ("exchanges_by_time",)  # all of it may be read: it is narrow, and has as many entries as are kept


async def plans_of(where: Path | str) -> dict[str, list[str]]:
    month = Month([sids.new_sid(sids.ACCOUNT) for _ in range(6)], MANY, NOW)
    await fill(where, month)
    async with explained(where) as database:
        return await Lists(database, month).all()


@pytest.fixture(scope="module")
def sqlite_plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    path = tmp_path_factory.mktemp("plans") / "test.db"
    migrate_sqlite(path)
    return asyncio.run(plans_of(path))


@pytest.fixture(scope="module")
def postgres_plans() -> dict[str, list[str]]:
    with Server() as server:
        url = server.url(server.new_database())

        async def all_plans() -> dict[str, list[str]]:
            await migrate_postgres(url)
            return await plans_of(url)

        return asyncio.run(all_plans())
