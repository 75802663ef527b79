"""Lists and filters at a million messages: `python -m bench.lists` (or as a part of `make soak`).

An `offhook up` makes the tables and the accounts and ends, the tables are filled (`bench.filling`), and it starts
again. Then each list is asked for over HTTP, on a few connections that are kept open, with parameters that change
from one request to the next. What counts is the time below which 95 of 100 answers came.

`--plans` prints how the database finds the rows, too: the very queries of the program, explained by the database.
"""

import asyncio
import sys
import time
from base64 import b64encode
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import msgspec

from bench.asking import Connection
from bench.cases import Case, Cases
from bench.filling import Month, fill
from bench.plans import Lists, explained
from bench.processes import usage
from offhook.kit.clock import from_datetime
from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import Place, main

ACCOUNTS = 6  # beside the first; the last one has no messages
MOST = 20.0  # ms
PAGES, LARGE = 50, 1_000  # as many pages of this size are passed to get to a deep one
CHECKED = 20  # answers of each list that are looked at before any is measured


async def lists(
    place: Place,
    *,
    messages: int = 1_000_000,
    requests: int = 200,
    connections: int = 2,
    only: str = "",
    plans: bool = False,
) -> Figures:
    """The program: fill a database, ask for every list whose name has `only` in it."""
    figures = Figures(f"Lists at {messages:,} messages, {place.kind}")
    with House(place.folder, place.database) as house:
        month, empty = await _filled(house, place, messages, figures)
        figures.note(f"ready in {house.start():.2f} s")
        cases, asking = Cases(month, empty), _Asking(house, connections)
        for case in (*cases.exchanges(), *cases.alerts(), *cases.events(), *cases.phones(), *cases.messages()):
            if only in case.name:
                await asking.measure(case, requests, figures)
        for case in cases.deep():
            if only in case.name:
                await asking.measure(await asking.deep(case), requests, figures)
        figures.none("lists with rows that must not be there, or without", asking.wrong)
    if plans:
        await _show_plans(_where(house, place), month)
    return figures


async def _filled(house: House, place: Place, messages: int, figures: Figures) -> tuple[Month, str]:
    """The month that the tables are filled with, and an account that has nothing."""
    house.start()
    first, _ = house.credentials
    async with Client(house.url, house.credentials) as client:
        made = [await client.send("/2010-04-01/Accounts.json", FriendlyName=f"{n}") for n in range(ACCOUNTS)]
    house.terminate()
    *others, empty = [account["sid"] for account in made]
    month = Month([first, *others], messages, from_datetime(datetime.now(UTC)))
    figures.note(f"filled in {await fill(_where(house, place), month):.0f} s")
    return month, empty


def _where(house: House, place: Place) -> Any:
    return place.database or house.data / "offhook.db"


async def _show_plans(where: Any, month: Month) -> None:
    async with explained(where) as database:
        for name, found in (await Lists(database, month).all()).items():
            print(name, *(f"    {line}" for plan in found for line in plan.splitlines()), sep="\n")


class _Asking:
    """Asks one Offhook, over connections that are kept open for each list."""

    def __init__(self, house: House, connections: int) -> None:
        self._house, self._count = house, connections
        self.wrong: list[str] = []
        self._head = f"Host: 127.0.0.1:{house.port}\r\nAuthorization: Basic {_basic(house.credentials)}\r\n\r\n"

    async def measure(self, case: Case, requests: int, figures: Figures) -> None:
        """Ask for a list so many times."""
        connections = [await Connection.open(self._house.port) for _ in range(self._count)]
        for path, connection in zip(case.paths[:CHECKED], cycle(connections), strict=False):
            self._check(case, path, await self._get(connection, path))
        before = usage(self._house.pid).seconds
        took = await self._took(case, requests, connections)
        spent = (usage(self._house.pid).seconds - before) / requests * 1000
        for connection in connections:
            connection.close()
        detail = f"{spent:.1f} ms of processor time, {share(took, 0.5) * 1000:.1f} ms in the middle"
        figures.at_most(case.name, share(took, 0.95) * 1000, MOST, " ms", detail)

    async def _took(self, case: Case, requests: int, connections: list[Connection]) -> list[float]:
        """The seconds of each answer."""
        found: list[float] = []
        rest, questions = iter(range(requests)), cycle(list(map(self._question, case.paths)))

        async def go_on(connection: Connection) -> None:
            for _ in rest:
                question, began = next(questions), time.perf_counter()
                await connection.ask(question)
                found.append(time.perf_counter() - began)

        await asyncio.gather(*map(go_on, connections))
        return found

    async def deep(self, case: Case) -> Case:
        """The same list, but a page of the usual size that is reached after a while, by the links."""
        path, connection = case.paths[0], await Connection.open(self._house.port)
        path += f"{'&' if '?' in path else '?'}PageSize={LARGE}"
        rows = 0
        for _ in range(PAGES):
            page = await self._get(connection, path)
            following = page.get("next_page_uri") or page.get("meta", {}).get("next_page_url")
            if not following:
                break
            rows += LARGE
            path = following.removeprefix(self._house.url)
        connection.close()
        return Case(f"{case.name}, behind {rows:,}", [path.replace(f"PageSize={LARGE}", "PageSize=50")], True)

    async def _get(self, connection: Connection, path: str) -> dict[str, Any]:
        status, body = await connection.ask(self._question(path))
        if status != 200:
            raise RuntimeError(f"{status} for {path}: {body[:300]!r}")
        found: dict[str, Any] = msgspec.json.decode(body)
        return found

    def _question(self, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\n{self._head}".encode()

    def _check(self, case: Case, path: str, page: dict[str, Any]) -> None:
        rows = next((value for value in page.values() if isinstance(value, list)), None)
        if case.finds is not None and rows is not None and bool(rows) is not case.finds:
            self.wrong.append(f"{case.name}: {path} finds {len(rows)}")


def _basic(credentials: tuple[str, str]) -> str:
    return b64encode(":".join(credentials).encode()).decode()


if __name__ == "__main__":
    sys.exit(main(lists, __doc__, messages=1_000_000, requests=200, connections=2, only="", plans=False))
