"""SQLite's result codes (https://www.sqlite.org/rescode.html) in the words of the port."""

import sqlite3

from offhook.storage.unit import Kind, StorageError

UNIQUE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
}
NOT_NOW = {  # primary codes
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_PROTOCOL,
}


def translated(problem: Exception) -> Exception:
    """A StorageError for an error of SQLite; any other error as it is."""
    if not isinstance(problem, sqlite3.Error):
        return problem
    translation = StorageError(_kind(getattr(problem, "sqlite_errorcode", None)), str(problem))
    translation.__cause__ = problem
    return translation


def _kind(code: int | None) -> Kind:
    if code is None:  # the driver's own complaint, such as a wrong number of values
        return "broken"
    if code in UNIQUE:
        return "conflict"
    if code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return "full"
    return "unavailable" if code & 0xFF in NOT_NOW else "broken"
