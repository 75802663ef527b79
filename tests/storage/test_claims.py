"""Taking due rows: each by one worker only, the longest due first, and again when a worker died."""

import asyncio

import pytest

from offhook.kit.clock import MINUTE
from offhook.storage import Claims, Statement, Unit
from tests.sample_tables import (
    ADD_HELD,
    ALL,
    CLAIMS,
    LEASES,
    REMOVE,
    SEND,
    Crate,
    Numbered,
    Parcel,
    adding,
    crates,
    parcel,
    parcels,
)

NOW = 1_000_000


async def claimed(database, now=NOW, hold=MINUTE, most=100, claims=CLAIMS):
    return [row.sid for row in await claims.claim(database, now=now, hold=hold, most=most)]


def test_due_rows_are_claimed_longest_due_first_then_in_order_of_arrival(place):
    async def scenario():
        async with place.opened() as database:
            for sid, due in {"A": 30, "B": 10, "C": NOW + 1, "D": 30, "E": None, "F": NOW}.items():
                await database.commit(adding(sid, due=due))
            assert await claimed(database, most=3) == ["B", "A", "D"]
            assert await claimed(database) == ["F"]
            assert await claimed(database) == []
            assert await claimed(database, now=NOW + 1) == ["C"]

    asyncio.run(scenario())


def test_records_come_back_complete(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("A", due=5, fragile=True, weight=7))
            assert await CLAIMS.claim(database, now=NOW, hold=1, most=1) == await database.all(ALL)

    asyncio.run(scenario())


def test_two_workers_never_get_the_same_row(place):
    """On PostgreSQL two processes claim side by side; here two connections stand for them."""

    async def scenario():
        async with place.opened() as one:
            await one.commit(adding(*(f"P{n}" for n in range(200)), due=1))
            other_place = place.opened() if place.kind == "postgres" else None
            other = await other_place.__aenter__() if other_place else one

            async def worker(database):
                mine = []
                while got := await claimed(database, most=7):
                    mine += got
                return mine

            shares = await asyncio.gather(*(worker(database) for database in (one, other, one, other)))
            if other_place:
                await other_place.__aexit__(None, None, None)
            everything = [sid for share in shares for sid in share]
            assert sorted(everything) == sorted(f"P{n}" for n in range(200))

    asyncio.run(scenario())


def test_a_claim_takes_no_more_than_asked_for(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding(*(f"P{n}" for n in range(50)), due=1))
            for taken in range(0, 50, 10):
                held = [sid for sid, lease in await database.all(LEASES) if lease is not None]
                assert len(held) == taken
                assert len(await claimed(database, most=10)) == 10

    asyncio.run(scenario())


def test_a_lease_runs_out_by_the_time_of_the_database(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("A", due=1))
            assert await claimed(database, hold=150_000) == ["A"]
            assert await claimed(database, now=NOW + 10 * MINUTE) == []  # the product's clock does not matter
            await asyncio.sleep(0.2)
            assert await claimed(database) == ["A"]

    asyncio.run(scenario())


def test_rows_can_be_inserted_already_held(place):
    async def scenario():
        async with place.opened() as database:
            unit = Unit()
            values = parcel("A", due=1)
            del values["lease"]
            unit.add(ADD_HELD, values)
            await database.commit(unit)
            assert await claimed(database) == []
            assert await CLAIMS.clear(database) == 1
            assert await claimed(database) == ["A"]
            assert await CLAIMS.clear(database) == 1
            assert await CLAIMS.clear(database) == 0

    asyncio.run(scenario())


def test_a_row_put_back_is_free_and_due_later(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("A", "B", "C", due=1))
            rows = await CLAIMS.claim(database, now=NOW, hold=MINUTE, most=10)
            await database.commit(_settling("C"))
            await CLAIMS.put_back(database, rows, due=NOW + 5)
            assert [row.due for row in await database.all(ALL)] == [NOW + 5, NOW + 5]
            assert await CLAIMS.next_due(database) == NOW + 5
            assert await claimed(database, now=NOW + 4) == []
            assert await claimed(database, now=NOW + 5) == ["A", "B"]
            assert await CLAIMS.next_due(database) is None

    asyncio.run(scenario())


def test_a_row_that_was_settled_is_not_put_back(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("A", due=None, lease=2**62))
            rows = await database.all(ALL)
            await CLAIMS.put_back(database, rows, due=NOW)
            assert (await database.first(ALL)).due is None
            await database.commit(adding("B", due=3))  # let go of already, due at its own time
            await CLAIMS.put_back(database, await database.all(ALL), due=NOW)
            assert [row.due for row in await database.all(ALL)] == [None, 3]

    asyncio.run(scenario())


@pytest.mark.parametrize("record", [Crate, Numbered])
def test_rows_are_put_back_whatever_they_are_known_by(place, record):
    async def scenario():
        async with place.opened() as database:
            unit = Unit()
            for mark in ("A", "B", "C"):
                unit.add(Statement.insert(crates), {"mark": mark, "due": 1, "lease": None})
            await database.commit(unit)
            claims = Claims(crates, record)
            rows = await claims.claim(database, now=NOW, hold=MINUTE, most=2)
            if record is Crate:  # as handed over by whoever inserted them: the number is not known
                rows = [Crate(seq=0, mark=row.mark) for row in rows]
            await claims.put_back(database, rows, due=NOW)
            again = await claims.claim(database, now=NOW, hold=MINUTE, most=10)
            assert [row.seq for row in again] == [3, 1, 2]

    asyncio.run(scenario())


def test_a_queue_may_be_a_part_of_a_table(place):
    async def scenario():
        async with place.opened() as database:
            new_only = Claims(parcels, Parcel, parcels.c.status == "new")
            await database.commit(adding("A", "B", due=1))
            unit = Unit()
            unit.add(SEND, {"key": "A", "status": "sent"})
            await database.commit(unit)
            assert await claimed(database, claims=new_only) == ["B"]
            assert await new_only.next_due(database) is None
            assert await CLAIMS.next_due(database) == 1

    asyncio.run(scenario())


def _settling(sid):
    unit = Unit()
    unit.add(REMOVE, {"key": sid})
    return unit
