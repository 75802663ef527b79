"""Packages that tests install for programs of other times: the real ones, each into a folder of its own.

They are kept in `.cache/packages/` of the repository, so that only the first run needs the package index.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / ".cache" / "packages"


def installed(requirement: str) -> Path:
    """Installs a package from the index, unless it is there. Of several test processes one installs, the others wait;
    the folder appears complete, so a run that was killed leaves nothing that looks finished."""
    wanted = PACKAGES / f"{requirement.replace('==', '-')}-py{sys.version_info.major}{sys.version_info.minor}"
    PACKAGES.mkdir(parents=True, exist_ok=True)
    with wanted.with_name(f"{wanted.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.is_dir():
            making = wanted.with_name(f"{wanted.name}.making")
            shutil.rmtree(making, ignore_errors=True)
            _install(requirement, making)
            making.rename(wanted)
    return wanted


def _install(requirement: str, folder: Path) -> None:
    uv = shutil.which("uv", path=f"{ROOT / '.tools/bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    subprocess.run([*pip, "-q", "--target", str(folder), requirement], check=True)
