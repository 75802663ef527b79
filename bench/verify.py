"""How fast codes go out: `python -m bench.verify` (a part of `make bench`).

Verifications are started at a fixed pace, each for a phone of its own in a prefix of its own, with the guard against
pumped texts on. What counts is the time from the moment at which a start is due until the phone has the text, durably:
its row is looked for in the database, by a connection of its own, a thousand times a second.
"""

import argparse
import asyncio
import sqlite3
import statistics
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter as time

import uvloop

from bench import machine
from bench.account import Account
from bench.asking import Answers, ask_at_a_pace
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures, table

AREAS = (212, 213, 214, 312, 313, 404, 415, 617)
FIRST_EXCHANGE, EXCHANGES = 200, 800
GLANCE = 0.001  # seconds between two looks at the phones
PATIENCE = 30.0  # seconds for the last text
GOAL = 15.0  # ms, p50


@dataclass(frozen=True)
class Size:
    """How much is done; `pace` in starts a second."""

    rounds: int
    starts: int
    warm_up: int
    pace: float = 200.0


FULL = Size(3, 4_000, 400)
QUICK = Size(1, 800, 200)


class Guarded(Offhook):
    """As in production, too many unverified codes for one prefix are blocked."""

    command = (*Offhook.command, "--verify-pumping", "block")


@dataclass
class Phones:
    """Sees which phones have a text, and since when, on the clock of `perf_counter`."""

    database: Path
    arrived: dict[str, float] = field(default_factory=dict)

    async def watch(self) -> None:
        """Go on looking until cancelled."""
        last = 0
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            while True:
                sql = 'SELECT seq, "to" FROM handset_messages WHERE seq > ? ORDER BY seq'
                found, now = connection.execute(sql, (last,)).fetchall(), time()
                for seq, to in found:
                    last = seq
                    self.arrived.setdefault(to, now)
                await asyncio.sleep(GLANCE)

    async def have(self, many: int) -> None:
        """Wait until so many have one. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while len(self.arrived) < many:
                await asyncio.sleep(0.01)


def people() -> Iterator[str]:
    """Phones in the United States, each with a prefix of its own."""
    for exchange in range(FIRST_EXCHANGE, FIRST_EXCHANGE + EXCHANGES):
        for area in AREAS:
            yield f"+1{area}{exchange}0100"


class Starting:
    """Starts verifications of one service, over HTTP."""

    def __init__(self, account: Account, phones: Phones) -> None:
        self._account, self._phones = account, phones
        self._people = people()
        self._path = ""

    async def make_service(self) -> None:
        """Make the service. Raises WrongError."""
        status, made = await self._account.ask("POST", "/verify/v2/Services", FriendlyName="Owl Bank")
        if status != 201:
            raise WrongError(f"the service was refused: {made}")
        self._path = f"/verify/v2/Services/{made['sid']}/Verifications"

    async def start(self, many: int, pace: float) -> tuple[Answers, list[float]]:
        """Start so many; the answers, and the seconds until each text was there. Raises WrongError, TimeoutError."""
        known = len(self._phones.arrived)
        people = [next(self._people) for _ in range(many)]
        asked = [self._account.request("POST", self._path, To=to, Channel="sms") for to in people]
        answers = await ask_at_a_pace(self._account.port, asked, pace)
        if answers.refused:
            raise WrongError(f"{len(answers.refused)} starts were refused, the first: {answers.refused[0]}")
        await self._phones.have(known + many)
        due = [answers.begun + at / pace for at in range(many)]
        return answers, [self._phones.arrived[to] - moment for to, moment in zip(people, due, strict=True)]


async def one_round(size: Size, folder: Path, figures: Figures) -> None:
    """All starts, on an Offhook of their own."""
    async with Guarded(folder) as offhook:
        phones = Phones(offhook.database)
        watching = asyncio.create_task(phones.watch())
        try:
            starting = Starting(Account(offhook.port, offhook.account_sid, offhook.auth_token), phones)
            await starting.make_service()
            await starting.start(size.warm_up, size.pace)
            before = offhook.usage()
            answers, took = await starting.start(size.starts, size.pace)
            spent = offhook.usage().seconds - before.seconds
        finally:
            watching.cancel()
    note(figures, answers.latencies, took)
    figures.add("processor time, a code", spent / size.starts * 1e6, "µs")


def note(figures: Figures, answered: list[float], took: list[float]) -> None:
    """The percentiles."""
    steps, asked = statistics.quantiles(took, n=100), statistics.quantiles(answered, n=100)
    figures.add("from start to text, p50", steps[49] * 1000, "ms", GOAL)
    figures.add("from start to text, p99", steps[98] * 1000, "ms")
    figures.add("start answered, p50", asked[49] * 1000, "ms")
    figures.add("start answered, p99", asked[98] * 1000, "ms")


async def run(size: Size, folder: Path) -> tuple[str, Figures]:
    """All rounds, and the tables."""
    facts, figures = machine.facts(folder), Figures()
    for number in range(size.rounds):
        print(f"round {number + 1} of {size.rounds} …", file=sys.stderr, flush=True)
        await one_round(size, folder, figures)
    measured = table(("what", "median", f"range of {size.rounds} rounds", "goal reached"), figures.rows())
    title = f"{size.starts} verifications by text, {size.pace:.0f} a second, on the simulated network"
    return f"{table(('machine', ''), list(facts.items()))}\n\n{title}\n\n{measured}", figures


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="How fast codes go out.")
    parser.add_argument("--quick", action="store_true", help="one round of 800 codes")
    parser.add_argument("--folder", type=Path, default=Path(".cache"), help="where the data goes; on a real disk")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(uvloop.run(run(QUICK if arguments.quick else FULL, arguments.folder.resolve()))[0])


if __name__ == "__main__":
    main()
