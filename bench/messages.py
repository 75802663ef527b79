"""How fast texts are accepted and delivered, and what that costs: `python -m bench.messages` (or `make bench`).

Each round measures, one after the other and never at the same time:

- the emulator `emulate` (in memory) and `offhook up` (on the disk, everything on), for creates, at 1, 20 and 64
  connections; a fresh emulator for every level, as it stops answering after 5,000 requests;
- full deliveries: accepted, sent, delivered, and two signed callbacks that a receiver took and checked. A message
  whose callbacks are not exactly that fails the bench;
- the latency of creates at 200 a second, with their deliveries going on at the same time;
- an Offhook that accepts and does not send, which is what a create costs by itself.

Processor time is user and system time of the server's processes; it says more than the rates do, since the load, the
receiver and the server share the processors. Shown are medians over the rounds, and their range.
"""

import argparse
import asyncio
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench import machine, requests
from bench.asking import Answers, ask_as_fast_as_answered, ask_at_a_pace
from bench.receiving import Receiving
from bench.servers import Accepting, Emulate, Offhook, Server, Told
from bench.table import Figures, table

LEVELS = (1, 20, 64)  # connections
PACE = 200  # texts a second
IN_FLIGHT = 1_000  # accepted and not yet delivered: about what the queues hold in memory
EMULATED_FROM = "+15551234567"  # the number that the emulator begins with
MILLION = 1_000_000


@dataclass(frozen=True)
class Size:
    """How much is done in one round."""

    rounds: int
    warm_up: int  # requests before those that count
    creates: dict[int, int]  # by connections; with the warm-up less than 5,000
    deliveries: dict[int, int]
    paced: int


FULL = Size(3, 900, {1: 1_500, 20: 4_000, 64: 4_000}, {1: 1_500, 20: 4_000, 64: 6_000}, 2_000)
QUICK = Size(1, 500, {1: 500, 20: 2_000, 64: 3_000}, {1: 500, 20: 2_000, 64: 3_000}, 800)


class WrongError(Exception):
    """What was measured did not do its work."""


class Bench:
    """One run: `figures` fills up round by round."""

    def __init__(self, size: Size, folder: Path) -> None:
        self._size = size
        self._folder = folder
        self.figures = Figures()

    async def client_ceiling(self) -> None:
        """What the load client could ask for if the server were free."""
        async with Told("bench.trivial") as trivial:
            for connections in LEVELS:
                answers = await self._create(trivial, connections, self._size.creates[connections] * 3)
                self.figures.add(f"the load client itself, {connections} connections", answers.rate, "/s")

    async def round(self) -> None:
        """Everything once."""
        for connections in LEVELS:
            await self._emulated(connections)
        async with Offhook(self._folder) as offhook:
            self.figures.add("start until connection.json", offhook.start_seconds, "s", 1.5)
            await self._creates(offhook)
            await self._deliveries(offhook)
        async with Accepting(self._folder) as accepting:
            await self._accepted(accepting)

    async def _emulated(self, connections: int) -> None:
        async with Emulate() as emulate:
            await self._create(emulate, connections, self._size.warm_up, EMULATED_FROM)
            before = emulate.usage()
            answers = await self._create(emulate, connections, self._size.creates[connections], EMULATED_FROM)
            self.figures.add(f"creates, emulate in memory, {connections} connections", answers.rate, "/s")
            self._cost(f"a create, emulate, {connections} connections", emulate, before.seconds, len(answers.bodies))

    async def _creates(self, offhook: Offhook) -> None:
        await self._create(offhook, 20, self._size.warm_up)
        for connections in LEVELS:
            before = offhook.usage()
            answers = await self._create(offhook, connections, self._size.creates[connections])
            self.figures.add(f"durable creates, sent meanwhile, {connections} connections", answers.rate, "/s")
            await _quiet(offhook)
            what = f"a text to a handset, {connections} connections"
            self._cost(what, offhook, before.seconds, len(answers.bodies))

    async def _accepted(self, accepting: Accepting) -> None:
        await self._create(accepting, 20, self._size.warm_up)
        for connections in LEVELS:
            before = accepting.usage()
            answers = await self._create(accepting, connections, self._size.creates[connections])
            self.figures.add(f"durable creates, {connections} connections", answers.rate, "/s")
            self._cost(
                f"a durable create, {connections} connections", accepting, before.seconds, len(answers.bodies), 110
            )

    async def _deliveries(self, offhook: Offhook) -> None:
        async with Receiving(offhook.auth_token) as receiving:
            await self._deliver(offhook, receiving, 20, self._size.warm_up)
            for connections in LEVELS:
                many, before = self._size.deliveries[connections], offhook.usage()
                rate = await self._deliver(offhook, receiving, connections, many)
                self.figures.add(f"full deliveries, {connections} connections", rate, "/s")
                await _quiet(offhook)
                self._cost(f"a full delivery, {connections} connections", offhook, before.seconds, many, 280)
            await self._latency(offhook, receiving)
        self.figures.add("resident memory after that", offhook.usage().resident / 2**20, "MB", 150)

    async def _latency(self, offhook: Offhook, receiving: Receiving) -> None:
        told, before = receiving.count, offhook.usage()
        texts = _texts(offhook, self._size.paced, callback=receiving.url)
        answers = await ask_at_a_pace(offhook.port, texts, PACE)
        await self._all_told(receiving, told, answers)
        steps = statistics.quantiles(answers.latencies, n=100)
        self.figures.add(f"create at {PACE}/s, p50", steps[49] * 1000, "ms", 10)
        self.figures.add(f"create at {PACE}/s, p99", steps[98] * 1000, "ms")
        self._cost(f"a full delivery at {PACE}/s", offhook, before.seconds, len(answers.bodies))

    async def _deliver(self, offhook: Offhook, receiving: Receiving, connections: int, many: int) -> float:
        told = receiving.count
        texts = _texts(offhook, many, callback=receiving.url)
        begun = asyncio.get_running_loop().time()
        answers = await ask_as_fast_as_answered(
            offhook.port, texts, connections, lambda asked: asked - (receiving.count - told) / 2 < IN_FLIGHT
        )
        ended = await self._all_told(receiving, told, answers)
        return many / (ended - begun)

    async def _all_told(self, receiving: Receiving, told: int, answers: Answers) -> float:
        """Wait for the callbacks, and see that they are right; returns when the last one came."""
        _check(answers)
        expected = told + 2 * len(answers.bodies)
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(60):
            while receiving.count < expected:
                await asyncio.sleep(0.002)
        ended = loop.time()
        if problems := await receiving.problems(answers.bodies):
            raise WrongError("; ".join(problems))
        return ended

    async def _create(self, server: Server, connections: int, many: int, from_: str = requests.FROM) -> Answers:
        answers = await ask_as_fast_as_answered(server.port, _texts(server, many, from_), connections)
        _check(answers)
        return answers

    def _cost(self, what: str, server: Server, before: float, many: int, goal: float | None = None) -> None:
        spent = (server.usage().seconds - before) * MILLION / many
        self.figures.add(f"processor time of {what}", spent, "µs", goal)


async def _quiet(server: Server) -> None:
    """Wait until a server has nothing left to do: until it hardly uses the processor."""
    last = server.usage().seconds
    while True:
        await asyncio.sleep(0.25)
        now = server.usage().seconds
        if now - last <= 0.01:
            return
        last = now


def _texts(server: Server, many: int, from_: str = requests.FROM, callback: str = "") -> list[bytes]:
    return requests.texts(server.port, server.account_sid, server.auth_token, many=many, from_=from_, callback=callback)


def _check(answers: Answers) -> None:
    if answers.refused:
        status, body = answers.refused[0]
        raise WrongError(f"{len(answers.refused)} requests were refused, the first with {status}: {body[:200]!r}")


def ratios(figures: Figures) -> list[tuple[str, ...]]:
    """Offhook's creates over the emulator's."""
    rows: list[tuple[str, ...]] = []
    for connections in LEVELS:
        emulated = figures.median(f"creates, emulate in memory, {connections} connections")
        for what in ("durable creates", "durable creates, sent meanwhile"):
            ratio = figures.median(f"{what}, {connections} connections") / emulated
            rows.append((f"{what} / emulate, {connections} connections", f"{ratio:.2f}", "", ""))
    return rows


async def run(size: Size, folder: Path) -> str:
    """All rounds, and the tables."""
    facts = machine.facts(folder)
    bench = Bench(size, folder)
    await bench.client_ceiling()
    for number in range(1, size.rounds + 1):
        print(f"round {number} of {size.rounds} …", file=sys.stderr, flush=True)
        await bench.round()
    head = ("what", "median", f"range of {size.rounds} rounds", "goal reached")
    measured = table(head, [*bench.figures.rows(), *ratios(bench.figures)])
    return f"{table(('machine', ''), list(facts.items()))}\n\n{measured}"


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="Speed of the core: texts accepted and delivered.")
    parser.add_argument("--quick", action="store_true", help="one small round, about half a minute")
    parser.add_argument("--folder", type=Path, default=Path(".cache"), help="where the data goes; on a real disk")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(uvloop.run(run(QUICK if arguments.quick else FULL, arguments.folder.resolve())))


if __name__ == "__main__":
    main()
