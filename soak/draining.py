"""R16: SIGTERM under load. What was accepted is finished, and no request under way is answered with a reset.

Two kinds of clients post meanwhile: one keeps its connections, one makes a new one for each request. A request counts
as cut when it was sent and no complete answer came; one that found nobody listening was never in our hands.
"""

import asyncio
import sys
import time

from soak.app import App
from soak.figures import Figures
from soak.house import House
from soak.load import Client
from soak.places import Place, main
from soak.settling import check_outgoing, text_to

DRAINED_WITHIN = 30.0


async def draining(place: Place, *, rate: float = 200.0, stops: int = 5, between: float = 2.0) -> Figures:
    """The program: stop and start again, `stops` times, `between` seconds apart."""
    figures = Figures(f"SIGTERM under load, {place.kind}")
    with House(place.folder, place.database) as house:
        house.start()
        at = house.url, house.credentials
        async with App() as app, Client(*at) as keeping, Client(*at, keep_alive=False) as new:
            keeping.start(rate / 2, lambda number: text_to(app, number, "keeping"))
            new.start(rate / 2, lambda number: text_to(app, number, "new"))
            took, codes = await _stop_and_start(house, stops, between)
            back = time.monotonic()
            await asyncio.sleep(1)
            await keeping.finish()
            await new.finish()
            figures.note(f"kept connections: {keeping.ledger.summary()}")
            figures.note(f"new connections: {new.ledger.summary()}")
            figures.none("exit codes that are not 0", [code for code in codes if code])
            figures.at_most("slowest stop", max(took), DRAINED_WITHIN, " s")
            figures.none("requests cut on kept connections", list(keeping.ledger.cut.values()))
            figures.none("requests cut on new connections", list(new.ledger.cut.values()))
            keeping.ledger.accepted |= new.ledger.accepted
            await check_outgoing(figures, keeping, app, back, set())
    return figures


async def _stop_and_start(house: House, stops: int, between: float) -> tuple[list[float], list[int]]:
    took: list[float] = []
    codes: list[int] = []
    for _ in range(stops):
        await asyncio.sleep(between)
        code, seconds = await asyncio.to_thread(house.terminate)
        took.append(seconds)
        codes.append(code)
        await asyncio.to_thread(house.start)
    return took, codes


if __name__ == "__main__":
    sys.exit(main(draining, __doc__, rate=200.0, stops=5, between=2.0))
