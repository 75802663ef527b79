"""The servers that are measured, as processes of their own: started, waited for, looked at, ended."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.processes import Usage, usage

ROOT = Path(__file__).parents[1]
READY_WITHIN = 30.0  # seconds
STOP_WITHIN = 40.0
EMULATE = ("emulate", "0.11.2")


class Server:
    """A process that answers on a port. Use it as an async context manager."""

    port = 0
    account_sid = ""
    auth_token = ""
    start_seconds = 0.0

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        begun = time.monotonic()
        self._process = self._start()
        try:
            async with asyncio.timeout(READY_WITHIN):
                while not self._is_ready():
                    if self._process.poll() is not None:
                        raise RuntimeError(f"{type(self).__name__} ended with {self._process.returncode}")
                    await asyncio.sleep(0.005)
        except BaseException:
            await self._end()
            raise
        self.start_seconds = time.monotonic() - begun
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    @property
    def pid(self) -> int:
        """The process, which may have others under it."""
        if self._process is None:
            raise RuntimeError("it was not started")
        return self._process.pid

    def usage(self) -> Usage:
        """What it has used until now."""
        return usage(self.pid)

    def _start(self) -> "subprocess.Popen[str]":
        raise NotImplementedError

    def _is_ready(self) -> bool:
        raise NotImplementedError

    def _clean_up(self) -> None:
        pass

    async def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                await asyncio.to_thread(self._process.wait, STOP_WITHIN)
            finally:
                self._process.kill()
                self._process.wait()
        self._clean_up()


class Offhook(Server):
    """`offhook up` on an empty data folder, in `where`. Only what it logs as an error is shown."""

    command: tuple[str, ...] = (str(Path(sys.executable).with_name("offhook")), "up")

    def __init__(self, where: Path) -> None:
        super().__init__()
        self._where = where

    @property
    def database(self) -> Path:
        """Its database, a file of SQLite's."""
        return self._folder / "data" / "offhook.db"

    def _start(self) -> "subprocess.Popen[str]":
        self._folder = Path(tempfile.mkdtemp(prefix="bench-", dir=self._where))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OFFHOOK_")}
        environment |= {
            "OFFHOOK_DATA": str(self._folder / "data"),
            "OFFHOOK_PORT": "0",
            "OFFHOOK_TLS_PORT": "0",
            "OFFHOOK_LOG_LEVEL": "error",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        return subprocess.Popen(self.command, cwd=self._folder, env=environment, stdout=subprocess.DEVNULL, text=True)

    def _is_ready(self) -> bool:
        try:
            connection: dict[str, Any] = json.loads((self._folder / "data" / "connection.json").read_text())
        except FileNotFoundError:
            return False
        self.port = int(connection["url"].rpartition(":")[2])
        self.account_sid, self.auth_token = connection["account_sid"], connection["auth_token"]
        return True

    def _clean_up(self) -> None:
        shutil.rmtree(self._folder)


class Accepting(Offhook):
    """The same, but it does not send what it accepts."""

    command = (sys.executable, "-m", "bench.accepting", "up")


class Emulate(Server):
    """The in-memory emulator of that name. It refuses everything after 5,000 requests, so each has a short life."""

    account_sid = "AC" + "0" * 32
    auth_token = "twilio_test_auth_token"

    def _start(self) -> "subprocess.Popen[str]":
        from tests.packages import installed_from_npm

        program = installed_from_npm(*EMULATE) / ".bin" / EMULATE[0]
        self.port = _free_port()
        command = [str(program), "start", "--service", "twilio", "--port", str(self.port)]
        environment = {**os.environ, "NODE_ENV": "production"}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, text=True)

    def _is_ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Told(Server):
    """A program of ours that says its port first, such as the receiver."""

    def __init__(self, module: str, *arguments: str) -> None:
        super().__init__()
        self._command = [sys.executable, "-m", module, *arguments]

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
