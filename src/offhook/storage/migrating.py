"""Bring a database's tables up to this program's version, at start, before anything else touches them.

The steps are Alembic's, one file each under `migrations/versions/`. SQLite runs them on a plain connection,
PostgreSQL over asyncpg under an advisory lock, so that several processes may start at once. On both, all missing
steps are one transaction: a process that dies in the middle leaves the tables as they were.
"""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from offhook.storage.unit import StorageError

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x0FF400C  # the advisory lock's number, any constant


def migrate_sqlite(path: Path) -> None:
    """Run the missing steps on a SQLite file, making it when there is none. Blocks.

    Raises StorageError when the file cannot be opened.
    """
    with contextlib.suppress(OSError):  # opening it says what is wrong
        path.touch(mode=0o600)  # what is in it concerns its owner only; SQLite's other files take its mode
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    _begin_by_hand(engine)
    try:
        connection = engine.connect()
    except DBAPIError as problem:
        raise StorageError("unavailable", f"{path} cannot be opened: {problem.orig}") from problem
    with connection:
        _upgrade(connection)
    engine.dispose()


async def migrate_postgres(url: str) -> None:
    """Run the missing steps on `postgresql://…`. Raises StorageError when nothing answers there."""
    import asyncpg  # only where it is used

    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        connection = await engine.connect()
    except (OSError, DBAPIError, asyncpg.PostgresError) as problem:
        raise StorageError("unavailable", f"PostgreSQL does not answer: {problem}") from problem
    try:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
        await connection.run_sync(_upgrade)
    finally:
        await connection.close()
        await engine.dispose()


def _begin_by_hand(engine: Engine) -> None:
    """Python's sqlite3 leaves CREATE TABLE outside its transactions; so the transaction is begun here.

    IMMEDIATE also makes a second process that starts at the same time wait its turn.
    """

    @event.listens_for(engine, "connect")
    def _no_transactions_of_its_own(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    command.upgrade(configuration(connection=connection), "head")
    connection.commit()


def configuration(**attributes: Any) -> Config:
    """Alembic's settings for our steps; `connection` is the one to run them on."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config
