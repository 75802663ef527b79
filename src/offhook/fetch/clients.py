"""The HTTP clients, one for each place that is called, the least recently used closed first.

pyreqwest fixes the address of a name and the connect timeout when a client is built, so a client *is* a checked
place. Building one costs milliseconds, so they are kept; a client in use is never closed.

Everything a client might do by itself is off: proxies from the environment, redirects, decompression, referers,
cookies. Idle connections are dropped early, before the usual servers do it (gunicorn 2 s, Node and uvicorn 5 s):
a request written into a connection that is just being closed is lost.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from pyreqwest.client import Client, ClientBuilder

_IDLE = timedelta(seconds=1.5)


class Place(NamedTuple):
    """What a client is built for. `connect` is its connect timeout in seconds."""

    scheme: str
    host: str
    address: str
    port: int
    connect: float


@dataclass(slots=True)
class _Kept:
    client: Client
    users: int = 0


class Clients:
    """Lends clients and remembers who still has one. `most` bounds those kept, not those in use."""

    def __init__(self, build: Callable[[Place], Client], most: int) -> None:
        self._build = build
        self._most = most
        self._kept: OrderedDict[Place, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    async def lend(self, place: Place) -> Client:
        """The client for this place; give it back with `give_back`."""
        kept = self._kept.get(place)
        if kept is None:
            kept = self._kept[place] = _Kept(self._build(place))
        self._kept.move_to_end(place)
        kept.users += 1
        if len(self._kept) > self._most:
            await self._close_idle()
        return kept.client

    def give_back(self, place: Place) -> None:
        """One user less."""
        kept = self._kept.get(place)
        if kept is not None:
            kept.users -= 1

    async def close(self) -> None:
        """Close every client, those in use too."""
        while self._kept:
            await self._kept.popitem()[1].client.close()

    async def _close_idle(self) -> None:
        idle = [place for place, kept in self._kept.items() if not kept.users]
        for place in idle[: len(self._kept) - self._most]:
            await self._kept.pop(place).client.close()


def build_client(place: Place, user_agent: str, extra_ca: bytes | None) -> Client:
    """A client that can reach this place only. `extra_ca`: PEM certificates trusted beside the system's."""
    builder = (
        ClientBuilder()
        .no_proxy()
        .follow_redirects(False)
        .referer(False)
        .gzip(False)
        .brotli(False)
        .zstd(False)
        .deflate(False)
        .http1_only()
        .user_agent(user_agent)
        .connect_timeout(timedelta(seconds=place.connect))
        .pool_idle_timeout(_IDLE)
    )
    if place.host != place.address:
        builder = builder.resolve(place.host, place.address, place.port)
    if extra_ca is not None:
        builder = builder.add_root_certificate_pem(extra_ca)
    return builder.build()
