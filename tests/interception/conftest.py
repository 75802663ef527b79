"""A small telephone company for these tests: real sockets, real TLS, real child processes.

`house` runs, in a thread of its own, an API server that answers as the 2010 API does (401 and a challenge first), on a
plain port and on a TLS port with the local CA's leaves, and the proxy before them. `house.run` starts a program in
the environment that `compose` gives.
"""

import asyncio
import json
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from offhook.interception.authority import Authority
from offhook.interception.bundles import write_bundles
from offhook.interception.environment import applied, compose
from offhook.interception.proxy import Proxy
from offhook.interception.upstream import Upstream, upstream_of
from tests import packages

INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYENV_VERSION")
SID = "SM" + "0" * 32


@dataclass(frozen=True)
class Request:
    """What the API server was asked."""

    scheme: str
    method: str
    target: str
    headers: dict[str, str]
    form: dict[str, list[str]]

    @property
    def host(self) -> str:
        return self.headers["host"]


@dataclass(frozen=True)
class Connection:
    url: str
    tls_url: str
    ca: Path
    account_sid: str = "AC" + "a" * 32
    auth_token: str = "b" * 32
    test_account_sid: str = "AC" + "c" * 32
    test_auth_token: str = "d" * 32


@dataclass
class House:
    """The running servers of a test and what they heard."""

    folder: Path
    loop: asyncio.AbstractEventLoop
    requests: list[Request] = field(default_factory=list)
    proxies: list[Proxy] = field(default_factory=list)

    def on_loop(self, work):
        """Runs a coroutine in the servers' thread and returns its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    async def open(self) -> None:
        self.authority = Authority.open(self.folder)
        self.http = await asyncio.start_server(self._plain, "127.0.0.1", 0)
        self.tls = await asyncio.start_server(self._secure, "127.0.0.1", 0, ssl=self.authority.server_context())
        self.http_port, self.tls_port = port_of(self.http), port_of(self.tls)
        self.connection = Connection(
            f"http://127.0.0.1:{self.http_port}", f"https://127.0.0.1:{self.tls_port}", self.authority.ca_path
        )

    def proxy(self, upstream: Upstream | None = None) -> str:
        """Starts a proxy; its URL. It is stopped with the house."""
        made = Proxy(self.tls_port, self.http_port, upstream, ca=self.authority.ca_path)
        self.proxies.append(made)
        return f"http://127.0.0.1:{self.on_loop(made.start())}"

    async def close(self) -> None:
        for proxy in self.proxies:
            await proxy.stop()
        self.http.close()
        self.tls.close()

    def environment(self, parent: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a program that a person with the variables `parent` starts under `offhook run`."""
        whole = {name: os.environ[name] for name in INHERITED if name in os.environ} | dict(parent or {})
        changes = compose(
            whole,
            connection=self.connection,
            proxy_url=self.proxy(upstream_of(whole)),
            bundles=write_bundles(whole, self.authority.ca_path),
        )
        return applied(whole, changes)

    def run(self, *command: str | Path, parent: Mapping[str, str] | None = None, drop: tuple[str, ...] = ()):
        """Runs a program to its end. `drop` takes variables away again, to prove that one way alone suffices."""
        environment = {k: v for k, v in self.environment(parent).items() if k not in drop}
        return subprocess.run(
            [str(word) for word in command],
            env=environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=30,
        )

    def python(self, code: str, **rest):
        return self.run(sys.executable, "-c", code, **rest)

    async def _plain(self, reader, writer):
        await self._serve("http", reader, writer)

    async def _secure(self, reader, writer):
        await self._serve("https", reader, writer)

    async def _serve(self, scheme, reader, writer):
        try:
            while request := await read_request(scheme, reader):
                self.requests.append(request)
                writer.write(answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            writer.transport.abort()  # a client that left, or did not trust us: the test sees it on its side
        finally:
            writer.close()


def port_of(server: asyncio.Server) -> int:
    return server.sockets[0].getsockname()[1]


async def read_request(scheme: str, reader: asyncio.StreamReader) -> Request | None:
    line = (await reader.readline()).decode("latin-1").split()
    if not line:
        return None
    headers = {}
    while text := (await reader.readline()).decode("latin-1").strip():
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(scheme, line[0], line[1], headers, parse_qs(body.decode()))


def answer(request: Request) -> bytes:
    if "authorization" not in request.headers:
        challenge = 'WWW-Authenticate: Basic realm="Twilio API"\r\n'
        return response("401 UNAUTHORIZED", {"code": 20003, "message": "Authenticate", "status": 401}, challenge)
    account = request.target.split("/")[3] if request.target.count("/") > 3 else ""
    uri = f"/2010-04-01/Accounts/{account}/Messages/{SID}.json"
    message = {"sid": SID, "account_sid": account, "status": "queued", "uri": uri, "subresource_uris": {}}
    message |= {"date_created": None, "date_sent": None, "date_updated": None}
    message |= {name.lower(): value[0] for name, value in request.form.items()}
    return response("201 CREATED" if request.method == "POST" else "200 OK", message)


def response(status: str, document: object, more: str = "") -> bytes:
    body = json.dumps(document).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


@contextmanager
def looping() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(cancel_all(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with looping() as loop:
        house = House(tmp_path, loop)
        house.on_loop(house.open())
        yield house
        house.on_loop(house.close())


@pytest.fixture(scope="session")
def twilio_5() -> Path:
    """A folder with the real twilio 5.7.0 and what it needs, installed once into `.cache/packages/`."""
    return packages.installed("twilio==5.7.0")


@pytest.fixture(scope="session")
def installed() -> Callable[[str], Path]:
    """Installs a package from the index, once: `installed("gevent==25.9.1")` is a folder for PYTHONPATH."""
    return packages.installed
