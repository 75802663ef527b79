"""One connection to an app, on the event loop: a request goes out, `Reading` takes what comes back.

A connection serves one request at a time. Whoever asks waits on a future; being cancelled, a silence that lasted
too long or an answer that is not one closes the connection, so nothing of an old call can reach the next. Bytes that
nobody asked for close it too.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import NamedTuple, cast

from offhook.fetch.failures import hung_up, no_connection, not_secure
from offhook.fetch.reading import Answer, Reading


class Place(NamedTuple):
    """Where a connection leads: `address` is the checked one, `host` the name for SNI and certificates."""

    scheme: str
    host: str
    address: str
    port: int


class Connection(asyncio.Protocol):
    """An open connection. Made by `open_connection`."""

    def __init__(self) -> None:
        self.idle_since = 0.0  # the loop's time when it was given back
        self._transport: asyncio.Transport
        self._reading: Reading | None = None
        self._waiter: asyncio.Future[Answer]
        self._heard: Callable[[], None]
        self._closed = False
        self._reusable = True

    @property
    def usable(self) -> bool:
        """Whether another request may be sent."""
        return self._reusable and not self._closed and not self._transport.is_closing()

    async def ask(self, request: bytes, reading: Reading, place: str, heard: Callable[[], None]) -> Answer:
        """Send a request and wait for its answer; `heard` is called whenever something comes.

        Raises FetchError: "connect" (the other side hung up before its first byte), "too_large", "protocol".
        `place` is the URL for its sentence.
        """
        self._reading, self._heard = reading, heard
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._waiter
        except ConnectionError as error:
            raise hung_up(place) from error
        finally:
            self._reading = None
            if not reading.reusable:
                self.close()

    def close(self) -> None:
        """Drop the connection at once, whatever is under way."""
        self._reusable = False
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop's: the connection stands."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """The loop's: something came."""
        reading = self._reading
        if reading is None or self._waiter.done():
            self.close()
            return
        self._heard()
        self._go_on(reading.feed, data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The loop's: the other side, or we, closed it."""
        self._closed = True
        reading = self._reading
        if reading is None or self._waiter.done():
            return
        if reading.begun:
            self._go_on(reading.end if exc is None else reading.cut)
        else:
            self._waiter.set_exception(ConnectionResetError("closed before an answer"))

    def _go_on(self, step: Callable[..., None], *data: bytes) -> None:
        """Take a step of the reading; its end, good or bad, is what the waiter gets."""
        reading = cast("Reading", self._reading)
        try:
            step(*data)
        except Exception as problem:  # noqa: BLE001 - it is handed to the one who waits
            self._waiter.set_exception(problem)
            return
        if reading.answer is not None:
            self._waiter.set_result(reading.answer)


async def open_connection(place: Place, trust: Callable[[], ssl.SSLContext], shown: str) -> Connection:
    """Connect; for https with the certificate checked against the host's name. `shown` is the URL for errors.

    Raises FetchError: "connect" (nothing was sent), "tls".
    """
    loop = asyncio.get_running_loop()
    sock = socket.socket(socket.AF_INET6 if ":" in place.address else socket.AF_INET)
    try:
        sock.setblocking(False)
        try:
            await loop.sock_connect(sock, (place.address, place.port))
        except OSError as error:
            raise no_connection(shown, error) from error
        return await _speak(sock, place, trust, shown)
    except BaseException:
        sock.close()
        raise


async def _speak(sock: socket.socket, place: Place, trust: Callable[[], ssl.SSLContext], shown: str) -> Connection:
    loop = asyncio.get_running_loop()
    if place.scheme != "https":
        return (await loop.create_connection(Connection, sock=sock))[1]
    try:
        name = place.host.rstrip(".")
        return (await loop.create_connection(Connection, sock=sock, ssl=trust(), server_hostname=name))[1]
    except (OSError, ValueError) as error:  # a name that no certificate can be for is a ValueError
        raise not_secure(shown, error) from error
