"""How commands are written when we tell a person to type one: they must work as they stand."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from offhook.roles.settings import Settings


def program_name() -> str:
    """`offhook` where that is found on the PATH, else the path of the program that runs."""
    own = Path(sys.argv[0])
    if own.name != "offhook":  # python -m offhook.cli
        own = Path(sys.executable).with_name("offhook")
    found = shutil.which("offhook")
    if found and Path(found).resolve() == own.resolve():
        return "offhook"
    return shown_path(own)


def shown_path(path: Path) -> str:
    """A path as one types it here: from the current folder where that is shorter."""
    return shlex.quote(min(str(path.absolute()), os.path.relpath(path), key=len))


def data_flag(folder: Path) -> str:
    """` --data DIR`, or nothing for the folder that is used anyway."""
    if folder == Settings.__dataclass_fields__["data"].default:
        return ""
    return f" --data {shlex.quote(str(folder))}"
