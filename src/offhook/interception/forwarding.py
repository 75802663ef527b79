"""Forwarding one plain HTTP request and its answer.

The request and the answer travel at the same time, because a server may answer before it has read the whole body, and
must when it says `100 Continue`. The request's body is followed by its own framing and nothing after it is read, so
a client that pipelines cannot make us hand its next request, which may be for another host, to this server. Both
heads say `Connection: close`; the answer ends when the server has closed.
"""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

from offhook.interception.dialing import RefusedError, read_head
from offhook.interception.head import Head, MalformedHeadError
from offhook.interception.tunnelling import CHUNK, Patience, Side, hear_out, leaf, pump
from offhook.interception.upstream import ProxyServer

LINGER = 2.0  # seconds a client that was answered early may go on sending before the connection is cut
HEXADECIMAL = frozenset(b"0123456789abcdefABCDEF")


class ServerStoppedError(Exception):
    """The server takes no more of the request. Not an error: its answer may say why."""


async def forward(client: Side, server: Side, head: Head, idle: float, through: ProxyServer | None = None) -> None:
    """Sends the request `head` (absolute form) and its body to `server`, and the answer back.

    `through` says that `server` is the user's own proxy. Raises RefusedError while nothing was answered, else OSError,
    EOFError or TimeoutError.
    """
    patience = Patience(idle)
    try:
        async with patience.timeout, asyncio.TaskGroup() as work:
            await server.send(_next_head(head, through).encode())
            body = work.create_task(_send_body(client, server, head, patience))
            await _send_answer(server, client, patience)
            body.cancel()
    except BaseExceptionGroup as group:
        raise leaf(group) from None
    if body.cancelled():
        await hear_out(client, LINGER)


def _next_head(head: Head, through: ProxyServer | None) -> Head:
    method, target, _ = head.start
    parts = urlsplit(target)
    authority = parts.netloc.rpartition("@")[2]
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    if not path.startswith("/"):
        path = "/" + path  # a URL with a query and no path
    if through is None:
        return Head((method, path, "HTTP/1.1"), head.fields).forwarded(("Host", authority))
    added = [("Host", authority)]
    if through.authorization:
        added.append(("Proxy-Authorization", through.authorization))
    return Head((method, target, "HTTP/1.1"), head.fields).forwarded(*added)


async def _send_body(client: Side, server: Side, head: Head, patience: Patience) -> None:
    length = head.body()
    with suppress(ServerStoppedError):
        if length != "chunked":
            await _copy(client, server, length, patience)
            return
        while size := await _copy_size(client, server):
            await _copy(client, server, size + len(b"\r\n"), patience)
        while await _copy_line(client, server) != b"\r\n":  # trailers, then the empty line (RFC 9112 §7.1.2)
            patience.renew()


async def _copy_size(client: Side, server: Side) -> int:
    line = await _copy_line(client, server)
    digits = line.partition(b";")[0].strip()
    if not digits or not HEXADECIMAL.issuperset(digits):
        raise EOFError(f"not the size of a chunk: {line[:40]!r}")
    return int(digits, 16)


async def _copy_line(client: Side, server: Side) -> bytes:
    try:
        line = await client.reader.readuntil(b"\r\n")
    except asyncio.LimitOverrunError:
        raise EOFError("a chunk with an endless header") from None
    await _send(server, line)
    return line


async def _copy(client: Side, server: Side, length: int, patience: Patience) -> None:
    while length:
        data = await client.reader.read(min(length, CHUNK))
        if not data:
            raise EOFError("the client left before its request was complete")
        patience.renew()
        await _send(server, data)
        length -= len(data)


async def _send(server: Side, data: bytes) -> None:
    try:
        await server.send(data)
    except ConnectionError:
        raise ServerStoppedError from None


async def _send_answer(server: Side, client: Side, patience: Patience) -> None:
    try:
        answer = await read_head(server, None)
        while answer.start[1].startswith("1") and answer.start[1] != "101":
            patience.renew()
            await client.send(answer.encode())
            answer = await read_head(server, None)
    except (MalformedHeadError, EOFError, ConnectionError) as error:
        raise RefusedError(502, f"the server gave no proper answer: {error or 'it closed the connection'}") from None
    if answer.start[1] == "101":
        raise RefusedError(502, "the server changed the protocol without being asked")
    await client.send(answer.forwarded().encode())
    await pump(server, client, patience.renew)
