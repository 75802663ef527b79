"""An Offhook that is started once and begins anew for each test.

Starting takes a few hundred milliseconds, beginning anew a few. URL and credentials stay the same, so an app may read
them once; all else is as at the start (`offhook.products.network.snapshots` says how).
"""

import atexit
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from offhook.testing.calling import RefusedError
from offhook.testing.offhook import Offhook

if TYPE_CHECKING:
    from offhook.roles.connection import Connection

Where = Literal["thread", "process"]


class Warm:
    """At most one running Offhook. `folders` gives the data folder of one that has to be started."""

    def __init__(self, where: Where, folders: Callable[[], Path]) -> None:
        self._where = where
        self._folders = folders
        self._stack = ExitStack()
        self._connection: Connection | None = None

    @contextmanager
    def fresh(self) -> Iterator[Offhook]:
        """An Offhook in which nothing has happened yet. Meanwhile this process's environment names it."""
        from offhook.testing.running import quiet

        with quiet():
            connection = self._at_the_beginning()
            with Offhook.of(connection) as offhook, _environment(offhook.variables):
                yield offhook

    def close(self) -> None:
        """Stop it, if it runs."""
        from offhook.testing.running import quiet

        self._connection = None
        with quiet():
            self._stack.close()

    def _at_the_beginning(self) -> "Connection":
        if self._connection is not None and not self._begin_anew(self._connection):
            self.close()
        if self._connection is None:
            self._connection = self._stack.enter_context(self._start())
        return self._connection

    def _begin_anew(self, connection: "Connection") -> bool:
        """False when it does not answer, or cannot."""
        try:
            Offhook.of(connection).reset()
        except (OSError, HTTPException, RefusedError):
            return False
        return True

    def _start(self) -> "AbstractContextManager[Connection]":
        from offhook.testing.apart import Apart
        from offhook.testing.running import Running, settings_for

        folder = self._folders()
        return Apart(folder) if self._where == "process" else Running(settings_for(folder))


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set these variables of this process meanwhile, and leave all others alone."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def started() -> Iterator[Offhook]:
    """A fresh Offhook, for tests without pytest; the second one is quick. One at a time in each process.

    It has a process of its own: threads of ours could not be stopped in good order when Python ends.
    """
    with _of_this_process().fresh() as offhook:
        yield offhook


@cache
def _of_this_process() -> Warm:
    folders = ExitStack()
    warm = Warm("process", lambda: Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="offhook-"))))
    atexit.register(folders.close)
    atexit.register(warm.close)  # before the folders: what was registered last comes first
    return warm
