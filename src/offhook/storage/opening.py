"""Open the database that a process was told to use, its tables up to date."""

import asyncio
from pathlib import Path

from offhook.runtime import Work
from offhook.storage.database import Database
from offhook.storage.migrating import migrate_postgres, migrate_sqlite


async def open_database(url: str | None, folder: Path, work: Work) -> Database:
    """`postgresql://…`, `sqlite:///PATH`, or None for the file `offhook.db` in `folder`.

    Raises StorageError when the database does not answer and ValueError for another kind of URL.
    """
    if url is not None and url.startswith(("postgresql://", "postgres://")):
        from offhook.storage.postgres import PostgresDatabase  # asyncpg is imported only where it is used

        url = url.replace("postgres://", "postgresql://", 1)
        await migrate_postgres(url)
        return await PostgresDatabase.open(url, work)
    if url is not None and not url.startswith("sqlite:///"):
        raise ValueError(f"not a database that Offhook knows: {url.split(':')[0]}:// (use sqlite:/// or postgresql://)")
    from offhook.storage.sqlite import SqliteDatabase

    path = Path(url.removeprefix("sqlite:///")) if url else folder / "offhook.db"
    await asyncio.to_thread(migrate_sqlite, path)
    return SqliteDatabase(path, work)
