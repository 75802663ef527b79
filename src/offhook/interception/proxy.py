"""The HTTP proxy that programs are given: Twilio's names come to us, everything else goes where it was going.

    CONNECT api.twilio.com:443     bytes to our TLS port; TLS itself is ended there, the name is in the handshake
    GET http://x.twilio.com/...    to our plain port, with the Host kept
    GET https://x.twilio.com/...   to our TLS port (some clients ask this of a proxy instead of a tunnel)
    anything else                  to the host it names, or through the proxy that the user had before

A tunnel is never looked into. A request in absolute form is forwarded alone: its body by its own framing, the answer
(interim answers first, so `Expect: 100-continue` works) until the server is done, then both connections close. Only
requests for a proxy are served: a web page that guesses the port gets a 400 from its `GET /`.
"""

import asyncio
import ssl
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from offhook.interception.dialing import RefusedError, dial, dial_proxy, dial_through, read_head
from offhook.interception.forwarding import LINGER, forward
from offhook.interception.head import LIMIT, Head, HeadTooLargeError, MalformedHeadError
from offhook.interception.hosts import is_twilio, normal
from offhook.interception.tunnelling import Side, hear_out, splice
from offhook.interception.upstream import PORTS, ProxyServer, Upstream, is_loopback

UNSAFE = frozenset("@/?#\\ \t")
GREETING = 30.0  # seconds a client may take to say what it wants


class Proxy:
    """The proxy of one program or one machine. Bound to loopback: it dials whatever it is asked to."""

    def __init__(
        self,
        tls_port: int,
        http_port: int,
        upstream: Upstream | None = None,
        *,
        ca: Path | None = None,
        host: str = "127.0.0.1",
        dial_seconds: float = 30.0,
        idle_seconds: float = 600.0,
    ) -> None:
        """`ca` is the local CA's file, needed only for `GET https://x.twilio.com/...`."""
        self._ports = {"http": http_port, "https": tls_port}
        self._upstream = upstream or Upstream()
        self._ca = ca
        self._host = host
        self._dial_seconds = dial_seconds
        self._idle_seconds = idle_seconds
        self._port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listens, on a free port unless one is given, and returns the port. Raises OSError."""
        self._server = await asyncio.start_server(self._accept, self._host, port, limit=LIMIT)
        self._port = int(self._server.sockets[0].getsockname()[1])
        return self._port

    async def stop(self) -> None:
        """Stops listening and cuts every connection; nothing is left running."""
        if self._server is None:
            return
        self._server.close()
        while tasks := list(self._tasks):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(Side(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, client: Side) -> None:
        with suppress(OSError, EOFError, TimeoutError):  # either side is gone, and so is the one to tell
            async with client:
                try:
                    await self._answer(client, await read_head(client, GREETING))
                except MalformedHeadError as error:
                    status = 431 if isinstance(error, HeadTooLargeError) else 400
                    await _refuse(client, RefusedError(status, str(error)))
                except RefusedError as refused:
                    await _refuse(client, refused)

    async def _answer(self, client: Side, head: Head) -> None:
        method, target, _ = head.start
        if method == "CONNECT":
            host, port = _authority(target)
            async with await self._tunnel_to(host, port) as server:
                await client.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await splice(client, server, self._idle_seconds)
        elif target.lower().startswith(("http://", "https://")):
            await self._forward(client, head)
        else:
            raise RefusedError(400, f"this is a proxy: {method} needs a whole URL, such as http://example.com/")

    async def _tunnel_to(self, host: str, port: int) -> Side:
        if is_twilio(host) and port in PORTS.values():
            scheme = "https" if port == PORTS["https"] else "http"
            return await dial(self._host, self._ports[scheme], self._dial_seconds)
        server = self._way_to("https", host, port)
        if server is None:
            return await dial(host, port, self._dial_seconds)
        return await dial_through(server, host, port, self._dial_seconds)

    async def _forward(self, client: Side, head: Head) -> None:
        scheme, host, port = _origin(head.start[1])
        head.body()  # refuses an unclear length before anybody is dialled
        server = None if is_twilio(host) else self._way_to(scheme, host, port)
        if server is not None:
            async with await dial_proxy(server, self._dial_seconds) as next_hop:
                await forward(client, next_hop, head, self._idle_seconds, through=server)
        else:
            async with await self._dial_origin(scheme, host, port) as next_hop:
                await forward(client, next_hop, head, self._idle_seconds)

    async def _dial_origin(self, scheme: str, host: str, port: int) -> Side:
        if not (is_twilio(host) and port == PORTS[scheme]):
            context = ssl.create_default_context() if scheme == "https" else None
            return await dial(host, port, self._dial_seconds, context)
        context = ssl.create_default_context(cafile=self._ca) if scheme == "https" else None
        return await dial(self._host, self._ports[scheme], self._dial_seconds, context, name=host)

    def _way_to(self, scheme: str, host: str, port: int) -> ProxyServer | None:
        server = self._upstream.way_to(scheme, host, port)
        if server and server.port == self._port and is_loopback(normal(server.host)):
            return None  # the environment already named us: forwarding to ourselves would never end
        return server


def _authority(target: str) -> tuple[str, int]:
    host, _, port = target.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536) or UNSAFE & set(host):
        raise RefusedError(400, f"CONNECT to {target[:80]!r}, which is no host:port")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _origin(target: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(target)
        host, port = parts.hostname, parts.port or PORTS[parts.scheme]
    except ValueError:  # not a port, or brackets without an address
        raise RefusedError(400, f"not a URL: {target[:80]!r}") from None
    if not host:
        raise RefusedError(400, f"a URL without a host: {target[:80]!r}")
    return parts.scheme, host, port


async def _refuse(client: Side, refused: RefusedError) -> None:
    """Answers in the server's place."""
    body = f"Offhook's proxy: {refused}\n".encode()
    await client.send(
        f"HTTP/1.1 {refused.status} {HTTPStatus(refused.status).phrase}\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n".encode()
        + body
    )
    client.end()
    await hear_out(client, LINGER)
