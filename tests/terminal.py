"""A person's terminal for tests: real `offhook` processes in a folder of their own, on free ports."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

R = TypeVar("R")
OFFHOOK = str(Path(sys.executable).with_name("offhook"))
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")
PATIENCE = 20.0  # seconds
FREE_PORTS = ("--port", "0", "--tls-port", "0")


class Terminal:
    """A current folder and an environment in which nothing is set that the machine's owner set."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | environment

    def run(self, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def offhook(self, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run an `offhook` command to its end."""
        return self.run(OFFHOOK, *words, **environment)

    @contextmanager
    def started(self, *command: str | Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
        """A command that goes on running; it is killed on leaving if it still does."""
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    @contextmanager
    def up(self, *flags: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
        """`offhook up` on free ports: the process and what connection.json says."""
        with self.started(OFFHOOK, "up", *FREE_PORTS, *flags, **environment) as process:
            yield process, self.connection(process)

    def connection(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        """What connection.json says, once it is there."""

        def look() -> dict[str, Any] | None:
            if process.poll() is not None:
                raise AssertionError(f"offhook ended with {process.returncode}: {process.communicate()}")
            return json.loads(self.connection_file.read_text()) if self.connection_file.exists() else None

        return until(look)

    @property
    def connection_file(self) -> Path:
        return self.folder / ".offhook" / "connection.json"


def until(look: Callable[[], R | None]) -> R:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, f"nothing was found within {PATIENCE:.0f} s"
        time.sleep(0.02)
    return found


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str, str]:
    """Send a signal and wait for the end: the exit code, what was printed, what was said on standard error."""
    process.send_signal(number)
    printed, said = process.communicate(timeout=PATIENCE)
    return process.returncode, printed, said


def is_alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
