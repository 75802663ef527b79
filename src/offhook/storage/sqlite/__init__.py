"""SQLite: one file, one writer thread, group commit, durable before it is acknowledged."""

from offhook.storage.sqlite.database import SqliteDatabase

__all__ = ["SqliteDatabase"]
