"""Fills a database with what a busy month leaves behind, straight into the tables: a million messages and their traces.

Rows are made by a seeded generator. One account has most of them, one of its numbers sends half of what it sends, a few
phones get far more than the others, and one number in ten texts came in. Indexes are dropped before and made again
afterwards, which is several times quicker than keeping them up row by row.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Table

from offhook.exchanges import events
from offhook.exchanges.store import exchanges
from offhook.kit import sids
from offhook.kit.clock import DAY, SECOND
from offhook.products.messaging.store import messages
from offhook.products.monitor.store import alerts, audit_events
from offhook.products.network.store import handset_messages
from offhook.products.voice.recording_store import recordings
from offhook.products.voice.store import calls

DAYS = 30
PEOPLE, BUSY_PHONES = 20_000, 4
NUMBERS = 12  # of an account; the first one sends half
LOYAL = "12"  # the numbers that text one phone only, each its own
EARLY = "0003"  # the number that was not used any more in the second half
SHARE = 0.7  # of the first account
BODY = "Your appointment is on Monday at 9:30. Reply C to confirm. Number "
Row = tuple[Any, ...]


def number(account: int, which: int) -> str:
    """A number of ours."""
    return f"+1415{555 + account:03}{which:04}"


def person(which: int) -> str:
    """The phone of somebody; the first few get and send far more than the others."""
    return f"+1973{2640000 + which:07}"


class Month:
    """What happened until `now` in `accounts`, the busy one first; `count` messages."""

    def __init__(self, accounts: list[str], count: int, now: int, seed: int = 1) -> None:
        self.accounts, self.count, self.now = accounts, count, now
        self.begin = now - DAYS * DAY
        self._random = random.Random(seed)
        self.sample: list[tuple[str, str]] = []  # account and SID of a few messages
        self.calls: list[tuple[str, str]] = []  # account and SID of some calls
        self._texts: list[Row] = []

    def tables(self) -> Iterator[tuple[Table, Iterable[dict[str, Any]]]]:
        """Each table with its rows, in order."""
        yield messages, self._messages()
        yield handset_messages, self._handset_messages()
        yield calls, self._calls(max(self.count // 4, 1))
        yield recordings, self._recordings(max(self.count // 20, 1))
        some = max(self.count // 10, 1)
        yield exchanges, self._exchanges(min(some, 100_000))
        yield alerts, self._alerts(some)
        yield audit_events, self._audit_events(some // 2)
        yield events.events, self._events(min(some, events.KEPT))

    def at(self, place: int, of: int) -> int:
        """The moment of one of `of` things that happened evenly."""
        return self.begin + (self.now - self.begin) * place // of

    def _messages(self) -> Iterator[dict[str, Any]]:
        for place in range(self.count):
            chance = self._random.random
            account = 0 if chance() < SHARE else 1 + int(chance() * (len(self.accounts) - 1))
            ours = number(account, 0 if chance() < 0.5 else int(chance() * NUMBERS))
            theirs = person(int(chance() * BUSY_PHONES) if chance() < 0.2 else int(chance() ** 2 * PEOPLE))
            comes_in, at = chance() < 0.1, self.at(place, self.count)
            if ours[-1] in LOYAL and ours[-4:-1] == "000" and not comes_in:
                theirs = person(int(ours[-1]))
            if ours.endswith(EARLY) and place > self.count // 2:
                ours = number(account, 0)
            sid, body = sids.new_sid(sids.MESSAGE), f"{BODY}{place}"
            ends = ("received" if comes_in else "delivered") if comes_in or chance() < 0.97 else "failed"
            sent = None if ends == "failed" else at if comes_in else at + int(chance() * SECOND)
            from_, to = (theirs, ours) if comes_in else (ours, theirs)
            if place % 997 == 0:
                self.sample.append((self.accounts[account], sid))
            if ends != "failed":
                self._texts.append((account, theirs, comes_in, from_, to, body, sid, sent))
            yield {
                "sid": sid,
                "account_sid": self.accounts[account],
                "direction": "inbound" if comes_in else "outbound-api",
                "from_": from_,
                "to": to,
                "body": body,
                "status": ends,
                "num_segments": 1,
                "date_created": at,
                "date_updated": sent or at,
                "date_sent": sent,
                "error_code": 30003 if ends == "failed" else None,
                "attempts": 0 if comes_in else 1,
                "num_media": 0,
                "expires": at + DAY,
            }

    def _calls(self, count: int) -> Iterator[dict[str, Any]]:
        """Half of them come in; each fourth makes another one, and each seventh is not answered."""
        parent = None
        for place in range(count):
            account = 0 if self._random.random() < SHARE else 1 + place % (len(self.accounts) - 1)
            sid, at, comes_in = sids.new_sid(sids.CALL), self.at(place, count), place % 2 == 0
            ours, theirs = number(account, place % NUMBERS), person(place % PEOPLE)
            from_, to = (theirs, ours) if comes_in else (ours, theirs)
            child = parent if place % 4 == 1 else None
            begun = None if place % 7 == 0 else at + 5 * SECOND
            yield {
                "sid": sid,
                "account_sid": self.accounts[account],
                "direction": "inbound" if comes_in else "outbound-dial" if child else "outbound-api",
                "from_": from_,
                "to": to,
                "status": "no-answer" if begun is None else "completed",
                "date_created": at,
                "date_updated": at,
                "start_time": begun,
                "end_time": at + 60 * SECOND,
                "parent_call_sid": child,
                "queue_time": 0,
                "status_callback_method": "POST",
                "events": "completed",
            }
            parent = sid
            if place % 97 == 0:
                self.calls.append((self.accounts[account], sid))

    def _recordings(self, count: int) -> Iterator[dict[str, Any]]:
        for place in range(count):
            account, call_sid = self.calls[place % len(self.calls)]
            at = self.at(place, count)
            yield {
                "sid": sids.new_sid(sids.RECORDING),
                "account_sid": account,
                "call_sid": call_sid,
                "source": "RecordVerb",
                "status": "completed",
                "channels": 1,
                "track": "both",
                "date_created": at,
                "date_updated": at,
                "length": 10 * SECOND,
                "trims": False,
                "status_callback_method": "POST",
                "events": "completed",
                "lines": "[]",
            }

    def _handset_messages(self) -> Iterator[dict[str, Any]]:
        for account, theirs, comes_in, from_, to, body, sid, sent in self._texts:
            yield {
                "sid": sids.new_sid(sids.HANDSET_MESSAGE),
                "account_sid": self.accounts[account],
                "address": theirs,
                "direction": "outbound" if comes_in else "inbound",
                "from_": from_,
                "to": to,
                "body": body,
                "message_sid": sid,
                "attempt": f"{sid}/1",
                "date_created": sent,
                "media": "[]",
            }

    def _exchanges(self, count: int) -> Iterator[dict[str, Any]]:
        for place in range(count):
            account, sid = self.sample[place % len(self.sample)]
            kind = ("api", "callback", "api", "document")[place % 4]
            comes_in, fails = kind == "api", place % 50 == 1
            body = f"To=%2B1973264{place % 10_000:04}&From=%2B14155550100&Body={BODY}{place}"
            values = {
                "sid": sids.new_sid(sids.EXCHANGE),
                "account_sid": account,
                "direction": "in" if comes_in else "out",
                "kind": kind,
                "method": "POST" if place % 3 else "GET",
                "url": f"http://127.0.0.1:4665/2010-04-01/Accounts/{account}/Messages/{sid}.json",
                "request_headers": '[["host","127.0.0.1:4665"],["user-agent","twilio-python/9.13.0 (Linux x86_64)"]]',
                "request_body": body,
                "status": 500 if fails else 201 if comes_in else 200,
                "response_headers": '[["content-type","application/json"]]',
                "response_body": f'{{"sid":"{sid}","body":"{BODY}{place}",{"x" * 700}}}',
                "started": self.at(place, count),
                "elapsed": 1_500,
                "resource_sid": sid,
                "error_code": 11200 if fails else None,
                "notes": "[]",
            }
            yield {**values, "size": sum(len(value) for value in values.values() if isinstance(value, str))}

    def _events(self, count: int) -> Iterator[dict[str, Any]]:
        for place in range(count):
            account, sid = self.sample[-1 - place // 4 % len(self.sample)]
            yield {
                "account_sid": account,
                "type": "message.updated" if place % 4 else "message.created",
                "sid": sid,
                "detail": ("queued", "sending", "sent", "delivered")[place % 4],
                "date_created": self.at(place, count),
            }

    def _alerts(self, count: int) -> Iterator[dict[str, Any]]:
        for place in range(count):
            account, sid = self.sample[place % len(self.sample)]
            yield {
                "sid": sids.new_sid(sids.ALERT),
                "account_sid": account,
                "error_code": 11200,
                "log_level": "error" if place % 10 else "warning",
                "alert_text": "HTTP retrieval failure",
                "resource_sid": sid,
                "request_method": "POST",
                "request_url": "https://app.example/sms",
                "request_variables": "From=%2B14155550100&Body=hello",
                "response_headers": "content-type: text/html",
                "response_body": "x" * 500,
                "date_created": self.at(place, count),
            }

    def _audit_events(self, count: int) -> Iterator[dict[str, Any]]:
        for place in range(count):
            account, sid = self.sample[place % len(self.sample)]
            yield {
                "sid": sids.new_sid("AE"),
                "account_sid": account,
                "actor_sid": self.accounts[0],
                "actor_type": "account",
                "event_type": ("phone-number.updated", "message.deleted")[place % 2],
                "resource_sid": sid,
                "resource_type": "message",
                "resource_uri": f"api/2010-04-01/Accounts/{account}/Messages/{sid}",
                "source_ip_address": "127.0.0.1",
                "event_data": '{"resource_properties":{"sms_url":{"previous":"","updated":"https://app.example/sms"}}}',
                "event_date": self.at(place, count),
            }


async def fill(place: Path | str, month: Month) -> float:
    """Fill the SQLite file or the PostgreSQL database at `place`, whose tables are there; returns the seconds."""
    began = time.monotonic()
    if isinstance(place, Path):
        await asyncio.to_thread(_fill_sqlite, place, month)
    else:
        await _fill_postgres(place, month)
    return time.monotonic() - began


def _fill_sqlite(path: Path, month: Month) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in month.tables():
            name = f"name IN (SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table.name}')"
            made = connection.execute(
                f"SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND {name}"
            ).fetchall()
            for index, _ in made:
                connection.execute(f"DROP INDEX {index}")
            names = _names(table)
            columns, values = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
            statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'
            connection.executemany(statement, (tuple(map(row.get, names)) for row in rows))
            for _, sql in made:
                connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _fill_postgres(url: str, month: Month) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET maintenance_work_mem = '256MB'; SET synchronous_commit = off")
        for table, rows in month.tables():
            made = await connection.fetch(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1 AND indexdef NOT LIKE '% UNIQUE %'",
                table.name,
            )
            for index, _ in made:
                await connection.execute(f"DROP INDEX {index}")
            names = _names(table)
            records = (tuple(map(row.get, names)) for row in rows)
            while chunk := list(islice(records, 50_000)):
                await connection.copy_records_to_table(table.name, records=chunk, columns=names)
            for _, sql in made:
                await connection.execute(sql)
        await connection.execute("VACUUM ANALYZE")  # as its own housekeeping would, after a while
    finally:
        await connection.close()


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "seq"]
