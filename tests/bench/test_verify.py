"""The bench of Verify: every code that was started is seen on its phone, later than it was asked for."""

import asyncio
import sqlite3

import pytest

from bench.account import Account
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures
from bench.verify import AREAS, EXCHANGES, Phones, Size, Starting, one_round, people


def test_codes_are_started_at_a_pace_and_seen_on_the_phones(tmp_path):
    figures = Figures()
    asyncio.run(one_round(Size(1, 20, 5, pace=50.0), tmp_path, figures))
    assert figures.median("from start to text, p50") > 0
    assert figures.median("from start to text, p99") >= figures.median("from start to text, p50")
    assert figures.median("processor time, a code") > 0


def test_a_start_that_is_refused_is_an_error(tmp_path):
    async def scenario():
        async with Offhook(tmp_path) as offhook:
            account = Account(offhook.port, offhook.account_sid, "wrong")
            await Starting(account, Phones(offhook.database)).make_service()

    with pytest.raises(WrongError, match="refused"):
        asyncio.run(scenario())


def test_a_text_is_seen_once_it_is_committed(tmp_path):
    async def scenario():
        phones = Phones(tmp_path / "offhook.db")
        with sqlite3.connect(phones.database) as writer:
            writer.execute("PRAGMA journal_mode = wal")
            writer.execute('CREATE TABLE handset_messages (seq INTEGER PRIMARY KEY, "to" TEXT)')
        watching = asyncio.create_task(phones.watch())
        writer.execute("INSERT INTO handset_messages VALUES (1, 'ann')")
        await asyncio.sleep(0.05)
        before = dict(phones.arrived)
        writer.commit()
        await phones.have(1)
        watching.cancel()
        writer.close()
        return before, set(phones.arrived)

    assert asyncio.run(scenario()) == ({}, {"ann"})


def test_nobody_shares_a_prefix_with_anybody():
    numbers = list(people())
    assert len({number[:-4] for number in numbers}) == len(numbers) == len(AREAS) * EXCHANGES
