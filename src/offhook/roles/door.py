"""The door between the listeners and what answers: shut for a moment, so that everything behind it can begin anew.

A request may ask for such an intermission while it is answered (`Door.ask`). Its answer is held back; who comes
meanwhile waits at the door; once nobody is inside any more, what was asked for is done, and then the answer goes out
and the door opens again. Only then does anybody see what became of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("offhook")
Act = Callable[[], Awaitable[None]]
FAILED = b'{"code": 20500, "message": "It could not be done; Offhook\'s own output says why.", "status": 500}'
_visit: ContextVar["_Visit"] = ContextVar("visit")


class _Visit:
    """One request inside, and what it asked for."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: list[Message] = []
        self.act: Act | None = None

    async def send(self, message: Message) -> None:
        """Let an answer out, unless there is something to do first."""
        if self.act is None:
            await self._send(message)
        else:
            self._held.append(message)

    @property
    def went_well(self) -> bool:
        """Whether the answer that is held back says yes."""
        return any(message.get("status", 500) < 400 for message in self._held)

    async def let_go(self) -> None:
        """Send what was held back."""
        for message in self._held:
            await self._send(message)

    async def apologise(self) -> None:
        """Send something else than what was held back."""
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(FAILED)).encode())]
        await self._send({"type": "http.response.start", "status": 500, "headers": headers})
        await self._send({"type": "http.response.body", "body": FAILED})


class Door:
    """An ASGI application that lets requests in to `app`, which may be another one after an intermission."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open = asyncio.Event()
        self._open.set()
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()
        self._asking = 0
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        await self._open.wait()
        visit = _Visit(send)
        _visit.set(visit)
        self._enter()
        try:
            await self.app(scope, receive, visit.send)
        finally:
            self._leave()
            if visit.act is not None:
                await self._intermit(visit, visit.act)

    def ask(self, act: Act) -> None:
        """Call `act` when the request that is being answered, and all others, are out. Nobody comes in from now on."""
        visit = _visit.get()
        if visit.act is not None:
            raise RuntimeError("a request asks for one intermission")
        visit.act = act
        self._asking += 1
        self._open.clear()

    async def empty(self, seconds: float) -> None:
        """Wait until nobody is inside, but not for longer than that."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._empty.wait()

    async def _intermit(self, visit: _Visit, act: Act) -> None:
        try:
            if visit.went_well:
                async with self._one_at_a_time:
                    await act()
            await visit.let_go()
        except Exception as problem:
            log.error("intermission_failed", exc_info=problem)
            await visit.apologise()
        finally:
            self._asking -= 1
            if not self._asking:
                self._open.set()

    def _enter(self) -> None:
        self._inside += 1
        self._empty.clear()

    def _leave(self) -> None:
        self._inside -= 1
        if not self._inside:
            self._empty.set()
