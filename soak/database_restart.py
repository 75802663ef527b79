"""R11: PostgreSQL is restarted under load. Requests are refused at once, not kept waiting; nothing accepted is lost.

A text may be shown twice if it was accepted shortly before the database went, or while it was going.
"""

import asyncio
import sys
import time

from soak.app import App
from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import POSTGRES, Place, run
from soak.settling import check_outgoing, text_to

REFUSED_WITHIN = 1.0
RECOVERED_WITHIN = 5.0
UNAVAILABLE = 503
UNDER_WAY = 1.0  # seconds before the end in which a text may have been accepted that was not settled at the end


async def database_restart(
    place: Place, *, restarts: int = 5, rate: float = 100.0, pause: float = 3.0, away: float = 1.5
) -> Figures:
    """The program: `away` seconds without a database, `pause` seconds with it, again and again."""
    figures = Figures("PostgreSQL restarted under load")
    server = place.server
    if server is None:
        raise ValueError("this is about PostgreSQL")
    recovered: list[float] = []
    under_way: set[str] = set()
    with House(place.folder, place.database) as house:
        house.start()
        async with App() as app, Client(house.url, house.credentials) as client:
            client.start(rate, lambda number: text_to(app, number))
            for _ in range(restarts):
                await asyncio.sleep(pause)
                since = time.monotonic() - UNDER_WAY
                await asyncio.to_thread(server.stop)
                under_way |= {sid for sid, at in client.ledger.accepted_at.items() if at > since}
                await asyncio.sleep(away)
                await asyncio.to_thread(server.start)
                recovered.append(await _until_accepted(client))
            back = time.monotonic()
            await asyncio.sleep(pause)
            await client.finish()
            await check_outgoing(figures, client, app, back, under_way)
            _check_refusals(figures, client)
        figures.at_most("accepts again after", max(recovered), RECOVERED_WITHIN, " s")
    return figures


async def _until_accepted(client: Client) -> float:
    began = time.monotonic()
    while client.ledger.last_accepted < began and time.monotonic() < began + 30:
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def _check_refusals(figures: Figures, client: Client) -> None:
    ledger = client.ledger
    figures.note(ledger.summary())
    others = [f"{body}: {said}" for body, said in ledger.refused.items() if said[0] != UNAVAILABLE or not said[2]]
    figures.none("refusals that are not a 503 with Retry-After", others)
    figures.none("requests that were cut", list(ledger.cut.values()))
    figures.at_least("refusals seen", len(ledger.refused), 1)
    figures.at_most("slowest refusal", share(ledger.refusals_took, 1.0), REFUSED_WITHIN, " s")


if __name__ == "__main__":
    sys.exit(0 if run(database_restart, POSTGRES).show() else 1)
