"""Everything in one process: the API, the sender, the callbacks, the simulated network, on one database.

Built from the bottom up, so reading this file from top to bottom is reading the house from the ground floor.
"""

import asyncio
import fcntl
import os
from contextlib import AsyncExitStack, suppress
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import structlog
from starlette.types import ASGIApp

from offhook.bus import MemoryBus
from offhook.console import Built, Commands, Console, Facts, Hosts, pages
from offhook.exchanges import Feed, Recorder, events
from offhook.fetch import Fetcher, Guard
from offhook.interception.authority import Authority
from offhook.interception.proxy import Proxy
from offhook.interception.upstream import UnsupportedProxyError, Upstream, upstream_of
from offhook.products import accounts, monitor, network, numbers
from offhook.roles import connection
from offhook.roles.applying import Applying
from offhook.roles.connection import Connection
from offhook.roles.door import Door
from offhook.roles.naming import data_flag, program_name
from offhook.roles.reloading import Reloading
from offhook.roles.serving import Listener
from offhook.roles.settings import Settings
from offhook.roles.telephony import Floor, Telephony
from offhook.runtime import RealClock, RealTimers, Tasks, Timers, VirtualClock, VirtualTimers, Work
from offhook.storage import Database, Queue, Sealer, Snapshots, open_database
from offhook.web import Dispatcher, Router
from offhook.web.origin import Origin
from offhook.webhooks import Asker, Callback, Delivery, Outbox, outbox

log = structlog.get_logger("offhook")
VERSION = version("offhook")
DRAIN = 20.0  # seconds that background work gets when the process stops
LAST_REQUESTS = 2.0  # seconds that requests, and then their work, get before everything begins anew


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
        self._world = AsyncExitStack()  # what is behind the door, and begins anew after an intermission
        self._origin = Origin(settings.public_url)
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
        opened.push_async_callback(self._world.aclose)
        await self._open_database()
        await self._build_world()
        own = await self._accounts.open_first(settings.account_sid, settings.auth_token)
        tests = await self._accounts.open_test_credentials(settings.test_account_sid, settings.test_auth_token)
        sign_in = await self._console.open()
        await self._bind()
        await self._go_on()
        await self._answer()
        self.connection = self._describe(own, tests, sign_in)
        self.connection.write(settings.data)
        return self.connection

    async def ask(self, change: network.Change, *, patience: float) -> None:
        """Implements the network's `Intermission`."""
        await self._settle(patience)
        self._door.ask(lambda: self._begin_anew(change))

    async def _begin_anew(self, change: network.Change) -> None:
        """Close what is behind the door, change what the database holds, and open it again on that."""
        await self._feed.close()
        await self._door.empty(LAST_REQUESTS)
        await self._settle(LAST_REQUESTS)
        for queue in self._queues:
            queue.stop()
        await self._tasks.drain(0)
        await self._door.empty(LAST_REQUESTS)  # those that waited for what was just cancelled
        await self._world.aclose()
        await self._open_database()
        try:
            await change(self._database)
        finally:
            await events.begin_anew(self._database, RealClock().now())
            await self._build_world()
            await self._open_accounts_again()
            self._door.app = self._application()
            await self._go_on()

    async def _settle(self, seconds: float) -> None:
        """Wait until nothing is under way, but not for longer than that."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._work.idle()

    async def _open_database(self) -> None:
        self._work = Work()
        self._tasks = Tasks(self._work)
        self._bus = MemoryBus(self._work)
        self._database = await open_database(self.settings.database, self.settings.data, self._work)
        self._world.push_async_callback(self._database.close)

    async def _build_world(self) -> None:
        self._timers = await self._make_timers()
        self._build()
        self._world.push_async_callback(self._drain)

    async def _open_accounts_again(self) -> None:
        """The first account is who it was: as the database says, or, where that is empty now, as at the start."""
        if await self._accounts.is_empty():
            here = self.connection
            await self._accounts.open_first(here.account_sid, here.auth_token)
            await self._accounts.open_test_credentials(here.test_account_sid, here.test_auth_token)
        else:
            await self._accounts.open_first(None, None)
            await self._accounts.open_test_credentials(None, None)

    async def _go_on(self) -> None:
        """Take up what the database says there is to do."""
        await self._clockwork.keep()
        await self._telephony.start()
        await self._start_queues()
        await self._declare()

    async def _drain(self) -> None:
        self._telephony.stop()
        cancelled = await self._tasks.drain(DRAIN)
        if cancelled:
            log.warning("stopped_with_work_left", tasks=cancelled, meaning="it is taken up again at the next start")

    async def _make_timers(self) -> Timers:
        if self.settings.clock == "real":
            timers = RealTimers(self._work)
            self._world.callback(timers.close)
            return timers
        kept = await network.virtual_now(self._database)
        return VirtualTimers(self._work, VirtualClock(kept or RealClock().now()))

    def _build(self) -> None:
        settings, database, timers, clock = self.settings, self._database, self._timers, self._timers.clock
        guard = Guard(allow_private=not settings.is_production, own_ports=lambda: self._ports)
        self._fetcher = Fetcher(guard)
        self._world.push_async_callback(self._fetcher.close)
        self._sealer = Sealer.open(settings.data / "secret.key")
        self._recorder = Recorder(database, self._tasks, keep_bytes=settings.exchanges_mb * 2**20)
        self._accounts = accounts.Accounts(
            database,
            self._sealer,
            clock,
            adopts=settings.adopts,
            media_auth=settings.media_auth,
            countries=settings.countries_permitted,
        )
        self._console = Console(database, self._accounts, RealClock(), Hosts(settings.host, settings.public_url))
        self._feed = Feed(database)
        self._monitor = monitor.Monitor(database, clock)
        self._auditing = monitor.Auditing(clock)
        self._resending = monitor.Resending(self._fetcher, self._accounts, clock)
        hosted = numbers.Hosted(database, self._origin)
        asker = Asker(self._fetcher, self._accounts, self._recorder, clock, hosted)
        self._callbacks = self._build_callbacks(database, asker)
        self._numbers = numbers.Numbers(database, clock, self._accounts, magic_for_all=settings.adopts)
        self._build_telephony(asker)
        self._clockwork = network.Clockwork(timers, database)
        snapshots = Snapshots(settings.data / "snapshots", settings.data / "media")
        self._going_back = network.GoingBack(snapshots, self, clock, allowed=not settings.is_production)

    def _build_telephony(self, asker: Asker) -> None:
        floor = Floor(
            self.settings,
            self._database,
            self._sealer,
            self._accounts,
            self._numbers,
            self._monitor,
            self._outbox,
            asker,
            self._fetcher,
            self._origin,
            self._timers,
            self._tasks,
            sole_worker=self._alone,
        )
        self._telephony = Telephony(floor)
        self._world.push_async_callback(self._telephony.close)

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
        self._queues: list[Queue[Any]] = [self._callbacks, *self._telephony.queues]
        for queue in self._queues:
            self._world.callback(self._bus.listen(queue.name, queue.ring))
            self._world.callback(queue.stop)
            await queue.start()

    async def _declare(self) -> None:
        if self._declared is not None:
            applying = Applying(
                self._declared,
                self._database,
                self._accounts,
                self._numbers,
                self._telephony.handsets,
                self._telephony.behaving,
            )
            self._reloading = Reloading(self._declared, applying, self._tasks)
            self._world.callback(self._reloading.stop)
            await self._reloading.start()

    async def _bind(self) -> None:
        """Take the ports, before anything could dial them."""
        settings = self.settings
        self._door = Door(self._application())
        self._authority = await asyncio.to_thread(Authority.open, settings.data)
        self._listeners: list[Listener] = []
        for port, tls in ((settings.port, None), (settings.tls_port, self._authority.server_context())):
            listener = Listener(self._door, settings.host, port, tls)
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
        self._opened.push_async_callback(self._send_watchers_home)  # first: they would keep us open
        for listener in self._listeners:
            await listener.start()

    async def _send_watchers_home(self) -> None:
        await self._feed.close()

    async def _answer_no_more(self) -> None:
        await asyncio.gather(*(listener.stop() for listener in self._listeners))

    def _application(self) -> ASGIApp:
        operations = [
            *accounts.resources(self._accounts),
            *numbers.resources(self._numbers),
            *monitor.resources(self._monitor, self._resending, self._feed),
            *self._telephony.resources(self._clockwork, self._going_back),
            *self._console.resources(),
        ]
        router = Router(self._auditing.watched(operations))
        rest = Dispatcher(
            router,
            self._console.entrance,
            self._database,
            self._recorder,
            self._timers.clock,
            strict=self.settings.strict,
            most_at_once=self.settings.concurrency,
            origin=self._origin,
        )
        commands = Commands(program_name(), data_flag(self.settings.data))
        console = self._console.application(self._facts(), commands, sorted(router.products), Built())
        return pages(router, rest, VERSION, commands, self._origin, console)

    def _facts(self) -> Facts:
        settings = self.settings
        return Facts(
            mode="production" if settings.is_production else "dev",
            clock=settings.clock,
            version=VERSION,
            public_url=settings.public_url,
            adopts=settings.adopts,
        )

    def _describe(self, own: tuple[str, str], tests: tuple[str, str], sign_in: str) -> Connection:
        """`own` and `tests` are a SID and its token."""
        host = _in_url(self.settings.host)
        plain, secure = self._listeners
        here = f"http://{host}:{plain.port}"
        serves_others = self.settings.is_production and self.settings.public_url
        return Connection(
            url=here,
            tls_url=f"https://{host}:{secure.port}",
            proxy_url=f"http://127.0.0.1:{self._proxy_port}",
            console_url=self._origin.url(sign_in) if serves_others else here + sign_in,
            account_sid=own[0],
            auth_token=own[1],
            test_account_sid=tests[0],
            test_auth_token=tests[1],
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
