"""Watching: in order, once, from where one was; slow or gone, nobody costs the others anything."""

import asyncio
from contextlib import aclosing

import pytest

from offhook.exchanges import Feed, events, feed
from offhook.storage import Statement, Unit


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """Look so often that no test waits."""
    monkeypatch.setattr(feed, "GLANCE", 0.005)


async def write(database, *sids, account_sid="AC1"):
    unit = Unit()
    for sid in sids:
        events.note(unit, "thing.created", account_sid=account_sid, sid=sid, now=1)
    await database.commit(unit)


async def hear(watching, count):
    """The next `count` SIDs."""
    heard = []
    async with asyncio.timeout(5):
        while len(heard) < count:
            heard += [event.sid for event in (await anext(watching)).events]
    return heard


def test_what_happens_after_the_first_word_is_heard_once_and_in_order(run):
    async def scenario(database, work):
        await write(database, "before")
        source = Feed(database)
        async with aclosing(source.watch(None)) as watching:
            assert (await anext(watching)).events == []
            await write(database, "a", "b")
            await write(database, "c")
            assert await hear(watching, 3) == ["a", "b", "c"]
        await source.close()

    run(scenario)


def test_an_account_hears_of_itself_and_of_what_is_for_everybody(run):
    async def scenario(database, work):
        source = Feed(database)
        async with aclosing(source.watch("AC1")) as mine, aclosing(source.watch(None)) as all_of_them:
            await anext(mine)
            await anext(all_of_them)
            await write(database, "theirs", account_sid="AC2")
            await write(database, "nobody's", account_sid="")
            await write(database, "everybody's", account_sid=None)
            await write(database, "mine")
            assert await hear(mine, 2) == ["everybody's", "mine"]
            assert await hear(all_of_them, 4) == ["theirs", "nobody's", "everybody's", "mine"]
        await source.close()

    run(scenario)


def test_who_comes_back_hears_what_was_missed_and_then_what_is_new(run):
    async def scenario(database, work):
        await write(database, "a", "b", "c")
        first = (await events.bounds(database)).oldest
        source = Feed(database)
        async with aclosing(source.watch(None, first)) as watching:
            batch = await anext(watching)
            assert (batch.place, batch.missed) == (first, False)
            assert await hear(watching, 2) == ["b", "c"]
            await write(database, "d")
            assert await hear(watching, 1) == ["d"]
        await source.close()

    run(scenario)


@pytest.mark.parametrize("where", [1, -1, 10_000])
def test_who_was_away_too_long_or_elsewhere_is_told_so(run, where):
    async def scenario(database, work):
        await write(database, *map(str, range(10)))
        await events.prune(database, 3)
        source = Feed(database)
        async with aclosing(source.watch(None, where)) as watching:
            batch = await anext(watching)
            assert batch.missed
            assert batch.place == (await events.bounds(database)).newest
            await write(database, "new")
            assert await hear(watching, 1) == ["new"]
        await source.close()

    run(scenario)


def test_a_slow_watcher_reads_on_from_the_table_and_hears_it_when_that_is_cut(run, monkeypatch):
    monkeypatch.setattr(feed, "REMEMBERED", 3)
    monkeypatch.setattr(feed, "MOST_AT_ONCE", 4)

    async def scenario(database, work):
        source = Feed(database)
        async with aclosing(source.watch(None)) as quick, aclosing(source.watch(None)) as slow:
            await anext(quick)
            await anext(slow)
            for number in range(20):
                await write(database, f"n{number}")
                assert await hear(quick, 1) == [f"n{number}"]
            assert len(source._recent) <= 7
            assert await hear(slow, 4) == ["n0", "n1", "n2", "n3"]
            await events.prune(database, 5)
            assert (await anext(slow)).missed
            await write(database, "new")
            assert await hear(slow, 1) == ["new"]
        await source.close()

    run(scenario)


def test_one_look_serves_all_and_nobody_looks_when_nobody_watches(run):
    class Counting:
        def __init__(self, database):
            self._database, self.reads = database, 0

        async def all(self, query, **values):
            self.reads += 1
            return await self._database.all(query, **values)

        async def first(self, query, **values):
            return await self._database.first(query, **values)

    async def scenario(database, work):
        counting = Counting(database)
        source = Feed(counting)
        watchers = [source.watch(None) for _ in range(50)]
        for watching in watchers:
            await anext(watching)
        await write(database, "a")
        assert [await hear(watching, 1) for watching in watchers] == [["a"]] * 50
        looks = counting.reads
        assert looks < 50
        for watching in watchers:
            await watching.aclose()
        await asyncio.sleep(0.05)
        looks = counting.reads
        await asyncio.sleep(0.05)
        assert counting.reads == looks
        async with aclosing(source.watch(None)) as late:
            await anext(late)
            await write(database, "b")
            assert await hear(late, 1) == ["b"]
        await source.close()

    run(scenario)


def test_closing_sends_everybody_home(run):
    async def scenario(database, work):
        source = Feed(database)
        watching = source.watch(None)
        await anext(watching)
        waiting = asyncio.ensure_future(anext(watching, "the end"))
        await asyncio.sleep(0.02)
        await source.close()
        assert await asyncio.wait_for(waiting, 2) == "the end"
        late = source.watch(None)
        await anext(late)
        assert await anext(late, "the end") == "the end"

    run(scenario)


def test_who_hears_nothing_for_long_hears_that_all_is_well(run, monkeypatch):
    monkeypatch.setattr(feed, "QUIET", 0.05)

    async def scenario(database, work):
        source = Feed(database)
        async with aclosing(source.watch("AC1")) as watching:
            start = await anext(watching)
            assert (await anext(watching)).place == start.place
            await write(database, "theirs", account_sid="AC2")
            async with asyncio.timeout(5):
                while (batch := await anext(watching)).place == start.place:
                    assert batch.events == []
            assert batch.events == []  # its place moves on, so that it is not too old when it comes back
        await source.close()

    run(scenario)


def test_a_look_that_fails_is_followed_by_another(run, monkeypatch):
    monkeypatch.setattr(feed, "LOOK_AGAIN", 0.005)

    async def scenario(database, work):
        source = Feed(database)
        async with aclosing(source.watch(None)) as watching:
            await anext(watching)
            since, failures = events.since, []

            async def failing(*arguments, **options):
                if len(failures) < 2:
                    failures.append(1)
                    raise RuntimeError("the database is away")
                return await since(*arguments, **options)

            monkeypatch.setattr(events, "since", failing)
            await write(database, "a")
            assert await hear(watching, 1) == ["a"]
            assert len(failures) == 2
        await source.close()

    run(scenario)


WITH_SEQ = Statement(
    events.events.insert().values(
        seq=events.given("seq"), account_sid="AC1", type="thing.created", sid=events.given("sid"), date_created=1
    )
)


async def write_at(database, seq):
    unit = Unit()
    unit.add(WITH_SEQ, {"seq": seq, "sid": f"n{seq}"})
    await database.commit(unit)


def test_a_number_that_turns_up_late_is_waited_for(run):
    async def scenario(database, work):
        await write_at(database, 1)
        source = Feed(database)
        async with aclosing(source.watch(None)) as watching:
            await anext(watching)
            await write_at(database, 3)
            waiting = asyncio.ensure_future(hear(watching, 2))
            await asyncio.sleep(0.05)
            assert not waiting.done()
            await write_at(database, 2)
            assert await waiting == ["n2", "n3"]
        await source.close()

    run(scenario)


def test_a_number_that_never_turns_up_holds_nobody_up_for_long(run, monkeypatch):
    monkeypatch.setattr(feed, "GAP_PATIENCE", 0.05)

    async def scenario(database, work):
        await write_at(database, 1)
        source = Feed(database)
        async with aclosing(source.watch(None)) as watching:
            await anext(watching)
            for seq in (3, 5, 9, 10):
                await write_at(database, seq)
            assert await hear(watching, 4) == ["n3", "n5", "n9", "n10"]
        await source.close()

    run(scenario)
