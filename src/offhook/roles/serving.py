"""Listening for HTTP inside our own event loop: uvicorn as a library, one server for a socket.

uvicorn waits for slow clients for ever and buffers headers of any size. So a connection here has a time by which the
head of its first or next request must be complete, another for the body, one for reading what it asked for, and a
bound for the head. Nothing of that costs a request that arrives in one piece anything: a timer is only set for one
that does not.

A stop cuts nobody off. Who has connected is let in, also when nobody had come to the door yet; who is connected may
still send the request that is on its way, and its answer says that it is the last one.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import httptools
import msgspec
import structlog
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from offhook.kit.sids import REQUEST, new_sid
from offhook.web.errors import ApiError, malformed

STOP_WITHIN = 10  # seconds that open requests get
HEAD_WITHIN = 10.0  # seconds, from the connection or from the first byte of a later request
BODY_WITHIN = 30.0  # seconds, from the end of the head
READ_WITHIN = 30.0  # seconds, from when a client stopped taking what it asked for
LAST_WORDS = 0.25  # seconds that an idle connection stays open after a stop began
LARGEST_HEAD = 64 * 1024  # bytes
IDLE_FOR = 75  # seconds between two requests; less than what clients keep, and their requests meet a closing connection
TICK = 1.0  # seconds between two looks at the time for the Date header
log = structlog.get_logger("offhook.web")


class _Connection(HttpToolsProtocol):
    """One client. `_missing` is what is still to come of the request: its "head", its "body", or nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._missing = "head"
        self._waiting_for = ""
        self._patience: asyncio.TimerHandle | None = None
        self._head_size = 0
        self._unread: asyncio.TimerHandle | None = None
        self.leaving = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for("head")

    def shutdown(self) -> None:
        """A stop began: after the request that is under way, or on its way to us, there is no other."""
        self.leaving = True
        if self._is_idle:
            self.loop.call_later(LAST_WORDS, self._leave)
        else:
            super().shutdown()

    def _leave(self) -> None:
        if self._is_idle and not self.transport.is_closing():
            self.transport.close()

    @property
    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_for("")
        self._read_again()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(READ_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        self._read_again()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """As uvicorn does, which would also tell the log how to get WebSockets."""
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # it was answered like any other request (RFC 9110 §7.8), and is the last one
        except httptools.HttpParserError:
            self._refuse(malformed("The request is no HTTP"))
            return
        if self._missing != self._waiting_for:
            self._wait_for(self._missing)
        if self._missing == "head":
            self._head_size += len(data)
            if self._head_size > LARGEST_HEAD and not self.transport.is_closing():
                self._refuse(ApiError(20001, f"The request's head is larger than {LARGEST_HEAD} bytes", 431))

    def on_message_begin(self) -> None:
        self._missing, self._head_size = "head", 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._missing = "body"
        super().on_headers_complete()
        if self.leaving or self.parser.should_upgrade():
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        self._missing = ""
        super().on_message_complete()

    @property
    def _origin(self) -> str:
        """Where the client found us; it did not say."""
        host, port = self.server or ("localhost", None)
        place = f"[{host}]" if ":" in host else host
        return f"{self.scheme}://{place}:{port}" if port else f"{self.scheme}://{place}"

    def _refuse(self, problem: ApiError) -> None:
        """Answer what never became a request, and close."""
        log.info("request_refused", code=problem.code, status=problem.status, client=self.client and self.client[0])
        body = msgspec.json.encode(problem.body(self._origin))
        head = (
            f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
            f"twilio-request-id: {new_sid(REQUEST)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _read_again(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _wait_for(self, missing: str) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._waiting_for = missing
        if missing:
            within = HEAD_WITHIN if missing == "head" else BODY_WITHIN
            self._patience = self.loop.call_later(within, self._lost_patience)

    def _lost_patience(self) -> None:
        self._patience = None
        self.transport.abort()  # `close` would wait for the client once more, under TLS


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """Begin to stop."""
        self.should_exit = True
        self._stop.set()

    async def main_loop(self) -> None:
        """uvicorn's own loop wakes up ten times a second to see whether it should stop; this one is told."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let in who is at the door, then no more; closing the door at once would cut them off."""
        doors = [each.dup() for each in sockets or []]
        for server in self.servers:
            server.close()
        for door in doors:
            await self._let_in(door)
        await super().shutdown(sockets)

    async def _let_in(self, door: socket.socket) -> None:
        waiting = [asyncio.ensure_future(self._receive(client)) for client in _accepted(door)]
        door.close()
        if waiting:
            await asyncio.wait(waiting, timeout=LAST_WORDS)

    async def _receive(self, client: socket.socket) -> None:
        loop, config = asyncio.get_running_loop(), self.config

        def connection() -> _Connection:
            made = _Connection(config, self.server_state, self.lifespan.state)
            made.leaving = True
            return made

        try:
            async with asyncio.timeout(LAST_WORDS):  # for TLS
                await loop.connect_accepted_socket(connection, client, ssl=config.ssl)
        except OSError:  # it has gone, it says nothing, or its TLS makes no sense
            client.close()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the process's business, not one server's."""
        yield


class Listener:
    """One listening socket with its server."""

    def __init__(self, app: ASGIApp, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        config = uvicorn.Config(
            app,
            loop="none",
            http=_Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=IDLE_FOR,
            timeout_graceful_shutdown=STOP_WITHIN,
            ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        )
        self._socket = _bind(host, port)
        self._server = _Server(config)
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Begin to answer."""
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="http")
        while not self._server.started:
            if self._task.done():
                self._task.result()
                raise RuntimeError("the HTTP server stopped before it was ready")
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """Finish the open requests and stop."""
        self._server.stop()
        if self._task is not None:
            await self._task
        self.close()

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()


def _accepted(door: socket.socket) -> Iterator[socket.socket]:
    """Who has connected, and nobody has let in yet."""
    door.setblocking(False)
    while True:
        try:
            client, _ = door.accept()
        except OSError:
            return
        client.setblocking(False)
        yield client


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    listening.listen(2048)
    listening.setblocking(False)
    return listening
