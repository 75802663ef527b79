"""No growth: 200 texts a second for an hour. Memory, descriptors and tables level off.

A sample is taken every few seconds. The first third is for warming up; what counts is how the rest grows. The tables
that only record (exchanges, events) stay within their bounds, the queues are as empty in the end as in the beginning.
"""

import asyncio
import sys

from soak.app import App
from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import Place, main
from soak.settling import PHONES, text_to

SLOPE = 6.0  # MB an hour; more than noise, less than a leak of 10 bytes a text would be
DESCRIPTORS = 10
BOUNDS = {"exchanges": 101_000, "events": 105_000}  # they are cut every thousand exchanges, each with some events
MESSAGES, QUEUES = "messages", ("callbacks", "simulated_texts")


async def steady(place: Place, *, minutes: float = 60.0, rate: float = 200.0, every: float = 5.0) -> Figures:
    """The program."""
    figures = Figures(f"{rate:g} texts a second for {minutes:g} minutes, {place.kind}")
    samples: list[tuple[float, int, int]] = []  # seconds, bytes, descriptors
    with House(place.folder, place.database) as house:
        house.start()
        async with App() as app, Client(house.url, house.credentials, connections=20) as client:
            client.start(rate, lambda number: text_to(app, number))
            while len(samples) * every < minutes * 60:
                await asyncio.sleep(every)
                samples.append((len(samples) * every, house.resident(), house.descriptors()))
                app.callbacks.clear()  # ours, not Offhook's
                if len(samples) % 60 == 0:
                    print(f"  {samples[-1][0]:.0f} s: {samples[-1][1] / 1e6:.1f} MB, {samples[-1][2]} descriptors")
            await client.finish()
            figures.note(client.ledger.summary())
            figures.none("texts that were not accepted", client.ledger.posted - len(client.ledger.accepted))
            figures.at_most("p95 of a create", share(client.ledger.took, 0.95) * 1000, 100, " ms")
        await asyncio.sleep(2)
        await _check_tables(figures, place)
    _check_growth(figures, samples)
    return figures


async def _check_tables(figures: Figures, place: Place) -> None:
    for table, most in BOUNDS.items():
        ((count,),) = await place.rows(f"SELECT count(*) FROM {table}")
        figures.at_most(f"rows in {table}", count, most)
    for table in QUEUES:
        ((count,),) = await place.rows(f"SELECT count(*) FROM {table}")
        figures.none(f"rows left in {table}", count)
    ((unfinished,),) = await place.rows(f"SELECT count(*) FROM {MESSAGES} WHERE due IS NOT NULL")
    figures.none("messages that are not done", unfinished)
    figures.note(f"{len(PHONES)} phones")


def _check_growth(figures: Figures, samples: list[tuple[float, int, int]]) -> None:
    warm = samples[len(samples) // 3 :]
    slope = _slope([(at, size / 1e6) for at, size, _ in warm]) * 3600
    figures.note(
        f"{samples[0][1] / 1e6:.1f} MB at first, {warm[0][1] / 1e6:.1f} when warm, {warm[-1][1] / 1e6:.1f} last"
    )
    figures.at_most("memory grows by", slope, SLOPE, " MB an hour")
    figures.at_most("descriptors grow by", warm[-1][2] - warm[0][2], DESCRIPTORS)


def _slope(points: list[tuple[float, float]]) -> float:
    """Least squares."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else 0.0


if __name__ == "__main__":
    sys.exit(main(steady, __doc__, minutes=60.0, rate=200.0))
