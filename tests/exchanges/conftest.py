"""The tables on both databases: a test that asks for `place` runs on SQLite, then on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

import offhook.exchanges  # noqa: F401 - its tables register themselves
from offhook.runtime import Work
from offhook.storage import Database, metadata
from offhook.storage.postgres import PostgresDatabase
from offhook.storage.sqlite import SqliteDatabase
from tests.postgresql import Server


class Place:
    """Where one test's database is: a file or a URL."""

    def __init__(self, where: Path | str) -> None:
        self.where = where

    @asynccontextmanager
    async def opened(self, work: Work) -> AsyncIterator[Database]:
        """The database, closed in the end."""
        where = self.where
        database = SqliteDatabase(where, work) if isinstance(where, Path) else await PostgresDatabase.open(where, work)
        try:
            yield database
        finally:
            await database.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this test process."""
    with Server() as running:
        yield running


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    """A SQLite file with the tables."""
    engine = create_engine(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(engine)
    engine.dispose()
    return Place(tmp_path / "test.db")


@pytest.fixture
def postgres_place(server: Server) -> Iterator[Place]:
    """A PostgreSQL database with the tables."""
    name = server.new_database()
    tables = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    server.sql(";".join(tables), name)
    yield Place(server.url(name))
    server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """One after the other."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
def run(place: Place):
    """Runs `scenario(database, work)` on the place."""

    def run(scenario) -> None:
        async def whole() -> None:
            work = Work()
            async with place.opened(work) as database:
                await scenario(database, work)

        asyncio.run(asyncio.wait_for(whole(), 20))

    return run
