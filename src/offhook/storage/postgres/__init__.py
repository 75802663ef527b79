"""PostgreSQL: the same units, over asyncpg."""

from offhook.storage.postgres.database import PostgresDatabase

__all__ = ["PostgresDatabase"]
