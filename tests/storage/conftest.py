"""Every store test runs on both databases: a test that asks for `place` gets a fresh SQLite file and a fresh database
of a real PostgreSQL server, one after the other.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from offhook.runtime import Work
from offhook.storage import Database
from offhook.storage.postgres import PostgresDatabase
from offhook.storage.sqlite import SqliteDatabase
from tests.postgresql import Server, execute
from tests.sample_tables import metadata


class Place:
    """Where one test's database is."""

    def __init__(self, kind: str, url: str, path: Path) -> None:
        self.kind, self.url, self.path = kind, url, path

    def sql(self, text: str) -> None:
        """Run statements from outside, as an operator would. Blocks."""
        if self.kind == "postgres":
            asyncio.run(execute(self.url, text))
            return
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.executescript(text)

    @asynccontextmanager
    async def opened(self, work: Work | None = None) -> AsyncIterator[Database]:
        """The database with the sample tables, closed in the end; then nothing may be counted as under way."""
        work = work or Work()
        database = await self.open(work)
        try:
            yield database
        finally:
            await database.close()
        assert work.count == 0

    async def open(self, work: Work) -> Database:
        """The database; the test closes it."""
        if self.kind == "sqlite":
            return SqliteDatabase(self.path, work)
        return await PostgresDatabase.open(self.url, work)


def make_sqlite(path: Path, tables: MetaData = metadata) -> Place:
    """A new file with the sample tables."""
    engine = create_engine(f"sqlite:///{path}")
    tables.create_all(engine)
    engine.dispose()
    return Place("sqlite", f"sqlite:///{path}", path)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this test process."""
    with Server() as running:
        yield running


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    """A SQLite file with the sample tables."""
    return make_sqlite(tmp_path / "test.db")


@pytest.fixture
def postgres_place(server: Server, tmp_path: Path) -> Iterator[Place]:
    """A PostgreSQL database with the sample tables."""
    name = server.new_database()
    tables = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    server.sql(";".join(tables), name)
    yield Place("postgres", server.url(name), tmp_path)
    server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """One after the other: a place on SQLite, a place on PostgreSQL."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found
