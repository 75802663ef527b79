"""Carrying bytes between two connections until both are done.

A tunnel has two directions, each a pump. When one side has said all (EOF), its pump tells the other side so and
ends, and the opposite direction lives on: half-closed connections are legal and TLS and old HTTP use them. A pump
waits until its sink has taken what it was given, so a slow reader slows the writer and memory stays bounded. A reset
on one side is passed on as a reset, so that a cut body never looks complete. Silence in both directions ends both.
"""

import asyncio
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from socket import SO_LINGER, SOL_SOCKET
from types import TracebackType
from typing import Self

CHUNK = 65536
AT_ONCE = struct.pack("ii", 1, 0)  # struct linger: on, zero seconds
FAREWELL = 5.0  # seconds the last bytes may take to be flushed


@dataclass(frozen=True)
class Side:
    """One connection. As a context it is closed at the end: flushed when all went well, else cut."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Writes and waits until the peer has taken enough of it. Raises OSError when it is gone."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except RuntimeError as closed:  # uvloop's word for a connection that was closed meanwhile
            raise ConnectionResetError(str(closed)) from closed

    def end(self) -> None:
        """Says that nothing more will be sent. TLS cannot half-close, so there it is the end of both directions."""
        if self.writer.transport.is_closing():
            return
        try:
            if self.writer.can_write_eof():
                self.writer.write_eof()
            else:
                self.writer.close()
        except RuntimeError as closed:
            raise ConnectionResetError(str(closed)) from closed

    async def close(self) -> None:
        try:
            async with asyncio.timeout(FAREWELL):
                self.writer.close()
                await self.writer.wait_closed()
        except OSError:  # TimeoutError is one
            self.cut()

    def cut(self) -> None:
        """Ends the connection with a reset: what was sent so far must not look complete."""
        socket = self.writer.get_extra_info("socket")
        if socket is not None and not self.writer.transport.is_closing():
            socket.setsockopt(SOL_SOCKET, SO_LINGER, AT_ONCE)
        self.writer.transport.abort()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            await self.close()
        else:
            self.cut()


class Patience:
    """An `asyncio.timeout` that starts again at every sign of life."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.timeout = asyncio.timeout(seconds)

    def renew(self) -> None:
        if not self.timeout.expired():
            self.timeout.reschedule(asyncio.get_running_loop().time() + self.seconds)


async def splice(client: Side, server: Side, idle: float) -> None:
    """Carries bytes both ways until both sides have ended.

    Raises OSError when a side breaks off and TimeoutError after `idle` seconds without a byte; both sides are then
    unusable.
    """
    patience = Patience(idle)
    try:
        async with patience.timeout, asyncio.TaskGroup() as pumps:
            pumps.create_task(pump(client, server, patience.renew))
            pumps.create_task(pump(server, client, patience.renew))
    except BaseExceptionGroup as broken:
        raise leaf(broken) from None


async def pump(source: Side, sink: Side, renew: Callable[[], None]) -> None:
    """One direction: everything that `source` says is sent to `sink`, and then that it has ended."""
    while data := await source.reader.read(CHUNK):
        renew()
        await sink.send(data)
    sink.end()


async def hear_out(client: Side, seconds: float) -> None:
    """Reads and drops what a client still sends: closing on unread bytes would reset the answer it was given."""
    with suppress(OSError):  # TimeoutError is one
        async with asyncio.timeout(seconds):
            while await client.reader.read(CHUNK):
                continue


def leaf(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error of a group: when one direction breaks, the others only follow."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
