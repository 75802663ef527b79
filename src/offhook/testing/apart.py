"""A whole Offhook in a process of its own, for as long as the test process lives.

For apps that disturb it in ours: those that hold the interpreter's lock, patch the standard library or fork. The child
says where it answers on its standard output, and ends when its standard input does, however we end.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from offhook.roles.connection import Connection


class Apart:
    """Everything in a child process. Use it as a context manager; inside, it answers at the `Connection` it gives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Connection:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "offhook.testing.apart", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C is for the tests, which then end it
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"Offhook could not be started: it ended with {self._process.wait()}")
        return Connection(**json.loads(line))

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def main() -> None:
    """The child: serve until the parent lets go."""
    from offhook.testing.running import Running, quiet, settings_for

    with quiet(), Running(settings_for(Path(sys.argv[1]))) as found:
        print(json.dumps(asdict(found)), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
