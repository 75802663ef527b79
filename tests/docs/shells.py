"""A person at a few terminals: types blocks into real shells, waits, looks at what is printed.

Each terminal is a `bash` of its own. A block is done when its shell says so; a command that goes on running (a server)
is done when it has printed what the page shows. Only the environment and the folder are the test's.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.docs.markdown_pages import ROOT

PATIENCE = 30.0  # seconds
GLANCE = 0.05
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "site", "tests")
OURS = (".importlinter", ".gitignore")


class Shell:
    """One terminal with a shell in it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=inherited | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._printed = ""
        self._typed = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def type(self, text: str, *, shown: str = "") -> str:
        """Type a block and wait until it is done; returns what was printed, less the status.

        Raises AssertionError when a command fails, or when it goes on running and does not print what is `shown`.
        """
        begin = len(self._printed)
        self._typed += 1
        done = re.compile(rf"^done {self._typed}: (\d+)\n", re.MULTILINE)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text.rstrip()}\nprintf '\\ndone {self._typed}: %s\\n' $?\n")
        self._process.stdin.flush()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            printed = self._printed[begin:]
            if ended := done.search(printed):
                assert ended[1] == "0", f"{text}\nfailed with {ended[1]}:\n{printed}"
                return printed[: ended.start()]
            if shown and shows(printed, shown):
                return printed
            time.sleep(GLANCE)
        raise AssertionError(f"{text}\nis not done, and has not printed\n{shown}\nbut\n{self._printed[begin:]}")

    def close(self) -> None:
        """Press Ctrl-C and close the window."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()  # the shell ends with the command that it runs
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
                break
        self._reader.join(10)
        process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._printed += line


def shows(printed: str, shown: str) -> bool:
    """Whether the lines that a page shows were printed, in order; `…` stands for anything, a port for any port."""
    lines = iter(printed.splitlines())
    return all(any(_pattern(line).search(candidate) for candidate in lines) for line in shown.splitlines() if line)


def _pattern(line: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in line.strip().split("…")]
    return re.compile(re.sub(r"(https?://127\\\.0\\\.0\\\.1:)\d+", r"\1\\d+", ".*".join(parts)))


def like_a_clone(folder: Path) -> Path:
    """The repository as `git clone` and a `make setup` long ago leave it, with the packages of this very Python."""
    clone = Path(shutil.copytree(ROOT, folder / "offhook", ignore=LEFT_OUT))
    for name in OURS:
        shutil.copy2(ROOT / name, clone)
    (clone / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.name != ".ready":
            (clone / ".venv" / path.name).symlink_to(path)
    if (ROOT / ".tools").exists():
        (clone / ".tools").symlink_to(ROOT / ".tools")
    (clone / ".venv" / ".ready").touch()
    if (built := clone / "src/offhook/console/static").exists():  # the console, too
        (built / ".built").touch()
    return clone
