"""The machine's facts, without which no figure means anything; among them what the disk can do."""

import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path


def facts(folder: Path, seconds: float = 1.0) -> dict[str, str]:
    """Name and value of each fact; the disk is the one that `folder` is on, and is tried for so long."""
    rate, middle, slow = synced_writes(folder, seconds)
    return {
        "processor": f"{os.cpu_count()} x {_first('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_first('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GB",
        "system": f"{platform.system()} {platform.release()}, {_distribution()}",
        "python": f"{platform.python_version()}, uvloop {version('uvloop')}, sqlite {_sqlite()}",
        "disk": f"{rate:,.0f} synced 4 kB writes/s, one after another (p50 {middle:.2f} ms, p99 {slow:.2f} ms)",
        "load": f"{os.getloadavg()[0]:.1f} before",
    }


def synced_writes(folder: Path, seconds: float) -> tuple[float, float, float]:
    """Writes a second that `fdatasync` waits for, and their middle and slow time in ms: what no commit can beat."""
    taken: list[float] = []
    block = os.urandom(4096)
    with tempfile.TemporaryFile(dir=folder) as file:
        begun = time.perf_counter()
        while (now := time.perf_counter()) - begun < seconds:
            os.write(file.fileno(), block)
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - now)
    steps = statistics.quantiles(taken, n=100) if len(taken) > 1 else [taken[0]] * 99
    return len(taken) / sum(taken), steps[49] * 1000, steps[98] * 1000


def _first(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0 (unknown)"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return sys.platform


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version
