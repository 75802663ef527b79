"""The app on the other side: takes status callbacks and inbound texts, and notes each with the time it came."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Heard:
    """One request to the app."""

    sid: str
    status: str
    token: str
    at: float  # monotonic


class App:
    """An app that answers. `replies` says whether it answers a text with a text."""

    def __init__(self, *, replies: bool = False) -> None:
        self.callbacks: dict[str, list[Heard]] = defaultdict(list)
        self.texts: dict[str, list[Heard]] = defaultdict(list)  # by the text's body
        self._replies = replies
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> "App":
        app = web.Application()
        app.router.add_post("/status", self._status)
        app.router.add_post("/text", self._text)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=2048)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _status(self, request: web.Request) -> web.Response:
        form = await request.post()
        sid, status = str(form["MessageSid"]), str(form["MessageStatus"])
        self.callbacks[sid].append(Heard(sid, status, _token(request), time.monotonic()))
        return web.Response(status=204)

    async def _text(self, request: web.Request) -> web.Response:
        form = await request.post()
        body = str(form["Body"])
        self.texts[body].append(Heard(str(form["MessageSid"]), "received", _token(request), time.monotonic()))
        document = f"<Response><Message>re: {body}</Message></Response>" if self._replies else "<Response/>"
        return web.Response(text=document, content_type="text/xml")


def _token(request: web.Request) -> str:
    return request.headers.get("I-Twilio-Idempotency-Token", "")


async def until(condition: Callable[[], bool], seconds: float, every: float = 0.05) -> float | None:
    """Wait until `condition()` is true; the seconds that took, or None when it did not come true in time."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            return None
        await asyncio.sleep(every)
    return time.monotonic() - began
