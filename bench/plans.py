"""How a database finds the rows of each list: the program's own queries, explained by the database that runs them."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import asyncpg

from bench.filling import BUSY_PHONES, LOYAL, Month, number, person
from offhook import exchanges
from offhook.exchanges import Filters
from offhook.kit.clock import DAY, HOUR, MINUTE
from offhook.products.messaging import listing, searching, traffic
from offhook.products.monitor import store as monitor
from offhook.products.monitor.audit_event import Wanted
from offhook.products.network import store as network
from offhook.products.voice import recording_store as recordings
from offhook.products.voice import store as calls
from offhook.storage import Database, PageRequest, Query

R = TypeVar("R")
Rows = Sequence[Sequence[Any]]
Run = Callable[[str, tuple[Any, ...]], Awaitable[Rows]]
HOW = {"sqlite": "EXPLAIN QUERY PLAN ", "postgres": "EXPLAIN (COSTS OFF) "}


@dataclass
class Explained:
    """Reads like a database, and notes how each query is run: a text of several lines in `plans`."""

    kind: str
    run: Run
    plans: list[str] = field(default_factory=list)

    async def all(self, query: Query[R], **values: Any) -> list[R]:
        """The records, as from a database."""
        compiled = query.sqlite if self.kind == "sqlite" else query.postgres
        arguments = compiled.arguments(values)
        steps = await self.run(HOW[self.kind] + compiled.sql, arguments)
        self.plans.append("\n".join(str(step[-1]) for step in steps))
        return query.records(await self.run(compiled.sql, arguments))

    async def first(self, query: Query[R], **values: Any) -> R | None:
        """The first record, as from a database."""
        records = await self.all(query, **values)
        return records[0] if records else None


@asynccontextmanager
async def explained(where: Path | str, setting: str = "") -> AsyncIterator[Explained]:
    """A SQLite file or a PostgreSQL database, to be read; `setting` is a statement for the latter."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(f"{where.absolute().as_uri()}?mode=ro", uri=True)) as file:

            async def run(sql: str, arguments: tuple[Any, ...]) -> Rows:
                return file.execute(sql, arguments).fetchall()

            yield Explained("sqlite", run)
        return
    connection = await asyncpg.connect(where)
    try:
        if setting:
            await connection.execute(setting)

        async def fetch(sql: str, arguments: tuple[Any, ...]) -> Rows:
            return cast("Rows", await connection.fetch(sql, *arguments))

        yield Explained("postgres", fetch)
    finally:
        await connection.close()


class Lists:
    """Every list of a month, first pages and deep ones, by a name. `plans` of each are the database's words."""

    def __init__(self, database: Explained, month: Month) -> None:
        self._explained, self._month = database, month
        self._database = cast("Database", database)
        self._account = month.accounts[0]
        self._middle = month.now - 15 * DAY
        self.plans: dict[str, list[str]] = {}

    async def all(self) -> dict[str, list[str]]:
        """The plans of all lists."""
        await self._messages()
        await self._exchanges()
        await self._calls()
        await self._alerts()
        await self._events()
        for which in (0, 5_000):
            await self._note(f"texts of a phone {which}", network.page(self._database, person(which), PageRequest()))
        await self._ours()
        return self.plans

    async def _messages(self) -> None:
        middle = self._middle
        busy, loyal = number(0, 0), number(0, int(LOYAL[0]))
        senders = {"": None, "From busy": busy, "From loyal": loyal, "From person": person(9_000)}
        recipients = {"": None, "To busy": person(BUSY_PHONES - 1), "To person": person(9_000), "To ours": busy}
        dates = {"": (None, None), "since": (middle, None), "until": (None, middle), "day": (middle, middle + DAY)}
        dates |= {"future": (self._month.now + DAY, None), "past": (None, self._month.begin - DAY)}
        for sender, from_ in senders.items():
            for recipient, to in recipients.items():
                for period, (since, until) in dates.items():
                    name = " ".join(filter(None, ("messages", sender, recipient, period)))
                    wanted = {"from_": from_, "to": to, "since": since, "until": until}
                    await self._pages(name, lambda page, wanted=wanted: self._page_of_messages(page, wanted))

    async def _page_of_messages(self, page: PageRequest, wanted: dict[str, Any]) -> object:
        return await listing.page(self._database, self._account, page, **wanted)

    async def _exchanges(self) -> None:
        account, resource = self._month.sample[0]
        day = {"since": self._middle, "until": self._middle + DAY}
        for more in ({}, {"account_sid": account}):
            for name, filters in {
                "": {},
                "ResourceSid": {"resource_sid": resource},
                "Failed": {"failed": True},
                "not Failed": {"failed": False},
                "Status": {"statuses": (300, 399)},
                "Kind": {"kind": "document"},
                "Direction": {"direction": "in"},
                "Method": {"method": "DELETE"},
                "DateCreated": day,
                "Url": {"url": "nowhere"},
                "Search": {"text": "nothing"},
                "all": {**day, "kind": "api", "method": "POST", "failed": True, "text": "x"},
            }.items():
                wanted = Filters(**filters, **more)  # type: ignore[arg-type]
                title = " ".join(filter(None, ("exchanges", "AccountSid" if more else "", name)))
                await self._pages(title, lambda page, wanted=wanted: exchanges.page(self._database, page, wanted))

    async def _calls(self) -> None:
        """Calls, and their recordings."""
        account, call_sid = self._month.calls[0]
        nothing, day = (None, None), (self._middle, self._middle + DAY)
        for title, equal, started, ended in (
            ("", {}, nothing, nothing),
            ("From", {"from_": number(0, 0)}, nothing, nothing),
            ("To", {"to": person(1)}, nothing, nothing),
            ("Status", {"status": "no-answer"}, nothing, nothing),
            ("ParentCallSid", {"parent_call_sid": call_sid}, nothing, nothing),
            ("StartTime", {}, day, nothing),
            ("EndTime<", {}, nothing, (None, self._middle)),
            ("To StartTime", {"to": person(1)}, day, nothing),
        ):
            wanted = {"equal": equal, "started": started, "ended": ended}
            await self._pages(
                f"calls {title}".strip(),
                lambda page, wanted=wanted: calls.page(self._database, account, page, **wanted),
            )
        for title, equal in (("", {}), ("CallSid", {"call_sid": call_sid})):
            await self._pages(
                f"recordings {title}".strip(),
                lambda page, equal=equal: recordings.page(self._database, account, page, equal=equal),
            )

    async def _alerts(self) -> None:
        for level in (None, "error", "debug"):
            for start, end in ((None, None), (self._middle, None), (None, self._middle)):
                wanted = {"log_level": level, "start": start, "end": end}
                title = f"alerts LogLevel={level} StartDate={start} EndDate={end}"
                await self._pages(
                    title, lambda page, wanted=wanted: monitor.page(self._database, self._account, page, **wanted)
                )

    async def _events(self) -> None:
        for wanted in (
            Wanted(),
            Wanted(actor_sid=self._account),
            Wanted(event_type="account.deleted"),
            Wanted(source_ip_address="192.0.2.1"),
            Wanted(resource_sid=self._month.sample[0][1]),
            Wanted(start=self._middle, end=self._middle + DAY),
        ):
            await self._pages(
                f"events {wanted}",
                lambda page, wanted=wanted: monitor.audit_events_page(self._database, self._account, page, wanted),
            )

    async def _ours(self) -> None:
        """What Twilio does not have. (The log of events is read from one end to the other for a history: it is cut.)"""
        database, now = self._database, self._month.now
        for name, wanted in {
            "Status": searching.Wanted(status="failed"),
            "Search": searching.Wanted(text="nothing"),
            "From, Status": searching.Wanted(from_=number(0, 0), status="queued"),
            "To, Direction": searching.Wanted(to=person(0), direction="inbound"),
            "DateCreated": searching.Wanted(since=self._middle, until=self._middle + DAY, text="nothing"),
        }.items():
            await self._pages(
                f"search {name}",
                lambda page, wanted=wanted: searching.page(database, self._account, page, wanted),
            )
        for which, account in {"one account": self._account, "all accounts": None}.items():
            for interval in (MINUTE, HOUR):
                await self._note(f"traffic {which} {interval}", traffic.traffic(database, account, interval, now))

    async def _pages(self, name: str, page: Callable[[PageRequest], Awaitable[object]]) -> None:
        await self._note(name, page(PageRequest()))
        seq, at = 1 << 40, self._middle
        await self._note(f"{name}, a page in the middle", page(PageRequest(after=seq, at=at)))
        await self._note(f"{name}, the page before one", page(PageRequest(before=seq, at=at)))

    async def _note(self, name: str, page: Awaitable[object]) -> None:
        self._explained.plans = []
        await page
        self.plans[name] = self._explained.plans
