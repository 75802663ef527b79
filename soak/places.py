"""Where a program runs: a folder of its own, on SQLite or on a PostgreSQL server started for it."""

import argparse
import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from soak.figures import Figures
from tests.postgresql import Server

SQLITE, POSTGRES = "sqlite", "postgres"
DURABLE = ("-c", "fsync=on", "-c", "max_connections=60", "-c", "shared_buffers=64MB")


class Place:
    """One folder and one database. `server` is the PostgreSQL server, where there is one."""

    def __init__(self, folder: Path, server: Server | None = None, name: str | None = None) -> None:
        self.folder, self.server = folder, server
        self._name = name or (server.new_database() if server else "")

    @property
    def kind(self) -> str:
        """Its name."""
        return POSTGRES if self.server else SQLITE

    @property
    def database(self) -> str | None:
        """What `--database` is to say."""
        return self.server.url(self._name) if self.server else None

    async def rows(self, sql: str) -> list[Any]:
        """What a SELECT finds, asked of the database itself and not of Offhook."""
        if self.server is None:
            with closing(sqlite3.connect(self.folder / "data" / "offhook.db", timeout=10)) as connection:
                return connection.execute(sql).fetchall()
        connection = await asyncpg.connect(self.database)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """A new place, on the disk, removed in the end."""
    with tempfile.TemporaryDirectory(prefix="offhook-soak-") as folder:
        if kind == SQLITE:
            yield Place(Path(folder))
            return
        with Server(*DURABLE) as server:
            yield Place(Path(folder), server)


Program = Callable[..., Awaitable[Figures]]


def main(program: Program, description: str | None, **numbers: float) -> int:
    """The command line of a program: its numbers as options, `--database` for one of the two; the exit status."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database", choices=[SQLITE, POSTGRES], help="only on this one")
    for name, value in numbers.items():
        how: dict[str, Any] = {"action": "store_true"} if value is False else {"type": type(value), "default": value}
        parser.add_argument(f"--{name.replace('_', '-')}", **how, help=f"default: {value}")
    chosen = vars(parser.parse_args())
    only = chosen.pop("database")
    passed = [run(program, kind, **chosen).show() for kind in (SQLITE, POSTGRES) if only in (None, kind)]
    return 0 if all(passed) else 1


def run(program: Program, kind: str, **numbers: float) -> Figures:
    """Run a program in a new place."""
    with place(kind) as where:
        return uvloop.run(_awaited(program(where, **numbers)))


async def _awaited(found: Awaitable[Figures]) -> Figures:
    return await found


def together(*coroutines: Awaitable[Any]) -> "asyncio.Future[list[Any]]":
    """All of them at once."""
    return asyncio.gather(*coroutines)
