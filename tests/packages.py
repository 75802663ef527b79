"""Packages that tests install for programs of other times: the real ones, each into a folder of its own.

They are kept in `.cache/packages/` of the repository, so that only the first run needs the package index. Of several
test processes one installs and the others wait; a folder appears complete, so a run that was killed leaves nothing
that looks finished.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / ".cache" / "packages"
PYTHON = f"py{sys.version_info.major}{sys.version_info.minor}"


def installed(requirement: str) -> Path:
    """The folder for PYTHONPATH that holds a package from PyPI (`twilio==5.7.0`) and what it needs."""
    return _kept(f"{requirement.replace('==', '-')}-{PYTHON}", lambda folder: _install(requirement, folder))


def installed_from_npm(package: str, version: str) -> Path:
    """The `node_modules` folder that holds a package from npm and what it needs; its programs are in `.bin`."""
    folder = _kept(f"npm-{package}-{version}", lambda folder: _install_from_npm(f"{package}@{version}", folder))
    return folder / "node_modules"


def _kept(name: str, install: Callable[[Path], None]) -> Path:
    wanted = PACKAGES / name
    PACKAGES.mkdir(parents=True, exist_ok=True)
    with (PACKAGES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.is_dir():
            making = PACKAGES / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            install(making)
            making.rename(wanted)
    return wanted


def _install(requirement: str, folder: Path) -> None:
    uv = shutil.which("uv", path=f"{ROOT / '.tools/bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    subprocess.run([*pip, "-q", "--target", str(folder), requirement], check=True)


def _install_from_npm(requirement: str, folder: Path) -> None:
    """Nothing that the package brings is run while it is installed, and npm tells nobody about it."""
    folder.mkdir()
    quietly = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier", "--loglevel=error")
    command = ["npm", "install", "--prefix", str(folder), *quietly, requirement]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
