"""Too many exchanges, or too many bytes: the oldest go, on both databases, whoever recorded them."""

import pytest

from offhook.exchanges import Exchange, Recorder, store
from offhook.exchanges.retention import Retention
from offhook.runtime import Tasks
from offhook.storage import StorageError, Unit

KILO = "x" * 1_000


def exchange(number, body=KILO):
    return Exchange(
        sid=f"EX{number}", account_sid="AC1", direction="out", kind="callback", method="POST", url="http://a",
        request_headers=(), request_body=body, status=200, response_headers=(), response_body="", started=number,
        elapsed=0,
    )  # fmt: skip


async def add(database, first, last):
    unit = Unit()
    for number in range(first, last + 1):
        store.add(unit, exchange(number))
    await database.commit(unit)


def test_there_are_never_many_more_bytes_than_are_kept(run):
    async def scenario(database, work):
        records = Recorder(database, Tasks(work), keep_bytes=100_000)
        for number in range(1, 301):
            records.record(exchange(number))
            await work.idle()
            there = await store.amount(database)
            assert there.size <= 100_000 + 2_000
        assert there.size > 90_000
        assert await store.by_sid(database, "EX300")
        assert await store.by_sid(database, "EX1") is None

    run(scenario)


def test_it_is_not_time_before_there_is_too_much(run):
    async def scenario(database, work):
        retention = Retention(database, keep=10, keep_bytes=100_000)
        assert retention.begin()
        assert not retention.begin(), "somebody is at it"
        await retention.prune()
        retention.added(99_000)
        assert not retention.begin()
        retention.added(2_000)
        assert retention.begin()

    run(scenario)


def test_what_others_recorded_is_found_when_it_is_counted(run):
    async def scenario(database, work):
        ours = Retention(database, keep_bytes=50_000)
        await add(database, 1, 100)
        assert ours.begin()
        await ours.prune()
        assert (await store.amount(database)).size <= 50_000
        assert ours.is_half_full

    run(scenario)


def test_what_others_forgot_is_not_forgotten_twice(run):
    async def scenario(database, work):
        one, other = (Retention(database, keep_bytes=100_000) for _ in range(2))
        for retention in (one, other):
            retention.begin()
            await retention.prune()
        await add(database, 1, 100)
        for retention in (one, other):
            retention.added((await store.amount(database)).size)
            assert retention.begin()
        await one.prune()
        left = await store.amount(database)
        await other.prune()
        assert await store.amount(database) == left
        assert not other.begin()

    run(scenario)


def test_after_a_failure_it_is_not_time_for_a_while(run):
    async def scenario(database, work):
        retention = Retention(database, keep_bytes=1_000)
        assert retention.begin()
        await database.close()
        with pytest.raises(StorageError):
            await retention.prune()
        retention.added(5_000)
        assert not retention.begin()
        for _ in range(1_000):
            retention.added(0)
        assert retention.begin()

    run(scenario)
