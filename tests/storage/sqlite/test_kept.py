"""Small queries: answered out of memory, and all the same never older than what this process has changed."""

import asyncio

from sqlalchemy import update

from offhook.storage import Query, Statement, Unit, given, reading
from offhook.storage.sqlite.kept import KEPT_FOR, MOST, Kept
from offhook.storage.statement import MOST_KEYS
from tests.sample_tables import Parcel, adding, parcels

WHERE = reading(parcels, Parcel).where(parcels.c.sid == given("sid"))
SMALL = Query(WHERE, Parcel, small=True)
SAME = Query(WHERE, Parcel)
SENT = Statement(update(parcels).where(parcels.c.sid == given("sid")).values(status="sent"))


class Reads:
    """Something to read, and how often it was."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return [self.count]


def sending(sid):
    unit = Unit()
    unit.add(SENT, {"sid": sid})
    return unit


def test_a_small_query_answers_what_any_other_does(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            await database.commit(adding("P1"))
            assert await database.first(SMALL, sid="P1") == await database.first(SAME, sid="P1") is not None
            assert await database.first(SMALL, sid="P2") is None

    asyncio.run(scenario())


def test_what_a_unit_changed_is_seen_as_soon_as_it_is_committed(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            assert await database.first(SMALL, sid="P1") is None  # that there is none is remembered as well
            await database.commit(adding("P1"))
            assert (await database.first(SMALL, sid="P1")).status != "sent"
            await database.commit(sending("P1"))
            assert (await database.first(SMALL, sid="P1")).status == "sent"

    asyncio.run(scenario())


def test_a_callback_after_the_commit_sees_the_change(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            await database.commit(adding("P1"))
            await database.first(SMALL, sid="P1")
            unit, seen = sending("P1"), []
            unit.on_commit(lambda: seen.append(asyncio.ensure_future(database.first(SMALL, sid="P1"))))
            await database.commit(unit)
            assert (await seen[0]).status == "sent"

    asyncio.run(scenario())


def test_an_answer_is_read_once_and_again_after_a_while():
    now, reads = [100.0], Reads()
    kept = Kept(lambda: now[0])
    assert [kept.get(SMALL, {"sid": "P1"}, reads) for _ in range(3)] == [[1], [1], [1]]
    assert kept.get(SMALL, {"sid": "P2"}, reads) == [2]
    now[0] += KEPT_FOR
    assert kept.get(SMALL, {"sid": "P1"}, reads) == [3]


def test_units_on_other_tables_forget_nothing():
    kept, reads = Kept(lambda: 0.0), Reads()
    kept.get(SMALL, {"sid": "P1"}, reads)
    kept.changed([Unit()])
    assert kept.get(SMALL, {"sid": "P1"}, reads) == [1]
    kept.changed([sending("P9")])
    assert kept.get(SMALL, {"sid": "P1"}, reads) == [2]


def test_what_is_remembered_is_bounded():
    kept, reads = Kept(lambda: 0.0), Reads()
    for number in range(MOST + 1):
        kept.get(SMALL, {"sid": number}, reads)
    assert sum(map(len, kept._answers.values())) <= MOST


FEW = Query(WHERE, Parcel, small=True, keys=parcels.c.sid)


def test_what_is_none_of_the_keys_is_not_looked_up(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            await database.commit(adding("P1", "P3"))
            assert [await database.first(FEW, sid=sid) is not None for sid in ("P1", "P2", "P3", "P4")] == [
                True,
                False,
                True,
                False,
            ]
            assert len(database._kept._answers[FEW]) == 2
            await database.commit(adding("P2"))
            assert (await database.first(FEW, sid="P2")).sid == "P2"

    asyncio.run(scenario())


def test_too_many_keys_are_not_kept(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            await database.commit(adding(*(f"P{n:04}" for n in range(MOST_KEYS + 1))))
            assert (await database.first(FEW, sid="P1000")).sid == "P1000"
            assert await database.first(FEW, sid="P1001") is None
            assert len(database._kept._answers[FEW]) == 2

    asyncio.run(scenario())
