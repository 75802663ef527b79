"""An Offhook of one's own: a child process that serves for as long as a command needs it, on free ports.

It is a session of its own, so that a Ctrl-C meant for the command leaves it up until the command is done, and on a
leash, so that it never outlives us. What it says goes to `offhook.log` in its data folder.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from offhook.cli import finding, leash
from offhook.cli.failing import CommandError
from offhook.roles.connection import Connection

LOG = "offhook.log"
READY_WITHIN, STOPS_WITHIN = 60.0, 40.0  # seconds; a drain takes 30 at most
LOOK_EVERY = 0.02


@contextmanager
def companion(
    folder: Path, *, environment: Mapping[str, str] = os.environ, directory: Path | None = None
) -> Iterator[Connection]:
    """Start an Offhook on `folder`, in the current folder or `directory`, and stop it on leaving.

    When another process starts one on the same folder at the same moment, that one is used. Raises CommandError.
    """
    folder = folder.absolute()
    log = _open_log(folder)
    told_before = log.stat().st_size
    with leash.held() as end:
        process = _start(folder, log, end, environment, directory)
        try:
            yield _ready(process, folder, log, told_before)
        finally:
            process.terminate()
            _wait(process)


def own_command(*words: str) -> list[str]:
    """The command line of another of our commands. -P: modules of the current folder are not ours."""
    return [sys.executable, "-P", "-m", "offhook.cli", *words]


def _open_log(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = folder / LOG
        log.touch(mode=0o600)
    except OSError as problem:
        raise CommandError(f"{folder} cannot be used as a data folder: {problem.strerror}. Name another.") from problem
    return log


def _start(
    folder: Path, log: Path, end: int, environment: Mapping[str, str], directory: Path | None
) -> subprocess.Popen[bytes]:
    command = own_command("up", "--data", str(folder), "--port", "0", "--tls-port", "0", "--leash", str(end))
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(end,),
            env=dict(environment),
            cwd=directory,
            start_new_session=True,
        )


def _ready(process: subprocess.Popen[bytes], folder: Path, log: Path, told_before: int) -> Connection:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if (connection := finding.running(folder)) is not None:
            return connection
        if process.poll() is not None and not finding.is_held(folder):
            raise CommandError(_last_words(log, told_before))
        time.sleep(LOOK_EVERY)
    raise CommandError(f"Offhook was not ready after {READY_WITHIN:.0f} s; {log} may say why.")


def _last_words(log: Path, told_before: int) -> str:
    """The sentence with which `offhook up` ended, or where to look."""
    lines = log.read_bytes()[told_before:].decode(errors="replace").splitlines()
    sentences = [line.removeprefix("offhook: ") for line in lines if line.startswith("offhook: ")]
    if sentences:
        return sentences[-1]
    return f"Offhook could not be started: {lines[-1] if lines else 'it said nothing'}. {log} may say more."


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
