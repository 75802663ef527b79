"""PostgreSQL's errors (https://www.postgresql.org/docs/current/errcodes-appendix.html) in the words of the port."""

import asyncpg
from asyncpg.exceptions import InternalClientError

from offhook.storage.unit import Kind, StorageError

CONFLICT = (asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError, asyncpg.ForeignKeyViolationError)
FULL = (asyncpg.DiskFullError,)
BROKEN = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.SyntaxOrAccessError,
    asyncpg.DataError,
    asyncpg.exceptions._base.DataError,  # the driver's, for a value that cannot be encoded
)
NOT_NOW = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, InternalClientError)


def translated(problem: Exception) -> Exception:
    """A StorageError for an error of PostgreSQL, its driver or the network; any other error as it is."""
    kind = _kind(problem)
    if kind is None:
        return problem
    translation = StorageError(kind, str(problem) or type(problem).__name__)
    translation.__cause__ = problem
    return translation


def _kind(problem: Exception) -> Kind | None:
    if isinstance(problem, CONFLICT):
        return "conflict"
    if isinstance(problem, FULL):
        return "full"
    if isinstance(problem, BROKEN):
        return "broken"
    return "unavailable" if isinstance(problem, NOT_NOW) else None
