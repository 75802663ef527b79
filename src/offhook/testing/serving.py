"""Serving the app under test on a loopback port, in threads of this process: WSGI by the standard library's server,
ASGI by uvicorn. Whatever the app raises, or logs as an exception, is kept for the test's failure.
"""

import inspect
import logging
import socket
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from socketserver import ThreadingMixIn
from typing import IO, Any, Protocol, cast
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

App = Callable[..., Any]
GLANCE = 0.02  # real seconds between two looks at whether to stop
STARTED_WITHIN = 10.0  # real seconds
SETTLED_WITHIN = 1.0  # real seconds that requests get to end before their failures are read


class Served(Protocol):
    """An app that is being served."""

    url: str

    @property
    def failures(self) -> list[str]:
        """What the app raised or logged with a traceback."""
        ...

    def stop(self) -> None:
        """Serve no more."""
        ...


def serve(app: App) -> Served:
    """Serve a WSGI or an ASGI app, whichever it is."""
    return _Asgi(app) if is_asgi(app) else _Wsgi(app)


def is_asgi(app: App) -> bool:
    """Whether an app is called the asynchronous way."""
    call = getattr(app, "__call__", None)  # noqa: B004 - an instance's class decides
    return inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(call)


class _Failures(logging.Handler):
    """Keeps tracebacks, each once, however it was reported."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []
        self._problems: list[BaseException] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.keep(record.exc_info[1])

    def keep(self, problem: BaseException) -> None:
        if not any(problem is known for known in self._problems):
            self._problems.append(problem)
            self.texts.append("".join(traceback.format_exception(problem)))

    def close(self) -> None:
        logging.getLogger().removeHandler(self)
        super().close()


class _Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    failures: _Failures

    def server_bind(self) -> None:
        """Without the reverse look-up of the standard library's, which may take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()


class _Quiet(WSGIRequestHandler):
    server: _Threading

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the record of exchanges has it."""

    def handle(self) -> None:
        """As the standard library does for one request, with our handler."""
        self.raw_requestline = self.rfile.readline(65537)
        if self.raw_requestline and self.parse_request():
            streams = cast("IO[bytes]", self.rfile), cast("IO[bytes]", self.wfile)
            handler = _Handler(*streams, self.get_stderr(), self.get_environ())
            handler.failures = self.server.failures
            handler.request_handler = self  # type: ignore[attr-defined]
            handler.run(self.server.get_app())  # type: ignore[arg-type]


class _Handler(ServerHandler):
    failures: _Failures
    wsgi_multithread = True

    def log_exception(self, exc_info: Any) -> None:
        self.failures.keep(exc_info[1])

    def close(self) -> None:
        """Without the line of log that `ServerHandler` writes."""
        super(ServerHandler, self).close()


class _Wsgi:
    def __init__(self, app: App) -> None:
        self._failures = _Failures()
        self._server = _Threading(("127.0.0.1", 0), _Quiet)
        self._server.failures = self._failures
        self._server.set_app(app)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(GLANCE,), name="served-app")
        self._thread.start()

    @property
    def failures(self) -> list[str]:
        return self._failures.texts

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._failures.close()


class _Asgi:
    def __init__(self, app: App) -> None:
        import uvicorn  # pytest loads this package in every run, and most serve no ASGI app

        self._failures = _Failures()
        self._watched = _Watched(app, self._failures)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._watched, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="served-app")
        self._thread.start()
        self._wait()

    @property
    def failures(self) -> list[str]:
        self._watched.settle()
        return self._failures.texts

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self._failures.close()

    def _run(self) -> None:
        with suppress(SystemExit):  # uvicorn's way to say that the app did not start
            self._server.run([self._socket])

    def _wait(self) -> None:
        until = time.monotonic() + STARTED_WITHIN
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                self.stop()
                raise RuntimeError("\n".join(["the app did not start", *self._failures.texts]))
            self._thread.join(GLANCE)


class _Watched:
    """An ASGI app, and what it raises: often after it has answered, so `settle` waits for its requests to end."""

    def __init__(self, app: App, failures: _Failures) -> None:
        self._app = app
        self._failures = failures
        self._under_way = 0

    async def __call__(self, scope: dict[str, Any], receive: App, send: App) -> None:
        is_request = scope["type"] == "http"
        if scope["type"] == "lifespan":
            send = self._overhearing(send)
        self._under_way += is_request
        try:
            await self._app(scope, receive, send)
        except Exception as problem:
            if is_request:  # an app that knows no lifespan raises there, and that is no failure
                self._failures.keep(problem)
            raise
        finally:
            self._under_way -= is_request

    def _overhearing(self, send: App) -> App:
        async def told(message: dict[str, Any]) -> None:
            if message["type"].endswith(".failed"):
                self._failures.texts.append(message.get("message", ""))
            await send(message)

        return told

    def settle(self) -> None:
        until = time.monotonic() + SETTLED_WITHIN
        while self._under_way and time.monotonic() < until:
            time.sleep(GLANCE)
