"""Opening a connection to the outside, directly or through the user's own proxy.

Everything that can go wrong on the way becomes `RefusedError`, which carries the status our client is to see: 502 for
a host that cannot be reached, 504 for one that does not answer in time.
"""

import asyncio
import ssl
from socket import AF_INET, SOCK_STREAM

from offhook.interception.head import LIMIT, Head, HeadTooLargeError, MalformedHeadError
from offhook.interception.tunnelling import Side
from offhook.interception.upstream import ProxyServer

HEAD_END = b"\r\n\r\n"


class RefusedError(Exception):
    """A request that the proxy answers itself: an HTTP status and one sentence for a person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def dial(
    host: str, port: int, seconds: float, context: ssl.SSLContext | None = None, name: str | None = None
) -> Side:
    """A connection to `host`, with TLS if a context is given (to be asked for `name`). Raises RefusedError."""
    try:
        async with asyncio.timeout(seconds):
            return await _connect(host, port, context, name or host)
    except TimeoutError:
        raise RefusedError(504, f"{host}:{port} did not answer within {seconds:g} seconds") from None
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that no DNS could hold
        raise RefusedError(502, f"{host}:{port} cannot be reached: {error}") from None


async def _connect(host: str, port: int, context: ssl.SSLContext | None, name: str) -> Side:
    """Tries a host's addresses in turn, IPv4 first: uvloop does not race them, and IPv6 is what is often broken."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != AF_INET)]
    failed: OSError = OSError("it has no address")
    for address in addresses:
        try:
            reader, writer = await asyncio.open_connection(
                address, port, limit=LIMIT, ssl=context, server_hostname=name if context else None
            )
        except OSError as error:
            failed = error
        else:
            return Side(reader, writer)
    raise failed


async def dial_proxy(server: ProxyServer, seconds: float) -> Side:
    """A connection to the user's proxy, ready for requests. Raises RefusedError."""
    return await dial(server.host, server.port, seconds, ssl.create_default_context() if server.tls else None)


async def dial_through(server: ProxyServer, host: str, port: int, seconds: float) -> Side:
    """A tunnel to `host` through the user's proxy (RFC 9110 §9.3.6). Raises RefusedError."""
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    side = await dial_proxy(server, seconds)
    try:
        fields = [("Host", target)]
        if server.authorization:
            fields.append(("Proxy-Authorization", server.authorization))
        await side.send(Head(("CONNECT", target, "HTTP/1.1"), tuple(fields)).encode())
        answer = await read_head(side, seconds)
    except (OSError, MalformedHeadError, EOFError) as error:
        side.cut()
        raise RefusedError(502, f"the proxy {server.host}:{server.port} broke off: {error}") from None
    except BaseException:
        side.cut()
        raise
    if not answer.start[1].startswith("2"):
        side.cut()
        status = " ".join(answer.start[1:]).strip()
        raise RefusedError(502, f"the proxy {server.host}:{server.port} answered {status!r} for {target}")
    return side


async def read_head(side: Side, seconds: float | None) -> Head:
    """The next head on a connection.

    Raises MalformedHeadError, HeadTooLargeError, EOFError when the peer ended before it was complete, TimeoutError.
    """
    try:
        async with asyncio.timeout(seconds):
            return Head.parse(await side.reader.readuntil(HEAD_END))
    except asyncio.LimitOverrunError:
        raise HeadTooLargeError(f"a head of more than {LIMIT} bytes") from None
