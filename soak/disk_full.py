"""R13: the disk fills up under load. What cannot be kept is refused with a code; nothing accepted is lost.

The data is on a small disk in memory where that can be mounted (root on Linux), which is then made larger. Elsewhere no
file of the process may grow beyond a size, which the kernel lifts again. In both cases the log is on the same disk.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from soak.app import App
from soak.figures import Figures
from soak.house import House
from soak.load import Client
from soak.places import SQLITE, Place, run
from soak.settling import check_outgoing, text_to

SMALL, LARGE = 12, 200  # MB
CODES = {507: 20507, 503: 20503}
RECOVERED_WITHIN = 5.0


async def disk_full(
    place: Place, *, rate: float = 200.0, full_for: float = 10.0, mounted: bool = True, small: float = SMALL
) -> Figures:
    """The program: fill the disk of `small` MB, stay so for `full_for` seconds, make room."""
    with _disk(place.folder, mounted, small) as grow, House(place.folder) as house:
        house.start()
        figures = Figures("The disk is full" if grow else "Files cannot grow")
        async with App() as app, Client(house.url, house.credentials) as client:
            client.start(rate, lambda number: _long_text(app, number))
            if grow is None:
                await asyncio.sleep(1)
                house.largest_file((house.data / "offhook.db-wal").stat().st_size // 4)
            await _until_refused(client)
            log_before = house.log.stat().st_size
            await asyncio.sleep(full_for / 2)
            await _check_reads(figures, client)
            await asyncio.sleep(full_for / 2)
            log_grew = house.log.stat().st_size - log_before
            if grow is None:
                house.largest_file(resource.RLIM_INFINITY)
            else:
                grow()
            back = time.monotonic()
            while client.ledger.last_accepted < back and time.monotonic() < back + 30:
                await asyncio.sleep(0.02)
            figures.at_most("accepts again after", time.monotonic() - back, RECOVERED_WITHIN, " s")
            await asyncio.sleep(1)
            await client.finish()
            _check_refusals(figures, client)
            figures.at_most("what the log took while full", log_grew / full_for / 1000, 10, " kB/s")
            await check_outgoing(figures, client, app, back, set(client.ledger.accepted.values()))
        found = await place.rows("PRAGMA integrity_check")
        figures.none("integrity_check", [row for (row,) in found if row != "ok"])
    return figures


def _long_text(app: App, number: int) -> dict[str, str]:
    form = text_to(app, number)
    return {**form, "Body": f"{form['Body']} {'x' * 1000}"}


@contextmanager
def _disk(folder: Path, mounted: bool, small: float) -> Iterator[Callable[[], object] | None]:
    """Make `folder` a disk of its own, if that can be; yields what makes it larger, or None."""
    options = ["-t", "tmpfs", "-o", f"size={int(small * 1024)}k", "offhook-soak", str(folder)]
    if not mounted or subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield lambda: subprocess.run(["mount", "-o", f"remount,size={LARGE}m", str(folder)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


async def _until_refused(client: Client) -> None:
    until = time.monotonic() + 40
    while len(client.ledger.refused) < 20:
        if time.monotonic() > until:
            raise RuntimeError(f"the disk did not fill up: {client.ledger.summary()}")
        await asyncio.sleep(0.05)


async def _check_reads(figures: Figures, client: Client) -> None:
    began = time.monotonic()
    await client.messages()
    figures.at_most("a list of all messages meanwhile", time.monotonic() - began, 5.0, " s")


def _check_refusals(figures: Figures, client: Client) -> None:
    ledger = client.ledger
    figures.note(f"{ledger.summary()} {dict(Counter(code for _, code, _ in ledger.refused.values()))}")
    wrong = [f"{status} {code}" for status, code, _ in ledger.refused.values() if CODES.get(status) != code]
    figures.none("refusals that are neither 507 nor 503 with their code", wrong)
    figures.none("requests that were cut", list(ledger.cut.values()))


if __name__ == "__main__":
    results = [run(disk_full, SQLITE, mounted=mounted).show() for mounted in (True, False)]
    sys.exit(0 if all(results) else 1)
