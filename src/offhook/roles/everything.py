"""Everything in one process: the API, the sender, the callbacks, the simulated network, on one database.

Built from the bottom up, so reading this file from top to bottom is reading the house from the ground floor.
"""

import asyncio
import fcntl
import os
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import structlog
from starlette.types import ASGIApp

from offhook.bus import MemoryBus
from offhook.carriers import MediaFiles
from offhook.carriers.simulator import SimulatedNetwork
from offhook.console import Commands, pages
from offhook.exchanges import Feed, Recorder
from offhook.fetch import Fetcher, Guard
from offhook.interception.authority import Authority
from offhook.interception.proxy import Proxy
from offhook.interception.upstream import UnsupportedProxyError, Upstream, upstream_of
from offhook.products import accounts, messaging, monitor, network, numbers
from offhook.roles import connection
from offhook.roles.applying import Applying
from offhook.roles.connection import Connection
from offhook.roles.naming import data_flag, program_name
from offhook.roles.reloading import Reloading
from offhook.roles.serving import Listener
from offhook.roles.settings import Settings
from offhook.runtime import RealClock, RealTimers, Tasks, Timers, VirtualClock, VirtualTimers, Work
from offhook.storage import Blobs, Database, Queue, Sealer, open_database
from offhook.web import Dispatcher, Router
from offhook.web.origin import Origin
from offhook.webhooks import Asker, Callback, Delivery, Outbox, outbox

log = structlog.get_logger("offhook")
DRAIN = 20.0  # seconds that background work gets when the process stops


class AlreadyRunningError(Exception):
    """Another process uses this data folder."""


class Everything:
    """One Offhook in one process. `start`, use it at `connection`, `stop`.

    What the file `declared` (an offhook.toml) declares is kept in force.
    """

    connection: Connection

    def __init__(self, settings: Settings, declared: Path | None = None) -> None:
        self.settings = settings
        self._declared = declared
        self._reloading: Reloading | None = None
        self._opened = AsyncExitStack()
        self._ports: set[int] = set()

    async def start(self) -> Connection:
        """Open the database, build every floor, listen, and say where.

        Raises AlreadyRunningError, StorageError, OSError (a port is taken) or ValueError (other credentials than the
        database's); then nothing is left open.
        """
        try:
            return await self._start()
        except BaseException:
            await self._opened.aclose()
            raise

    def reload(self) -> None:
        """Apply the file of declarations again, in the background."""
        if self._reloading is not None:
            self._reloading.reload()

    async def stop(self) -> None:
        """Take nothing new, finish what was begun, close: the reverse of how it was opened."""
        connection.remove(self.settings.data)
        await self._opened.aclose()

    async def _start(self) -> Connection:
        settings, opened = self.settings, self._opened
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened.callback(_lock(settings.data).close)
        connection.remove(settings.data)
        self._work = Work()
        self._tasks = Tasks(self._work)
        self._bus = MemoryBus(self._work)
        self._database = await open_database(settings.database, settings.data, self._work)
        opened.push_async_callback(self._database.close)
        self._timers = await self._make_timers()
        self._build()
        sid, auth_token = await self._accounts.open_first(settings.account_sid, settings.auth_token)
        opened.push_async_callback(self._drain)
        await self._bind()
        await self._clockwork.keep()
        await self._start_queues()
        await self._declare()
        await self._answer()
        self.connection = self._describe(sid, auth_token)
        self.connection.write(settings.data)
        return self.connection

    async def _drain(self) -> None:
        cancelled = await self._tasks.drain(DRAIN)
        if cancelled:
            log.warning("stopped_with_work_left", tasks=cancelled, meaning="it is taken up again at the next start")

    async def _make_timers(self) -> Timers:
        if self.settings.clock == "real":
            timers = RealTimers(self._work)
            self._opened.callback(timers.close)
            return timers
        kept = await network.virtual_now(self._database)
        return VirtualTimers(self._work, VirtualClock(kept or RealClock().now()))

    def _build(self) -> None:
        settings, database, timers, clock = self.settings, self._database, self._timers, self._timers.clock
        guard = Guard(allow_private=not settings.is_production, own_ports=lambda: self._ports)
        self._fetcher = Fetcher(guard)
        self._opened.push_async_callback(self._fetcher.close)
        self._recorder = Recorder(database, self._tasks)
        self._accounts = accounts.Accounts(
            database, Sealer.open(settings.data / "secret.key"), clock, adopts=settings.adopts
        )
        self._feed = Feed(database)
        self._monitor = monitor.Monitor(database, clock)
        self._auditing = monitor.Auditing(clock)
        self._resending = monitor.Resending(self._fetcher, self._accounts, clock)
        asker = Asker(self._fetcher, self._accounts, self._recorder, clock)
        self._callbacks = self._build_callbacks(database, asker)
        self._numbers = numbers.Numbers(database, clock, self._accounts)
        self._build_texts(asker)
        self._clockwork = network.Clockwork(timers, database)

    def _build_texts(self, asker: Asker) -> None:
        """Messaging, the network that carries its texts, and the people on it."""
        settings, database, timers, clock = self.settings, self._database, self._timers, self._timers.clock
        phones = network.Phones(clock)
        self._behaving = network.Behaving(database)
        self._network = SimulatedNetwork(database, phones, self._behaving, timers, self._tasks, sole_worker=self._alone)
        self._origin = Origin(settings.public_url)
        files = MediaFiles(self._fetcher, Blobs(settings.data / "media"))
        self._messaging = messaging.build_messaging(
            database=database,
            accounts=self._accounts,
            numbers=self._numbers,
            carrier=self._network,
            outbox=self._outbox,
            attaching=messaging.Attaching(database, files, self._origin, clock),
            origin=self._origin,
            asker=asker,
            alerts=self._monitor,
            timers=timers,
            tasks=self._tasks,
            adopts=settings.adopts,
            private_media=settings.media_auth,
            sole_worker=self._alone,
        )
        self._network.connect(self._messaging.receiving, self._messaging.sending)
        self._handsets = network.Handsets(database, self._network, phones, self._behaving, files)

    def _build_callbacks(self, database: Database, asker: Asker) -> Queue[Callback]:
        delivery = Delivery(asker, database, self._monitor)
        queue = Queue(
            "callbacks",
            database,
            outbox.claims,
            self._timers,
            self._tasks,
            delivery.handle,
            sole_worker=self._alone,
        )
        self._outbox = Outbox(queue.hold)
        self._outbox.hand_over_to(queue.take)
        return queue

    async def _start_queues(self) -> None:
        queues: list[Queue[Any]] = [self._callbacks, self._network.queue, *self._messaging.queues]
        for queue in queues:
            self._opened.callback(self._bus.listen(queue.name, queue.ring))
            self._opened.callback(queue.stop)
            await queue.start()

    async def _declare(self) -> None:
        if self._declared is not None:
            applying = Applying(
                self._declared, self._database, self._accounts, self._numbers, self._handsets, self._behaving
            )
            self._reloading = Reloading(self._declared, applying, self._tasks)
            self._opened.callback(self._reloading.stop)
            await self._reloading.start()

    async def _bind(self) -> None:
        """Take the ports, before anything could dial them."""
        settings = self.settings
        app = self._application()
        self._authority = await asyncio.to_thread(Authority.open, settings.data)
        self._listeners: list[Listener] = []
        for port, tls in ((settings.port, None), (settings.tls_port, self._authority.server_context())):
            listener = Listener(app, settings.host, port, tls)
            self._opened.callback(listener.close)
            self._listeners.append(listener)
        plain, secure = self._listeners
        proxy = Proxy(secure.port, plain.port, _upstream(), ca=self._authority.ca_path)
        self._opened.push_async_callback(proxy.stop)
        self._proxy_port = await _start_near(proxy, secure.port + 1 if settings.tls_port else 0)
        self._origin.listens_at(f"http://{_in_url(settings.host)}:{plain.port}")
        self._ports = {plain.port, secure.port, self._proxy_port}

    async def _answer(self) -> None:
        self._opened.push_async_callback(self._answer_no_more)
        self._opened.push_async_callback(self._feed.close)  # first: who watches would keep us open
        for listener in self._listeners:
            await listener.start()

    async def _answer_no_more(self) -> None:
        await asyncio.gather(*(listener.stop() for listener in self._listeners))

    def _application(self) -> ASGIApp:
        operations = [
            *accounts.resources(self._accounts),
            *numbers.resources(self._numbers),
            *messaging.resources(self._messaging),
            *monitor.resources(self._monitor, self._resending, self._feed),
            *network.resources(self._handsets, self._clockwork),
        ]
        router = Router(self._auditing.watched(operations))
        rest = Dispatcher(
            router,
            self._accounts,
            self._database,
            self._recorder,
            self._timers.clock,
            strict=self.settings.strict,
            most_at_once=self.settings.concurrency,
        )
        return pages(router, rest, version("offhook"), Commands(program_name(), data_flag(self.settings.data)))

    def _describe(self, sid: str, auth_token: str) -> Connection:
        host = _in_url(self.settings.host)
        plain, secure = self._listeners
        return Connection(
            url=f"http://{host}:{plain.port}",
            tls_url=f"https://{host}:{secure.port}",
            proxy_url=f"http://127.0.0.1:{self._proxy_port}",
            console_url=f"http://{host}:{plain.port}/",
            account_sid=sid,
            auth_token=auth_token,
            ca=str(self._authority.ca_path.resolve()),
            pid=os.getpid(),
        )

    @property
    def _alone(self) -> bool:
        return True


def _lock(folder: Path) -> IO[str]:
    """Hold the data folder for this process; the kernel lets go of it when the process ends, however it ends."""
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AlreadyRunningError(f"an Offhook is running on {folder} already") from None
    return file


def _upstream() -> Upstream:
    """The proxy that this process was told to use, for what is not Twilio's."""
    try:
        return upstream_of(os.environ)
    except UnsupportedProxyError as problem:
        log.warning("proxy_not_used", problem=str(problem), meaning="hosts that are not Twilio's are dialled directly")
        return Upstream()


async def _start_near(proxy: Proxy, port: int) -> int:
    """Start on `port`, so that shells keep a working proxy over a restart; on a free one if that is taken."""
    try:
        return await proxy.start(port)
    except OSError:
        free = await proxy.start()
        if port:
            log.warning("proxy_elsewhere", wanted=port, taken=free, meaning="shells with `offhook env` need it anew")
        return free


def _in_url(host: str) -> str:
    """A host as URLs write it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host
