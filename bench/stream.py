"""What the live stream costs whoever sends texts: `python -m bench.stream` (a part of `make bench`).

Texts are created at a fixed pace, with and without three readers of `/offhook/v1/Events`, in pairs of which every other
one begins with the readers, so that what changes on the machine meanwhile falls on both. The pace is such that each
reader is told of 500 events a second; what a text leads to (accepted, sent, delivered, shown on a phone, recorded)
makes several. A round in which a reader hears of fewer fails. The readers are `curl` in processes of their own, writing
to files.
"""

import argparse
import asyncio
import base64
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import uvloop

from bench import machine, requests
from bench.asking import ask_at_a_pace
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures, table

READERS = 3
EVENTS = 500  # a second, told to each reader
GOAL = 1.2  # p95 with the readers over p95 without them
PATIENCE = 20.0  # seconds
WITH, WITHOUT = f"create with {READERS} readers, p95", "create without readers, p95"
RATIO = "p95 with readers / without, a pair"


@dataclass(frozen=True)
class Size:
    """How much is done."""

    pairs: int
    pace: float  # texts a second
    seconds: float  # of each half of a pair


FULL = Size(6, 110.0, 10.0)
QUICK = Size(2, 110.0, 4.0)


class Readers:
    """Readers of an Offhook's stream, each a curl; inside the `async with` all of them are connected."""

    def __init__(self, offhook: Offhook, many: int = READERS) -> None:
        self._offhook = offhook
        self._many = many
        self._folder = Path(tempfile.mkdtemp(prefix="bench-stream-"))
        self._curls: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Self:
        for number in range(self._many):
            with self._heard(number).open("wb") as heard:
                self._curls.append(await self._curl(heard.fileno()))
        try:
            await self._until(self._are_connected)
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for curl in self._curls:
            if curl.returncode is None:
                curl.kill()
            await curl.wait()
        shutil.rmtree(self._folder)

    def counts(self) -> list[int]:
        """How many events each has been told."""
        return [self._heard(number).read_bytes().count(b"\ndata:") for number in range(self._many)]

    async def all_told(self) -> list[int]:
        """The same, once they have all heard as much and no more comes."""
        found: list[list[int]] = []

        def quiet() -> bool:
            found.append(self.counts())
            return len(set(found[-1])) == 1 and found[-10:] == [found[-1]] * 10

        await self._until(quiet)
        return found[-1]

    def _are_connected(self) -> bool:
        if any(curl.returncode is not None for curl in self._curls):
            raise WrongError("a reader was not let in")
        return all(self._heard(number).stat().st_size for number in range(self._many))

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                await asyncio.sleep(0.05)

    async def _curl(self, output: int) -> asyncio.subprocess.Process:
        """The credentials go in on standard input: a command line is read by anybody."""
        url = f"http://127.0.0.1:{self._offhook.port}/offhook/v1/Events"
        curl = await asyncio.create_subprocess_exec(
            "curl", "-sfN", "-K", "-", url, stdin=asyncio.subprocess.PIPE, stdout=output
        )
        pair = f"{self._offhook.account_sid}:{self._offhook.auth_token}"
        authorization = base64.b64encode(pair.encode()).decode()
        assert curl.stdin is not None
        curl.stdin.write(f'header = "Authorization: Basic {authorization}"\n'.encode())
        curl.stdin.close()
        return curl

    def _heard(self, number: int) -> Path:
        return self._folder / str(number)


async def pair(offhook: Offhook, size: Size, figures: Figures, *, first: str) -> None:
    """One half with readers and one without, beginning with the `first`. Raises WrongError if they heard too little."""
    found: dict[str, float] = {}
    for half in (WITH, WITHOUT) if first == WITH else (WITHOUT, WITH):
        found[half] = await (_with_readers(offhook, size, figures) if half == WITH else _p95(offhook, size))
        figures.add(half, found[half] * 1000, "ms")
    figures.add(RATIO, found[WITH] / found[WITHOUT], "", GOAL)


async def _with_readers(offhook: Offhook, size: Size, figures: Figures) -> float:
    async with Readers(offhook) as readers:
        slow = await _p95(offhook, size)
        told = await readers.all_told()
    rate = min(told) / size.seconds
    figures.add("events a second, each reader", rate, "/s", EVENTS, "at least")
    if rate < size.pace:
        raise WrongError(f"the readers heard of {rate:.0f} events a second, of {size.pace:.0f} texts")
    return slow


async def _p95(offhook: Offhook, size: Size) -> float:
    """Creates at the pace; the time in seconds within which 95 of 100 were answered."""
    texts = requests.texts(offhook.port, offhook.account_sid, offhook.auth_token, many=round(size.pace * size.seconds))
    answers = await ask_at_a_pace(offhook.port, texts, size.pace)
    if answers.refused:
        raise WrongError(f"{len(answers.refused)} texts were refused, the first with {answers.refused[0][0]}")
    return statistics.quantiles(answers.latencies, n=20)[18]


async def run(size: Size, folder: Path) -> tuple[str, Figures]:
    """All pairs, and the tables."""
    facts, figures = machine.facts(folder), Figures()
    async with Offhook(folder) as offhook:
        await _p95(offhook, Size(1, size.pace, min(3.0, size.seconds)))  # to warm up
        for number in range(size.pairs):
            print(f"pair {number + 1} of {size.pairs} …", file=sys.stderr, flush=True)
            await pair(offhook, size, figures, first=(WITH, WITHOUT)[number % 2])
    measured = table(("what", "median", f"range of {size.pairs} pairs", "goal reached"), figures.rows())
    return f"{table(('machine', ''), list(facts.items()))}\n\n{measured}", figures


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="What the live stream costs whoever sends texts.")
    parser.add_argument("--quick", action="store_true", help="two short pairs")
    parser.add_argument("--folder", type=Path, default=Path(".cache"), help="where the data goes; on a real disk")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(uvloop.run(run(QUICK if arguments.quick else FULL, arguments.folder.resolve()))[0])


if __name__ == "__main__":
    main()
