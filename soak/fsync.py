"""R2: the last fdatasync precedes each 201. The system calls of the server are watched, one text after the other.

For every 201 that leaves the server, its write-ahead log must have been flushed since the request came in. Without
strace, or on another system than Linux, this is said and nothing is claimed.
"""

import asyncio
import shutil
import sys
from pathlib import Path

from soak.figures import Figures
from soak.house import House
from soak.load import Client
from soak.places import SQLITE, Place, run
from soak.settling import NUMBER, PHONES

CALLS = "trace=fdatasync,fsync,write,writev,sendto,sendmsg,read,recvfrom,recvmsg"


async def fsync(place: Place, *, texts: int = 200) -> Figures:
    """The program."""
    figures = Figures("The disk before the answer")
    if shutil.which("strace") is None:
        figures.note("no strace here: nothing was checked")
        return figures
    trace = place.folder / "trace"
    wrapper = ("strace", "-f", "-y", "-s", "60", "-e", CALLS, "-o", str(trace))
    with House(place.folder, wrapper=wrapper) as house:
        house.start()
        async with Client(house.url, house.credentials, connections=1) as client:
            for number in range(texts):
                await client.post({"To": PHONES[0], "From": NUMBER, "Body": f"text {number}"})
                await asyncio.sleep(0.02)  # what this one sets off has its own flushes
            figures.none("texts that were not accepted", texts - len(client.ledger.accepted))
    answers, too_early, flushes = _read(trace)
    figures.at_least("answers seen", answers, texts)
    figures.at_least("flushes of the write-ahead log seen", flushes, texts)
    figures.none("answers 201 without a flush since their request", too_early)
    return figures


def _read(trace: Path) -> tuple[int, int, int]:
    """Answers 201, those of them that came too early, flushes."""
    answers = too_early = flushes = 0
    is_flushed = False
    for line in trace.read_text(errors="replace").splitlines():
        if "POST /2010-04-01" in line:
            is_flushed = False
        elif "fdatasync" in line and "= 0" in line and ("-wal" in line or "resumed" in line):
            is_flushed, flushes = True, flushes + 1
        elif "HTTP/1.1 201" in line:
            answers += 1
            too_early += not is_flushed
    return answers, too_early, flushes


if __name__ == "__main__":
    sys.exit(0 if run(fsync, SQLITE).show() else 1)
