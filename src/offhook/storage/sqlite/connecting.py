"""How a SQLite file is opened: write-ahead log, and `synchronous=FULL`, so that a commit survives a power cut.

With group commit FULL costs no more than NORMAL (docs/decisions/0003-group-commit.md).
"""

import sqlite3
from pathlib import Path

BUSY_TIMEOUT = 10.0  # seconds


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The one connection that writes; transactions are begun and ended by hand."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "wal_autocheckpoint = 4000",
        "cache_size = -16384",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def open_for_reading(path: Path, wait: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """A connection that cannot write, for one reader thread; it waits so many seconds for a locked file."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA query_only = ON")
    return connection
