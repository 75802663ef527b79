"""The port that every floor above uses to reach a database. `sqlite` and `postgres` implement it."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from offhook.storage.statement import Query
from offhook.storage.unit import Unit

R = TypeVar("R")


class Database(Protocol):
    """One database, open. Its units are committed in the order they were handed in by this process."""

    async def commit(self, unit: Unit) -> None:
        """Run the unit and wait until it is durable. Raises StorageError, or what a step's `otherwise` says."""
        ...

    def post(self, unit: Unit) -> None:
        """Run the unit soon, without waiting; what goes wrong is logged."""
        ...

    async def all(self, query: Query[R], **values: Any) -> list[R]:
        """All records of `query`."""
        ...

    async def first(self, query: Query[R], **values: Any) -> R | None:
        """The first record of `query`, or None."""
        ...

    def when_in_doubt(self, act: Callable[[], None]) -> None:
        """Call `act`, on the loop, whenever units may have been kept although their callers were told otherwise."""
        ...

    async def close(self) -> None:
        """Commit what was handed in and close."""
        ...
