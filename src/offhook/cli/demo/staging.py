"""Bringing the players up: an Offhook with a data folder of its own, and the app under `offhook run`.

The demo is the same everywhere: what the person has set for their own Offhook (OFFHOOK_… variables, offhook.toml in
the current folder) stays out of it.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from offhook.cli import leash
from offhook.cli.companion import own_command
from offhook.cli.demo.api import wait_for
from offhook.cli.failing import CommandError
from offhook.roles.settings import PREFIX

STOPS_WITHIN = 10.0  # seconds
RUNS_WITHIN = 30.0


def clean_environment() -> dict[str, str]:
    """The environment without settings of Offhook's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


@dataclass(frozen=True)
class App:
    """The running app."""

    program: Path
    url: str
    log: Path


@contextmanager
def app(program: Path, folder: Path) -> Iterator[App]:
    """Run `program` as `PORT=… offhook run -- python app.py` until leaving. Raises CommandError."""
    port = _free_port()
    log = folder / "app.log"
    with leash.held() as end, log.open("wb") as output:
        command = own_command("run", "--data", str(folder), "--leash", str(end), "--", sys.executable, str(program))
        environment = clean_environment() | {"PORT": str(port)}
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(end,),
            env=environment,
            cwd=folder,
        )
        try:
            wait_for(f"{program} listening on port {port}", lambda: _listens(process, port, log))
            yield App(program, f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            _wait(process)


def run_to_its_end(program: Path, folder: Path) -> str:
    """Run `offhook run -- python program` and return what it printed. Raises CommandError."""
    command = own_command("run", "--data", str(folder), "--", sys.executable, str(program))
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=clean_environment(),
            cwd=folder,
            timeout=RUNS_WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise CommandError(f"{program} did not end within {RUNS_WITHIN:.0f} s") from problem
    if done.returncode:
        raise CommandError(f"{program} ended with {done.returncode}:\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout.strip()


def _listens(process: subprocess.Popen[bytes], port: int, log: Path) -> bool | None:
    if process.poll() is not None:
        said = log.read_text(errors="replace").rstrip()
        raise CommandError(f"the app ended with {process.returncode} before it listened:\n{said}")
    with socket.socket() as probe:
        probe.settimeout(1)
        return True if probe.connect_ex(("127.0.0.1", port)) == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
