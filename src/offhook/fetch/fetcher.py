"""Sending a request: guard, connection, limits, in that order, for every hop.

One call of `send` is one attempt. Retries, fallback URLs and signatures belong to whoever calls; so does the
choice to follow redirects. Whatever goes wrong outside our program comes out as one `FetchError`.

Nothing happens by itself: no proxies from the environment, no redirects, no compression, no cookies.
"""

import asyncio
import ssl
from functools import cache

from offhook.fetch.bodies import decode
from offhook.fetch.connection import Connection, Place, open_connection
from offhook.fetch.connections import Connections
from offhook.fetch.errors import FetchError
from offhook.fetch.failures import connect_timeout
from offhook.fetch.guard import Guard, Target
from offhook.fetch.reading import Reading
from offhook.fetch.redirects import redirected
from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import as_sent, without_userinfo
from offhook.fetch.watch import Watch
from offhook.fetch.writing import as_bytes


class Fetcher:
    """Calls URLs. Belongs to one event loop; `close` it there.

    `most_idle` bounds the connections that are kept for the next call. `extra_ca`: PEM certificates to trust beside
    the system's.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str = "TwilioProxy/1.1",
        most_idle: int = 256,
        extra_ca: bytes | None = None,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._connections = Connections(most_idle)
        self._trust = cache(lambda: _trusting(extra_ca))

    async def send(self, request: Request, *, redirects: int = 0) -> Response:
        """One attempt, following at most `redirects` redirects; with 0 a redirect is an answer like any other.

        Raises FetchError (every kind but "bad_overrides"), ValueError for a header the client must set itself.
        """
        watch = Watch(request.limits)
        try:
            async with watch.timeout:
                return await self._follow(request, redirects, watch)
        except TimeoutError:
            raise watch.ran_out(without_userinfo(request.url)[:200]) from None

    async def close(self) -> None:
        """Close every connection; calls under way fail."""
        self._connections.close()

    async def _follow(self, request: Request, redirects: int, watch: Watch) -> Response:
        for _ in range(redirects + 1):
            response = await self._hop(request, watch)
            following = redirected(request, response) if redirects else None
            if following is None:
                return response
            request = following
        raise FetchError("too_many_redirects", f"More than {redirects} redirects, the last to {request.url[:200]}.")

    async def _hop(self, request: Request, watch: Watch) -> Response:
        url = as_sent(request.url)
        outgoing = as_bytes(request, url, self._user_agent)
        watch.resolving()
        target = await self._guard.check(request.url)
        watch.resolved()
        place, connection = await self._connected(target, watch, url[:200])
        watch.heard()
        reading = Reading(request.limits.max_body, bodiless=request.method == "HEAD")
        try:
            answer = await connection.ask(outgoing, reading, url[:200], watch.heard)
        finally:
            self._connections.give_back(place, connection)
        encoding = next((value for name, value in answer.headers if name == "content-encoding"), None)
        body = decode(answer.body, encoding, request.limits.max_body)
        return Response(answer.status, answer.headers, body, url, watch.elapsed)

    async def _connected(self, target: Target, watch: Watch, shown: str) -> tuple[Place, Connection]:
        """A connection to one of the target's addresses: one that is open, or else the first that can be made."""
        places = [_place(target, address) for address in (target.address, *target.alternatives)]
        for place in places:
            if connection := self._connections.take(place):
                return place, connection
        for place in places[:-1]:
            try:
                return place, await self._open(place, watch, shown)
            except FetchError as problem:
                if problem.kind != "connect":
                    raise
        return places[-1], await self._open(places[-1], watch, shown)

    async def _open(self, place: Place, watch: Watch, shown: str) -> Connection:
        try:
            async with asyncio.timeout(watch.connect):
                return self._connections.lend(await open_connection(place, self._trust, shown))
        except TimeoutError:
            raise connect_timeout(shown) from None


def _place(target: Target, address: str) -> Place:
    return Place(target.scheme, target.host, address, target.port)


def _trusting(extra_ca: bytes | None) -> ssl.SSLContext:
    """The system's certificates and `extra_ca`, TLS 1.2 or newer, names checked. Made at the first https call."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if extra_ca is not None:
        context.load_verify_locations(cadata=extra_ca.decode())
    return context
