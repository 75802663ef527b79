"""Lists and filters at a million messages: `python -m bench.lists` (or as a part of `make soak`).

An `offhook up` makes the tables and the accounts and ends, the tables are filled (`bench.filling`), and it starts again.
Then each list is asked for over HTTP, on two connections that are kept open, with parameters that change from one request
to the next. What counts is the time below which 95 of 100 answers came.

`--plans` prints how the database finds the rows, too: the very queries of the program, explained by the database.
"""

import asyncio
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from bench.asking import Connection
from bench.filling import BUSY_PHONES, DAYS, Month, fill, number, person
from offhook.kit.clock import DAY, from_datetime, to_datetime
from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import Place, main

ACCOUNTS = 6  # beside the first; the last one has no messages
CONNECTIONS = 2
MOST = 20.0  # ms
DEEP = 1_000  # pages of 50
HIDDEN = "no-such-path"  # asked for in other letters, since the asking is recorded, too


@dataclass(frozen=True)
class Case:
    """A list, and the paths to ask for it, one after the other."""

    name: str
    paths: list[str]
    finds: bool | None = None  # whether there must be something, or nothing; None does not matter


class Cases:
    """What is asked, of a month that the database was filled with."""

    def __init__(self, month: Month) -> None:
        self._month = month
        self.first, self.small, self.empty = month.accounts[0], month.accounts[1], ""
        self._days = [to_datetime(month.now - ago * DAY).strftime("%Y-%m-%d") for ago in range(2, DAYS - 1, 3)]
        self._old = self._days[len(self._days) // 2 :]
        before, after = to_datetime(month.begin - 3 * DAY), to_datetime(month.now + 3 * DAY)
        self._before, self._after = before.strftime("%Y-%m-%d"), after.strftime("%Y-%m-%d")

    def messages(self) -> Iterator[Case]:
        """The list of messages, filtered in every way."""
        heavy, rare = number(0, 0), number(0, 7)
        phones = [person(which) for which in range(BUSY_PHONES)]
        people = [person(which) for which in range(5_000, 20_000, 1_117)]
        days, old, before, after = self._days, self._old, self._before, self._after
        loyal, early = (number(0, 1), number(0, 2)), number(0, 3)
        elsewhere = number(1, 0)  # busy, but not in the first account
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("From, one that sends half", True, [{"From": heavy}]),
            ("From, others", True, [{"From": number(0, which)} for which in range(1, 12)]),
            ("From, a person", None, [{"From": one} for one in people]),
            ("To, a busy phone", True, [{"To": phone} for phone in phones]),
            ("To, a person", None, [{"To": one} for one in people]),
            ("To, a number of ours", True, [{"To": heavy}, {"To": rare}]),
            ("DateSent=", True, [{"DateSent": day} for day in days]),
            ("DateSent<", True, [{"DateSent<": day} for day in days]),
            ("DateSent>", True, [{"DateSent>": day} for day in days]),
            ("DateSent< and DateSent>", True, [{"DateSent<": day, "DateSent>": day} for day in old]),
            ("From and To", None, [{"From": heavy, "To": one} for one in (*people, *phones)]),
            ("From and DateSent=", True, [{"From": one, "DateSent": day} for one in (heavy, rare) for day in days]),
            ("From and DateSent<", True, [{"From": one, "DateSent<": day} for one in (heavy, rare) for day in days]),
            ("To and DateSent=", None, [{"To": to, "DateSent": day} for to in (*phones, *people) for day in days]),
            ("To and DateSent>", None, [{"To": to, "DateSent>": day} for to in (*phones, *people) for day in days]),
            ("all three", None, [{"From": heavy, "To": to, "DateSent": d} for to in (*phones, *people) for d in days]),
            ("nothing: nobody's From", False, [{"From": "+12125550100"}, {"From": elsewhere}]),
            ("nothing: nobody's To", False, [{"To": "+12125550100"}]),
            ("nothing: both busy, never together", False, [{"From": loyal[0], "To": phones[2]}]),
            (
                "nothing: both busy, and a date",
                False,
                [{"From": loyal[0], "To": phones[2], "DateSent>": d} for d in days],
            ),
            ("nothing: From, not in these days", False, [{"From": early, "DateSent>": self._days[0]}]),
            ("nothing: From and To of ours", False, [{"From": heavy, "To": rare}, {"From": rare, "To": heavy}]),
            ("nothing: DateSent=", False, [{"DateSent": before}, {"DateSent": after}]),
            ("nothing: DateSent<", False, [{"DateSent<": before}]),
            ("nothing: DateSent>", False, [{"DateSent>": after}]),
            ("nothing: From and DateSent<", False, [{"From": heavy, "DateSent<": before}]),
            ("nothing: To and DateSent>", False, [{"To": phones[0], "DateSent>": after}]),
            ("nothing: all three", False, [{"From": heavy, "To": phones[0], "DateSent<": before}]),
        ):
            yield Case(f"messages: {name}", [self._messages(self.first, **f) for f in filters], finds)
        for name, sid, finds in (("a small account", self.small, True), ("an account without any", self.empty, False)):
            paths = [self._messages(sid), self._messages(sid, DateSent=days[0]), self._messages(sid, From=heavy)]
            yield Case(f"messages: {name}", paths[: 3 if finds is False else 2], finds)
        samples = [f"{self._messages(account)[:-5]}/{sid}.json" for account, sid in self._month.sample[-500:]]
        yield Case("messages: fetch", samples)

    def phones(self) -> Iterator[Case]:
        """What phones show."""
        of = "/offhook/v1/Handsets/{}/Messages".format
        yield Case("phone: a busy one's texts", [of(quote(person(which))) for which in range(BUSY_PHONES)], True)
        yield Case("phone: a person's texts", [of(quote(person(which))) for which in range(100, 9_000, 777)])
        yield Case("phone: one that got nothing", [of("%2B12125550100")], False)

    def exchanges(self) -> Iterator[Case]:
        """The record of requests."""
        sids = [sid for _, sid in self._month.sample[-300:]]
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("AccountSid", True, [{"AccountSid": self.first}, {"AccountSid": self.small}]),
            ("ResourceSid", True, [{"ResourceSid": sid} for sid in sids]),
            ("Failed", True, [{"Failed": "true"}, {"Failed": "false"}]),
            ("Status", True, [{"Status": "5xx"}, {"Status": "201"}, {"Status": "2xx"}]),
            ("Kind, Direction, Method", True, [{"Kind": "document"}, {"Direction": "in"}, {"Method": "GET"}]),
            ("DateCreated=", True, [{"DateCreated": day} for day in self._days]),
            ("DateCreated<", True, [{"DateCreated<": day} for day in self._days]),
            ("Url", True, [{"Url": "/messages/"}]),
            ("Search", None, [{"Search": "number 99"}]),
            ("nothing: AccountSid", False, [{"AccountSid": f"AC{0:032}"}]),
            ("nothing: Status", False, [{"Status": "3xx"}, {"Status": "404"}, {"Status": "204"}]),
            ("nothing: Kind and Direction", False, [{"Kind": "document", "Direction": "in"}]),
            ("nothing: Method", False, [{"Method": "DELETE"}, {"Method": "DELETE", "AccountSid": self.first}]),
            ("nothing: DateCreated", False, [{"DateCreated<": self._before}, {"DateCreated>": self._after}]),
            ("nothing: Url", False, [{"Url": HIDDEN}]),
            ("nothing: Search", False, [{"Search": "no such words"}]),
        ):
            yield Case(f"exchanges: {name}", [_path("/offhook/v1/Exchanges", f) for f in filters], finds)

    def alerts(self) -> Iterator[Case]:
        """What went wrong."""
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("LogLevel", True, [{"LogLevel": "error"}, {"LogLevel": "warning"}]),
            ("StartDate and EndDate", True, [{"StartDate": day, "EndDate": day} for day in self._days]),
            ("all of them", True, [{"LogLevel": "warning", "EndDate": day} for day in self._days]),
            ("nothing", False, [{"LogLevel": "debug"}, {"EndDate": self._before}, {"StartDate": self._after}]),
        ):
            yield Case(f"alerts: {name}", [_path("/monitor/v1/Alerts", f) for f in filters], finds)

    def events(self) -> Iterator[Case]:
        """Who changed what."""
        sids = [sid for _, sid in self._month.sample[-300:]]
        for name, finds, filters in (
            ("first page", True, [{}]),
            ("ActorSid", True, [{"ActorSid": self.first}]),
            ("ResourceSid", True, [{"ResourceSid": sid} for sid in sids]),
            ("EventType", True, [{"EventType": "message.deleted"}]),
            ("SourceIpAddress", True, [{"SourceIpAddress": "127.0.0.1"}]),
            ("StartDate and EndDate", True, [{"StartDate": day, "EndDate": day} for day in self._days]),
            ("nothing: EventType", False, [{"EventType": "account.deleted"}]),
            ("nothing: SourceIpAddress", False, [{"SourceIpAddress": "192.0.2.1"}]),
            ("nothing: ActorSid", False, [{"ActorSid": self.small}]),
            ("nothing: dates", False, [{"EndDate": self._before}, {"StartDate": self._after}]),
        ):
            yield Case(f"events: {name}", [_path("/monitor/v1/Events", f) for f in filters], finds)

    @staticmethod
    def _messages(account: str, **filters: str) -> str:
        return _path(f"/2010-04-01/Accounts/{account}/Messages.json", filters)


async def lists(place: Place, *, messages: int = 1_000_000, requests: int = 200, only: str = "") -> Figures:
    """The program: fill a database, ask for every list."""
    figures = Figures(f"Lists at {messages:,} messages, {place.kind}")
    with House(place.folder, place.database) as house:
        month = await _filled(house, place, messages, figures)
        figures.note(f"ready in {house.start():.2f} s")
        cases = Cases(month)
        cases.empty = month.empty
        every = (*cases.exchanges(), *cases.alerts(), *cases.events(), *cases.phones(), *cases.messages())
        asking = _Asking(house)
        for case in (*every, *[await asking.deep(case) for case in _to_walk(cases)]):
            if only in case.name:
                took = await asking.took(case, requests)
                figures.at_most(case.name, share(took, 0.95) * 1000, MOST, " ms")
        figures.none("lists with rows that must not be there, or without", asking.wrong)
    return figures


async def _filled(house: House, place: Place, messages: int, figures: Figures) -> Month:
    house.start()
    first, _ = house.credentials
    async with Client(house.url, house.credentials) as client:
        made = [await client.send("/2010-04-01/Accounts.json", FriendlyName=f"{n}") for n in range(ACCOUNTS)]
    house.terminate()
    others = [account["sid"] for account in made]
    month = Month([first, *others[:-1]], messages, from_datetime(datetime.now(UTC)))
    month.empty = others[-1]
    database = place.database or house.data / "offhook.db"
    figures.note(f"filled in {await fill(database, month):.0f} s")
    return month


def _to_walk(cases: Cases) -> list[Case]:
    first = cases.first
    return [
        Case(f"messages: page {DEEP:,}", [cases._messages(first)]),
        Case("messages: From, page 1,000", [cases._messages(first, From=number(0, 0))]),
        Case("messages: DateSent<, page 1,000", [cases._messages(first, **{"DateSent<": cases._days[0]})]),
        Case("phone: page 100", [f"/offhook/v1/Handsets/{quote(person(0))}/Messages"]),
        Case("exchanges: page 1,000", ["/offhook/v1/Exchanges"]),
    ]


class _Asking:
    """Asks one Offhook, over connections that are kept open for each list."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.wrong: list[str] = []
        self._head = f"Host: 127.0.0.1:{house.port}\r\nAuthorization: Basic {_basic(house.credentials)}\r\n\r\n"

    async def took(self, case: Case, requests: int) -> list[float]:
        """The seconds that each answer took, sorted by nothing."""
        found: list[float] = []
        rest = iter(range(requests))
        paths = cycle(case.paths)
        connections = [await Connection.open(self._house.port) for _ in range(CONNECTIONS)]
        for path, connection in zip(case.paths[:20], cycle(connections), strict=False):
            self._check(case, path, await self._get(connection, path))

        async def go_on(connection: Connection) -> None:
            for _ in rest:
                path, began = next(paths), time.perf_counter()
                await self._get(connection, path)
                found.append(time.perf_counter() - began)

        await asyncio.gather(*map(go_on, connections))
        for connection in connections:
            connection.close()
        return found

    async def deep(self, case: Case) -> Case:
        """The same list, but the page that is reached after a while."""
        path, connection = case.paths[0], await Connection.open(self._house.port)
        for _ in range(DEEP // 20):
            joint = "&" if "?" in path else "?"
            page = await self._get(connection, path if "PageSize" in path else f"{path}{joint}PageSize=1000")
            following = page.get("next_page_uri") or page.get("meta", {}).get("next_page_url")
            if not following:
                break
            path = following.removeprefix(self._house.url)
        connection.close()
        return Case(case.name, [path.replace("PageSize=1000", "PageSize=50")], True)

    async def _get(self, connection: Connection, path: str) -> dict[str, Any]:
        status, body = await connection.ask(f"GET {path} HTTP/1.1\r\n{self._head}".encode())
        if status != 200:
            raise RuntimeError(f"{status} for {path}: {body[:300]!r}")
        return msgspec.json.decode(body)

    def _check(self, case: Case, path: str, page: dict[str, Any]) -> None:
        rows = next((value for value in page.values() if isinstance(value, list)), None)
        if case.finds is not None and rows is not None and bool(rows) is not case.finds:
            self.wrong.append(f"{case.name}: {path} finds {len(rows)}")


def _basic(credentials: tuple[str, str]) -> str:
    return b64encode(":".join(credentials).encode()).decode()


def _path(path: str, filters: dict[str, str]) -> str:
    hidden = "".join(f"%{ord(letter):x}" for letter in HIDDEN)
    return f"{path}?{urlencode(filters).replace(HIDDEN, hidden)}" if filters else path


if __name__ == "__main__":
    sys.exit(main(lists, __doc__, messages=1_000_000, requests=200, only=""))
