"""R14: the machine's clock jumps while texts wait. Nothing fires in a burst, nothing is stuck, nothing goes out twice.

The server runs under libfaketime, which reads the time to pretend from a file; the monotonic clock stays what it is.
Phones take three seconds to get a text, so that there are always timers waiting while the clock jumps. The rate is low:
libfaketime makes the process itself many times slower.
"""

import asyncio
import glob
import sys
import time
from collections import Counter
from pathlib import Path

from soak.app import App, until
from soak.figures import Figures
from soak.house import House
from soak.load import Client
from soak.places import SQLITE, Place, run
from soak.settling import NUMBER, PHONES

HOUR = 3600
JUMPS = (2 * HOUR, -2 * HOUR, HOUR, -HOUR, 1, -1)  # seconds: forward, back, summer time and back, a leap second
DELAY = 3.0
STUCK = 2.0  # seconds that a text may be later than it should be
EVERY_PHONE = "+1555201*"
LIBRARIES = "/usr/lib/*/faketime/libfaketime.so.1"


async def clock_jumps(place: Place, *, rate: float = 5.0, between: float = 5.0) -> Figures:
    """The program: each jump from the right time and, `between` seconds later, the next one."""
    figures = Figures("The clock jumps")
    found = glob.glob(LIBRARIES)
    if not found:
        figures.note("no libfaketime here (apt-get install faketime): nothing was checked")
        return figures
    fake = place.folder / "time"
    fake.write_text("+0\n")
    environment = {
        "LD_PRELOAD": found[0],
        "FAKETIME_TIMESTAMP_FILE": str(fake),
        "FAKETIME_CACHE_DURATION": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
    }
    with House(place.folder, environment=environment) as house:
        house.start()
        async with App() as app, Client(house.url, house.credentials) as client:
            await client.send(f"/offhook/v1/Handsets/{EVERY_PHONE}", Delay=str(DELAY))
            posted: dict[str, float] = {}
            client.start(rate, lambda number: _text(app, number, posted))
            await _jump(fake, between)
            await client.finish()
            accepted = client.ledger.accepted
            wait = DELAY + STUCK + 5
            await until(lambda: all(_is_delivered(app, sid) for sid in accepted.values()), wait)
            late = _lateness(app, accepted, posted)
            figures.none("texts that did not arrive", [b for b, sid in accepted.items() if not _is_delivered(app, sid)])
            figures.at_most("the latest one, beyond its delay", max(late, default=0), STUCK, " s")
            figures.at_least("the earliest one, beyond its delay", min(late, default=0), -DELAY, " s")
            _check_twice(figures, app)
            figures.note(f"{len(accepted)} texts, jumps of {JUMPS} s")
    return figures


async def _jump(fake: Path, between: float) -> None:
    offset = 0
    await asyncio.sleep(between)
    for jump in JUMPS:
        offset += jump
        fake.write_text(f"{offset:+d}\n")
        await asyncio.sleep(between)


def _text(app: App, number: int, posted: dict[str, float]) -> dict[str, str]:
    body = f"text {number}"
    posted[body] = time.monotonic()
    return {"To": PHONES[number % len(PHONES)], "From": NUMBER, "Body": body, "StatusCallback": f"{app.url}/status"}


def _is_delivered(app: App, sid: str) -> bool:
    return any(heard.status == "delivered" for heard in app.callbacks.get(sid, []))


def _lateness(app: App, accepted: dict[str, str], posted: dict[str, float]) -> list[float]:
    return [
        heard.at - posted[body] - DELAY
        for body, sid in accepted.items()
        for heard in app.callbacks.get(sid, [])
        if heard.status == "delivered"
    ]


def _check_twice(figures: Figures, app: App) -> None:
    counts = Counter((sid, heard.status) for sid, all_heard in app.callbacks.items() for heard in all_heard)
    figures.none("callbacks that came twice", sum(1 for count in counts.values() if count > 1))


if __name__ == "__main__":
    sys.exit(0 if run(clock_jumps, SQLITE).show() else 1)
