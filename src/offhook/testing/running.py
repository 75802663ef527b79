"""A whole Offhook in a thread of the test process, with an event loop of its own."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import structlog
import uvloop

from offhook.roles import logging
from offhook.roles.connection import Connection
from offhook.roles.everything import Everything
from offhook.roles.settings import Settings


class Running:
    """Everything in a thread. Use it as a context manager; inside, it answers at the `Connection` it gives."""

    def __init__(self, settings: Settings, declared: Path | None = None) -> None:
        self._settings = settings
        self._declared = declared
        self._ready: Future[Connection] = Future()
        self._stopped: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="offhook", daemon=True)

    def __enter__(self) -> Connection:
        self._thread.start()
        return self._ready.result()

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._enough.set)
        self._thread.join()
        self._stopped.result()

    def _run(self) -> None:
        try:
            uvloop.run(self._live())
        except BaseException as problem:  # noqa: BLE001 - raised again in the thread that waits
            if not self._ready.done():
                self._ready.set_exception(problem)
            self._stopped.set_exception(problem)
        else:
            self._stopped.set_result(None)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._enough = asyncio.Event()
        everything = Everything(self._settings, self._declared)
        self._ready.set_result(await everything.start())
        try:
            await self._enough.wait()
        finally:
            await everything.stop()


def settings_for(folder: Path, database: str | None = None) -> Settings:
    """Settings of a test's Offhook: free ports, virtual clock."""
    return Settings(data=folder, port=0, tls_port=0, clock="virtual", mode="dev", database=database)


@contextmanager
def quiet() -> Iterator[None]:
    """Log errors only, unless the program under test has settled how structlog logs."""
    if structlog.is_configured():
        yield
        return
    logging.configure("error")
    try:
        yield
    finally:
        structlog.reset_defaults()
