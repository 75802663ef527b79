"""An Offhook that is up, and how programs with the real SDKs are started beside it: with `offhook run`, as people do.

A program gets a phone and a number that no other program of the house uses, so that what it lists is its own.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from offhook.testing import Offhook
from tests.terminal import OFFHOOK, Terminal

PROGRAMS = Path(__file__).parent / "programs"


@dataclass
class House:
    """An Offhook that is up, a terminal beside it, and what it wrote to its own."""

    terminal: Terminal
    offhook: Offhook
    log: Path
    _lines: Iterator[int] = field(default_factory=lambda: count(100))

    def line(self) -> tuple[str, str]:
        """A phone and a number to buy that nobody has asked for yet."""
        line = next(self._lines)
        return f"+1973555{line:04}", f"+1202555{line:04}"

    def run(self, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program under `offhook run` to its end."""
        return self.terminal.offhook("run", "--", *command, **environment)

    def said(self, *command: str | Path, **environment: str) -> Any:
        """The JSON that a program prints, which must go well and complain about nothing."""
        done = self.run(*command, **environment)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def talking(self, *command: str | Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
        """A program under `offhook run` that goes on until its standard input ends, or until we leave."""
        process = subprocess.Popen(
            [OFFHOOK, "run", "--", *map(str, command)],
            cwd=self.terminal.folder,
            env=self.terminal.environment | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()  # and `offhook run` ends the program
            process.communicate()

    def logged(self, event: str) -> list[dict[str, Any]]:
        """The lines of this event in Offhook's own output."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]
