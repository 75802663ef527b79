"""Sending a request: guard, client, limits, in that order, for every hop.

One call of `send` is one attempt. Retries, fallback URLs and signatures belong to whoever calls; so does the
choice to follow redirects. Whatever goes wrong outside our program comes out as one `FetchError`.
"""

from collections.abc import Iterator
from functools import partial

from pyreqwest.client import Client
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.request import StreamRequest
from pyreqwest.response import Response as Answer

from offhook.fetch.bodies import decode, read_raw
from offhook.fetch.clients import Clients, Place, build_client
from offhook.fetch.errors import FetchError
from offhook.fetch.failures import never_connected, translate
from offhook.fetch.guard import Guard, Target
from offhook.fetch.redirects import redirected
from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import as_sent, without_userinfo
from offhook.fetch.watch import Begun, Watch

MAX_HEADERS = 64 * 1024  # characters of all names and values
_NOT_TEXT = "\ufffd"
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection"})


class Fetcher:
    """Calls URLs. Belongs to one event loop; `close` it there.

    `most_clients` bounds the places whose connections are kept (about 250 kB each). `extra_ca`: PEM certificates
    to trust beside the system's.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str = "TwilioProxy/1.1",
        most_clients: int = 64,
        extra_ca: bytes | None = None,
    ) -> None:
        self._guard = guard
        build = partial(build_client, user_agent=user_agent, extra_ca=extra_ca)
        self._clients = Clients(build, most_clients)

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
        await self._clients.close()

    async def _follow(self, request: Request, redirects: int, watch: Watch) -> Response:
        for _ in range(redirects + 1):
            response = await self._hop(request, watch)
            following = redirected(request, response) if redirects else None
            if following is None:
                return response
            request = following
        raise FetchError("too_many_redirects", f"More than {redirects} redirects, the last to {request.url[:200]}.")

    async def _hop(self, request: Request, watch: Watch) -> Response:
        watch.resolving()
        target = await self._guard.check(request.url)
        *others, last = target.address, *target.alternatives
        for address in others:
            try:
                return await self._exchange(request, target, address, watch)
            except PyreqwestError as error:
                if not never_connected(error):
                    raise translate(error, as_sent(request.url)) from error
        try:
            return await self._exchange(request, target, last, watch)
        except PyreqwestError as error:
            raise translate(error, as_sent(request.url)) from error

    async def _exchange(self, request: Request, target: Target, address: str, watch: Watch) -> Response:
        place = Place(target.scheme, target.host, address, target.port, watch.connect)
        client = await self._clients.lend(place)
        try:
            url = as_sent(request.url)
            outgoing = _outgoing(client, request, url, watch)
            watch.connecting()
            async with outgoing as answer:
                watch.heard()
                headers = _headers(answer)
                raw = await read_raw(answer.body_reader, request.limits.max_body, watch.heard)
            body = decode(raw, _content_encoding(headers), request.limits.max_body)
            return Response(answer.status, headers, body, url, watch.elapsed)
        finally:
            self._clients.give_back(place)


def _outgoing(client: Client, request: Request, url: str, watch: Watch) -> StreamRequest:
    headers = _outgoing_headers(request)
    try:
        builder = client.request(request.method, url).timeout(watch.remaining)
        builder = builder.streamed_read_buffer_limit(0)  # else entering waits for the body, up to that size
        if watch.watches_silence and request.body:
            headers.append(("Content-Length", str(len(request.body))))
            return builder.headers(headers).body_stream(Begun(request.body, watch)).build_streamed()
        if request.body or request.method == "POST":
            builder = builder.body_bytes(request.body)
        return builder.headers(headers).build_streamed()
    except ValueError as error:
        raise FetchError("protocol", f"The request to {url[:200]} cannot be sent: {error}.") from None


def _outgoing_headers(request: Request) -> list[tuple[str, str]]:
    names = {name.lower() for name, _ in request.headers}
    if not names.isdisjoint(_OURS):
        raise ValueError(f"The client sets these headers itself: {', '.join(sorted(names & _OURS))}.")
    asked = () if "accept-encoding" in names else (("Accept-Encoding", "identity"),)
    return [*request.headers, *asked]


def _headers(answer: Answer) -> tuple[tuple[str, str], ...]:
    try:
        headers = tuple(answer.headers.items())
    except ValueError:
        headers = tuple(_readable(answer))
    if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS:
        raise FetchError("too_large", f"The headers of the answer are larger than {MAX_HEADERS} characters.")
    return headers


def _readable(answer: Answer) -> Iterator[tuple[str, str]]:
    """Header by header, when one of them is not ASCII."""
    for name in dict.fromkeys(answer.headers.keys()):
        try:
            values = answer.headers.getall(name)
        except ValueError:
            values = [_NOT_TEXT]
        yield from ((name, value) for value in values)


def _content_encoding(headers: tuple[tuple[str, str], ...]) -> str | None:
    return next((value for name, value in headers if name == "content-encoding"), None)
