"""What calls cost: `python -m bench.calls` (a part of `make bench`).

Calls are made to phones of the simulated network that answer at once; a document of ten verbs is carried out on each,
in real time, all of them side by side. In the end every call must have been completed, and nothing have gone wrong.
What the processor spent, from the first request to the last callback, is divided by the verbs.
"""

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvloop

from bench import machine
from bench.account import Account
from bench.asking import ask_as_fast_as_answered
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures, table

VERBS = 10
DOCUMENT = (
    "<Response>"
    "<Say>Welcome to the shop.</Say><Pause length='3'/><Say>You are number one.</Say><Play digits='12w34'/>"
    "<Gather timeout='3' numDigits='1'><Say>Press any key.</Say></Gather><Pause length='3'/>"
    "<Say>Nobody pressed anything.</Say><Pause length='3'/><Say>Goodbye.</Say><Hangup/>"
    "</Response>"
)  # ten verbs, the prompt inside <Gather> not counted
FROM = "+14155550100"
AREA = "+1973264"  # where the people are
BEFORE_THE_END = ("queued", "ringing", "in-progress")  # in the order in which a call has them
AT_ONCE = 20  # requests
PATIENCE = 180.0  # seconds for all calls to end
GOAL_ERRORS = 0.0


@dataclass(frozen=True)
class Size:
    """How much is done."""

    rounds: int
    calls: int
    document: str = DOCUMENT
    verbs: int = VERBS


FULL = Size(3, 1_000)
QUICK = Size(1, 200)


class Caller:
    """Whoever makes the calls, over HTTP."""

    def __init__(self, offhook: Offhook) -> None:
        self._account = Account(offhook.port, offhook.account_sid, offhook.auth_token)
        self._calls = f"/2010-04-01/Accounts/{offhook.account_sid}/Calls.json"

    async def people_answer(self) -> None:
        """Everybody in the area answers at once. Raises WrongError."""
        status, refused = await self._account.ask("POST", f"/offhook/v1/Handsets/{AREA}*", Answers="at-once")
        if status != 200:
            raise WrongError(f"the phones cannot be told to answer: {refused}")

    async def make(self, many: int, document: str) -> float:
        """Make so many calls; returns how many a second. Raises WrongError for one that is refused."""
        numbers = [f"{AREA}{number:04}" for number in range(many)]
        asked = [self._account.request("POST", self._calls, To=to, From=FROM, Twiml=document) for to in numbers]
        answers = await ask_as_fast_as_answered(self._account.port, asked, AT_ONCE)
        if answers.refused:
            raise WrongError(f"{len(answers.refused)} calls were refused, the first: {answers.refused[0]}")
        return answers.rate

    async def count(self, status: str) -> int:
        """How many calls have a status."""
        found, path = 0, f"{self._calls}?{urlencode({'Status': status, 'PageSize': 1000})}"
        while path:
            _, page = await self._account.ask("GET", path)
            found, path = found + len(page["calls"]), page["next_page_uri"]
        return found

    async def under_way(self) -> int:
        """How many have not ended: none is missed, and one that moves on meanwhile may be counted twice."""
        return sum([await self.count(status) for status in BEFORE_THE_END])

    async def alerts(self) -> int:
        """How much went wrong."""
        _, page = await self._account.ask("GET", "/monitor/v1/Alerts")
        return len(page["alerts"])


async def one_round(size: Size, folder: Path, figures: Figures) -> None:
    """All calls at once, on an Offhook of their own."""
    async with Offhook(folder) as offhook:
        caller = Caller(offhook)
        await caller.people_answer()
        before, loop = offhook.usage(), asyncio.get_running_loop()
        begun = loop.time()
        figures.add("calls begun, a second", await caller.make(size.calls, size.document), "/s")
        most, resident = 0, before.resident
        while (under_way := await caller.under_way()) and loop.time() - begun < PATIENCE:
            if min(under_way, size.calls) > most:
                most, resident = min(under_way, size.calls), offhook.usage().resident
            await asyncio.sleep(1)
        spent = offhook.usage().seconds - before.seconds
        figures.add("calls side by side, most", most, "", size.calls * 0.9, "at least")
        figures.add("processor time, a verb", spent / size.calls / size.verbs * 1e6, "µs")
        figures.add("processor time, a call", spent / size.calls * 1e3, "ms")
        figures.add("memory, a call under way", max(0, resident - before.resident) / max(most, 1) / 1e3, "kB")
        wrong = size.calls - await caller.count("completed") + await caller.alerts()
        figures.add("calls that did not end well", wrong, "", GOAL_ERRORS)


async def run(size: Size, folder: Path) -> tuple[str, Figures]:
    """All rounds, and the tables."""
    facts, figures = machine.facts(folder), Figures()
    for number in range(size.rounds):
        print(f"round {number + 1} of {size.rounds} …", file=sys.stderr, flush=True)
        await one_round(size, folder, figures)
    measured = table(("what", "median", f"range of {size.rounds} rounds", "goal reached"), figures.rows())
    title = f"{size.calls} calls of {VERBS} verbs side by side, on the simulated network"
    return f"{table(('machine', ''), list(facts.items()))}\n\n{title}\n\n{measured}", figures


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="What calls cost.")
    parser.add_argument("--quick", action="store_true", help="one round of 200 calls")
    parser.add_argument("--folder", type=Path, default=Path(".cache"), help="where the data goes; on a real disk")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(uvloop.run(run(QUICK if arguments.quick else FULL, arguments.folder.resolve()))[0])


if __name__ == "__main__":
    main()
