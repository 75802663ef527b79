"""An Offhook in a process of its own, that can be killed, stopped and started again on the same data and the same port.

It is `offhook up` as a user runs it. What it says goes to a file beside its data. It ends when we do, however we end.
"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

START_WITHIN = 60.0  # seconds until a start counts as failed
SHUT_WITHIN = 60.0


class House:
    """One Offhook. Use it as a context manager; `start` it inside."""

    def __init__(
        self,
        folder: Path,
        database: str | None = None,
        *,
        wrapper: Sequence[str] = (),
        descriptors: int | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.folder, self.data = folder, folder / "data"
        self.log = folder / "log"
        self.database = database
        self._wrapper = tuple(wrapper)
        self._descriptors = descriptors
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._leash: int | None = None
        self._port = _free_port()
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "House":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self.log.exists():
            print(f"exit code {self._process.poll() if self._process else None}; it said last:", file=sys.stderr)
            print(self.log.read_text(errors="replace")[-3000:], file=sys.stderr)
        if self._process is not None:
            self.kill()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """The port that it answers on."""
        return self._port

    @property
    def pid(self) -> int:
        """The process that answers, whatever it is wrapped in."""
        return int(self.connection["pid"])

    @property
    def connection(self) -> dict[str, Any]:
        """What connection.json says."""
        found: dict[str, Any] = json.loads((self.data / "connection.json").read_text())
        return found

    @property
    def credentials(self) -> tuple[str, str]:
        """SID and token of the first account."""
        found = self.connection
        return found["account_sid"], found["auth_token"]

    def start(self) -> float:
        """Start it; returns the seconds until it was ready. Raises RuntimeError when it does not start."""
        began = time.monotonic()
        ours, theirs = os.pipe()[::-1]
        command = [*self._wrapper, sys.executable, "-m", "offhook.cli", "up", "--data", str(self.data)]
        command += ["--port", str(self._port), "--tls-port", "0", "--log-level", "warning", "--leash", str(theirs)]
        if self.database:
            command += ["--database", self.database]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs],
                env={**os.environ, **self._environment},
                preexec_fn=self._limit if self._descriptors else None,
            )
        os.close(theirs)
        self._leash = ours
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - began > START_WITHIN:
                raise RuntimeError(f"Offhook did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.01)
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if self._process is not None and self._process.poll() is None:
            if (self.data / "connection.json").exists() and self._wrapper:
                os.kill(self.pid, signal.SIGKILL)
            self._process.kill()
        self._gone()

    def terminate(self) -> tuple[int, float]:
        """SIGTERM; returns the exit code and the seconds that it took."""
        began = time.monotonic()
        if self._process is None:
            raise RuntimeError("it does not run")
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(SHUT_WITHIN)
        return self._gone(), time.monotonic() - began

    def resident(self) -> int:
        """Bytes of memory that the process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024

    def descriptors(self) -> int:
        """How many descriptors it has open."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def largest_file(self, size: int) -> None:
        """Let no file of it grow beyond `size` bytes (-1: as it was), which is how a disk looks that is full."""
        _, hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, hard))

    def _limit(self) -> None:
        count = self._descriptors or 0
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))

    def _is_ready(self) -> bool:
        try:
            return bool(self.connection["pid"]) and Path(f"/proc/{self.pid}").exists()
        except (FileNotFoundError, ValueError):
            return False

    def _gone(self) -> int:
        process, self._process = self._process, None
        if self._leash is not None:
            os.close(self._leash)
            self._leash = None
        if process is None:
            return 0
        code = process.wait()
        (self.data / "connection.json").unlink(missing_ok=True)  # a killed one leaves it
        return code


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
