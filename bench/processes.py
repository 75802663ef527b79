"""What the kernel says of a process and all that it started. Linux only: it is read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Processor time in seconds, resident memory in bytes."""

    seconds: float
    resident: int


def usage(pid: int) -> Usage:
    """What a process and its descendants have used until now."""
    family = [pid, *_descendants(pid)]
    return Usage(sum(map(_seconds, family)), sum(map(_resident, family)))


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def _seconds(pid: int) -> float:
    """User and system time of a process, and of those of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
