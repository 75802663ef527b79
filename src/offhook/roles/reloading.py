"""Keeps what `offhook.toml` declares in force: at the start, when the file changes, when somebody asks for it.

The file is looked at a few times a second; it is read when two looks in a row find the same change, since an editor
may still be writing at the first. A file that makes no sense is logged once and changes nothing. One that is gone is
no change: nothing is taken back because it is not declared any more.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import structlog

from offhook.roles import declarations, settings
from offhook.roles.applying import Applying
from offhook.roles.settings import SettingError
from offhook.runtime import Tasks

log = structlog.get_logger("offhook.declarations")
LOOK_EVERY = 0.5  # seconds, real ones
Mark = tuple[int, ...]


class Reloading:
    """Applies one file, again and again. Used on the event loop."""

    def __init__(self, path: Path, applying: Applying, tasks: Tasks) -> None:
        self._path = path
        self._applying = applying
        self._tasks = tasks
        self._settings: dict[str, Any] = {}
        self._one_at_a_time = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Apply the file and watch it from now on. Raises SettingError."""
        self._applied = self._seen = _mark(self._path)
        await self._apply()
        self._settings = await asyncio.to_thread(_settings_in, self._path)
        self._look()

    def reload(self) -> None:
        """Apply the file again, in the background. What is wrong is logged, and then nothing changes."""
        self._tasks.spawn(self._reload(), "reload")

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        seen = _mark(self._path)
        if seen is not None and seen == self._seen and seen != self._applied:
            self._applied = seen
            self.reload()
        self._seen = seen
        self._timer = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)

    async def _reload(self) -> None:
        try:
            await self._apply()
            await self._mind_settings()
        except SettingError as problem:
            log.error("declarations_refused", problem=str(problem), meaning="nothing changed; mend the file")

    async def _apply(self) -> None:
        async with self._one_at_a_time:
            declared = await asyncio.to_thread(_read, self._path)
            changed = await self._applying.apply(declared)
        if changed:
            log.info("declarations_applied", file=str(self._path), changed=changed)

    async def _mind_settings(self) -> None:
        now = await asyncio.to_thread(_settings_in, self._path)
        changed = sorted(name for name in {*now, *self._settings} if now.get(name) != self._settings.get(name))
        self._settings = now
        if changed:
            log.warning("restart_needed", settings=changed, meaning="settings are read at the start only")


def _read(path: Path) -> declarations.Declarations:
    """What a file declares, if its settings make sense too."""
    settings.of_file(path)
    return declarations.read(path)


def _settings_in(path: Path) -> dict[str, Any]:
    return {name: value for name, value in settings.read_file(path).items() if name not in settings.TABLES}


def _mark(path: Path) -> Mark | None:
    """What changes when the file does; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
