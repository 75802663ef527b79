"""Connections that wait for the next request to the same place.

Idle ones are dropped early, before the usual servers do it (gunicorn 2 s, Node and uvicorn 5 s): a request written
into a connection that is just being closed is lost. The one used last is used first, so those that are too many
grow old. `most` bounds the idle ones over all places; the oldest go first.
"""

import asyncio
from collections import OrderedDict

from offhook.fetch.connection import Connection, Place

_IDLE = 1.5  # seconds


class Connections:
    """Keeps what is given back, for a while."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: OrderedDict[Connection, Place] = OrderedDict()  # the oldest first
        self._of: dict[Place, list[Connection]] = {}
        self._in_use: set[Connection] = set()
        self._sweep: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._idle)

    def take(self, place: Place) -> Connection | None:
        """A connection to this place that can be used now, the freshest first; None if there is none."""
        waiting = self._of.get(place)
        while waiting:
            connection = waiting[-1]
            self._forget(connection)
            if connection.usable and not self._too_old(connection):
                self._in_use.add(connection)
                return connection
            connection.close()
        return None

    def lend(self, connection: Connection) -> Connection:
        """A new connection that is to be given back."""
        self._in_use.add(connection)
        return connection

    def give_back(self, place: Place, connection: Connection) -> None:
        """Keep it for the next request, if it can take one."""
        self._in_use.discard(connection)
        if not connection.usable:
            return
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle[connection] = place
        self._of.setdefault(place, []).append(connection)
        if len(self._idle) > self._most:
            self._drop(next(iter(self._idle)))
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(_IDLE, self._drop_old)

    def close(self) -> None:
        """Close every connection, those in use too."""
        for connection in (*self._idle, *self._in_use):
            connection.close()
        self._idle.clear()
        self._of.clear()
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None

    def _too_old(self, connection: Connection) -> bool:
        return asyncio.get_running_loop().time() - connection.idle_since >= _IDLE

    def _drop_old(self) -> None:
        self._sweep = None
        while self._idle:
            oldest = next(iter(self._idle))
            if oldest.usable and not self._too_old(oldest):
                break
            self._drop(oldest)
        if self._idle:
            self._sweep = asyncio.get_running_loop().call_later(_IDLE, self._drop_old)

    def _drop(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        place = self._idle.pop(connection)
        waiting = self._of[place]
        waiting.remove(connection)
        if not waiting:
            del self._of[place]
