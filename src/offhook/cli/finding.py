"""Which Offhook a command means: the one that runs on its data folder.

connection.json alone does not prove that it runs: a process that was killed leaves it behind, and its number may be
some other process's by now. The lock on the data folder is let go of by the kernel, so it does.
"""

import fcntl
from pathlib import Path

from offhook.cli.failing import CommandError
from offhook.roles import connection, settings
from offhook.roles.connection import Connection


def data_folder(data: Path | None) -> Path:
    """The folder that `--data`, OFFHOOK_DATA or offhook.toml names, or the default. Raises CommandError."""
    try:
        return settings.load({"data": data}).data
    except settings.SettingError as problem:
        raise CommandError(str(problem)) from problem


def running(folder: Path) -> Connection | None:
    """The Offhook that runs on `folder` and is ready, or None."""
    found = connection.read(folder)
    return found if found is not None and is_held(folder) else None


def is_held(folder: Path) -> bool:
    """Whether a process has `folder` open, ready or not."""
    try:
        with (folder / "lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
