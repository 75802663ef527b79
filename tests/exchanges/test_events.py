"""The log: a line exactly if there was a change, in order, and not for ever."""

import pytest

from offhook.exchanges import Exchange, Recorder, events, store
from offhook.runtime import Tasks
from offhook.storage import Statement, StorageError, Unit

INSERT = Statement.insert(store.exchanges)


def exchange(number, **changes):
    values = {
        "sid": f"EX{number}", "account_sid": "AC1", "direction": "in", "kind": "api", "method": "POST",
        "url": "http://a/2010-04-01/Accounts", "request_headers": (), "request_body": "", "status": 200,
        "response_headers": (), "response_body": "", "started": 5, "elapsed": 0,
    }  # fmt: skip
    return Exchange(**{**values, **changes})


def note(unit, sid, **more):
    events.note(unit, "thing.created", account_sid="AC1", sid=sid, now=1, **more)


async def sids(database, after=0):
    return [event.sid for event in await events.since(database, after, most=100)]


def test_lines_are_kept_in_the_order_of_the_units(run):
    async def scenario(database, work):
        for number in range(5):
            unit = Unit()
            note(unit, f"a{number}")
            note(unit, f"b{number}")
            database.post(unit)
        await work.idle()
        assert await sids(database) == [f"{letter}{number}" for number in range(5) for letter in "ab"]
        found = await events.since(database, 0, most=3)
        assert [event.seq for event in found] == sorted(event.seq for event in found)
        assert (found[0].account_sid, found[0].type, found[0].date_created) == ("AC1", "thing.created", 1)
        assert await sids(database, after=found[-1].seq)
        assert len(await events.since(database, 0, until=found[1].seq, most=100)) == 2

    run(scenario)


def test_a_change_that_was_not_made_leaves_no_line(run):
    async def scenario(database, work):
        nothing = Statement(store.exchanges.update().where(store.exchanges.c.sid == "none").values(status=1))
        unit = Unit()
        step = unit.add(nothing, {})
        note(unit, "no", after=step)
        note(unit, "yes")
        await database.commit(unit)
        assert await sids(database) == ["yes"]

    run(scenario)


def test_a_unit_that_fails_leaves_no_line_and_its_neighbours_do(run):
    async def scenario(database, work):
        first = Unit()
        store.add(first, exchange(1))
        await database.commit(first)
        for number, sid in ((2, "two"), (1, "again"), (3, "three")):
            unit = Unit()
            store.add(unit, exchange(number))
            note(unit, sid)
            if sid == "again":
                failing = unit
                failed = database.commit(failing)
            else:
                database.post(unit)
        with pytest.raises(StorageError):
            await failed
        await work.idle()
        assert await sids(database) == ["two", "three"]

    run(scenario)


def test_a_unit_of_several_steps_that_fails_leaves_no_line(run):
    async def scenario(database, work):
        unit = Unit()
        store.add(unit, exchange(1))
        store.add(unit, exchange(1))
        note(unit, "no")
        with pytest.raises(StorageError):
            await database.commit(unit)
        assert await sids(database) == []

    run(scenario)


def test_only_the_newest_lines_survive(run):
    async def scenario(database, work):
        await events.prune(database, 3)
        unit = Unit()
        for number in range(7):
            note(unit, f"n{number}")
        await database.commit(unit)
        assert (await events.bounds(database)).newest == (await events.since(database, 0, most=9))[-1].seq
        await events.prune(database, 3)
        assert await sids(database) == ["n4", "n5", "n6"]
        bounds = await events.bounds(database)
        assert bounds.newest - bounds.oldest == 2

    run(scenario)


def test_an_exchange_that_is_recorded_is_news_unless_somebody_only_looked(run):
    looking = "http://127.0.0.1:4665/offhook/v1/Exchanges?Url=x"

    async def scenario(database, work):
        recorder = Recorder(database, Tasks(work))
        recorder.record(exchange(1))
        recorder.record(exchange(2, method="GET", url=looking))
        recorder.record(exchange(3, method="POST", url=looking))
        recorder.record(exchange(4, method="GET", url="http://a/sms?back=/offhook/v1/Exchanges"))
        await work.idle()
        assert await sids(database) == ["EX1", "EX3", "EX4"]
        [event, *_] = await events.since(database, 0, most=1)
        assert (event.type, event.account_sid, event.date_created) == ("exchange.created", "AC1", 5)

    run(scenario)


def test_pruning_exchanges_prunes_the_log(run, monkeypatch):
    async def scenario(database, work):
        monkeypatch.setattr(events, "KEPT", 2)
        unit = Unit()
        for number in range(5):
            note(unit, f"n{number}")
        await database.commit(unit)
        Recorder(database, Tasks(work)).record(exchange(1))
        await work.idle()
        kept = await sids(database)
        assert kept[-2:] == ["n4", "EX1"]
        assert len(kept) <= 3  # the line of the exchange itself may be written after the pruning

    run(scenario)
