"""Going back: to the beginning, or to a moment that was given a name.

A snapshot is the whole world of an Offhook, every account with all it has, the phones, the record, the moment that a
virtual clock shows. Going back to it, time goes back as well: it is as if everything since had not been. Whatever was
under way then is gone, and this process remembers none of it, since it begins anew from what the database holds.

That wants a moment in which nobody is at work. A role makes it (`Intermission`), once the request that wants it is
answered; the answer goes out afterwards.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from offhook.kit.clock import Clock
from offhook.storage import Database, Snapshot, Snapshots
from offhook.web import ApiError

MOST_NAMED = 64  # characters
LET_FINISH = 20.0  # seconds, real ones, that work gets to end before it is kept as it is
LET_GO = 1.0  # seconds that work gets to end before it is forgotten
Change = Callable[[Database], Awaitable[None]]


class Intermission(Protocol):
    """A moment in which nothing runs; a role implements it."""

    async def ask(self, change: Change, *, patience: float) -> None:
        """Call `change` after the request that asks, and then begin anew from what the database holds.

        First, whatever is under way gets `patience` seconds to end. Who calls meanwhile waits.
        """
        ...


class GoingBack:
    """The service: snapshots, and the ways back. Only for whoever owns everything, and not in production."""

    def __init__(self, snapshots: Snapshots, intermission: Intermission, clock: Clock, *, allowed: bool) -> None:
        self._snapshots = snapshots
        self._intermission = intermission
        self._clock = clock
        self._allowed = allowed

    async def all(self) -> list[Snapshot]:
        """Every snapshot, by name."""
        return await self._snapshots.all()

    async def find(self, name: str) -> Snapshot | None:
        """The snapshot of this name."""
        return await self._snapshots.find(name)

    async def save(self, name: str) -> Snapshot:
        """Keep everything as it is under a name, instead of what had it before. Raises ApiError 20001, 20409."""
        self._check_allowed()
        if not 0 < len(name) <= MOST_NAMED:
            raise ApiError(20001, f"Name must have from 1 to {MOST_NAMED} characters")
        snapshot = Snapshot(name, self._clock.now())
        await self._intermission.ask(lambda database: self._snapshots.save(database, snapshot), patience=LET_FINISH)
        return snapshot

    async def go_back(self, name: str) -> Snapshot | None:
        """Make everything as it was in a snapshot; None when there is none of this name. Raises ApiError 20409."""
        self._check_allowed()
        snapshot = await self._snapshots.find(name)
        if snapshot is None:
            return None
        if not await self._snapshots.fits(name):
            raise ApiError(20409, f"The snapshot {name!r} was made by another version of Offhook", 409)
        await self._intermission.ask(lambda database: self._snapshots.bring_back(database, name), patience=LET_GO)
        return snapshot

    async def start_over(self) -> None:
        """Make everything as it was at the very first start. Snapshots stay. Raises ApiError 20409."""
        self._check_allowed()
        await self._intermission.ask(self._snapshots.empty, patience=LET_GO)

    async def delete(self, name: str) -> bool:
        """Forget a snapshot; False when there was none."""
        return await self._snapshots.delete(name)

    def _check_allowed(self) -> None:
        if not self._allowed:
            raise ApiError(20409, "Nothing goes back in production: snapshots and resets are for dev mode", 409)
