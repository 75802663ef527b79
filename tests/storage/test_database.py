"""What both databases promise to the floors above."""

import asyncio

import pytest
from sqlalchemy import Boolean, cast, insert, literal, select, update
from structlog.testing import capture_logs

from offhook.runtime import Work
from offhook.storage import Query, Statement, StorageError, Unit, given
from tests.sample_tables import ADD, ALL, BY_SID, LABEL, REMOVE, SEND, adding, parcel, parcels


async def sids(database):
    return [row.sid for row in await database.all(ALL)]


def test_a_row_is_there_once_commit_returned(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1", fragile=True, due=7))
            row = await database.first(BY_SID, key="P1")
            assert (row.status, row.weight, row.fragile, row.due) == ("new", 1, True, 7)
            assert await database.first(BY_SID, key="P2") is None

    asyncio.run(scenario())


def test_a_failing_unit_spares_its_neighbours_in_the_same_transaction(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P0"))
            units = [adding(f"P{n}", f"Q{n}") if n % 3 else adding(f"P{n}", "P0") for n in range(1, 40)]
            outcomes = await asyncio.gather(*map(database.commit, units), return_exceptions=True)
            for n, outcome in enumerate(outcomes, start=1):
                assert (outcome is None) == bool(n % 3)
            kept = [f"{letter}{n}" for n in range(1, 40) if n % 3 for letter in "PQ"]
            assert await sids(database) == ["P0", *kept]
            errors = [outcome for outcome in outcomes if outcome is not None]
            assert len({id(error) for error in errors}) == len(errors) == 13
            assert {error.kind for error in errors} == {"conflict"}

    asyncio.run(scenario())


def test_one_step_units_that_fail_spare_each_other(place):
    async def scenario():
        async with place.opened() as database:
            outcomes = await asyncio.gather(
                *(database.commit(adding(f"P{n % 10}")) for n in range(30)), return_exceptions=True
            )
            assert [outcome is None for outcome in outcomes] == [True] * 10 + [False] * 20
            assert await sids(database) == [f"P{n}" for n in range(10)]

    asyncio.run(scenario())


def test_units_see_what_units_before_them_did(place):
    async def scenario():
        async with place.opened() as database:
            sending, again, removing = Unit(), Unit(), Unit()
            first = sending.add(SEND, {"key": "P1", "status": "sent"})
            second = again.add(SEND, {"key": "P1", "status": "lost"})
            third = removing.add(REMOVE, {"key": "P2"})
            units = [adding("P1"), adding("P2"), sending, again, removing]
            await asyncio.gather(*map(database.commit, units))
            assert (first.changed, second.changed, third.changed) == (1, 0, 1)
            row = await database.first(ALL)
            assert (row.sid, row.status) == ("P1", "sent")

    asyncio.run(scenario())


def test_what_goes_wrong_with_a_posted_unit_is_logged(place):
    async def scenario():
        async with place.opened() as database:
            with capture_logs() as logs:
                database.post(adding("P1"))
                database.post(adding("P1"))
                await database.commit(Unit())
            assert [entry["event"] for entry in logs] == ["unit_failed"]
            assert logs[0]["exc_info"].kind == "conflict"
            assert await sids(database) == ["P1"]

    asyncio.run(scenario())


def test_a_cancelled_caller_leaves_its_unit_and_its_neighbours_in_peace(place):
    async def scenario():
        async with place.opened() as database:
            heard, unit = [], adding("P1")
            unit.on_commit(lambda: heard.append("P1"))
            impatient = asyncio.ensure_future(database.commit(unit))
            failing = asyncio.ensure_future(database.commit(adding("P2", "P2")))
            neighbour = asyncio.ensure_future(database.commit(adding("P3")))
            await asyncio.sleep(0)
            impatient.cancel()
            failing.cancel()
            with capture_logs() as logs:
                await neighbour
            assert impatient.cancelled()
            assert heard == ["P1"]
            assert await sids(database) == ["P1", "P3"]
            assert [entry["event"] for entry in logs] == ["unit_failed"]  # nobody else would tell

    asyncio.run(scenario())


def test_close_commits_what_was_handed_in(place):
    async def scenario():
        work, heard = Work(), []
        database = await place.open(work)
        for n in range(200):
            unit = adding(f"P{n}")
            unit.on_commit(lambda n=n: heard.append(n))
            database.post(unit)
        waiting = asyncio.ensure_future(database.commit(adding("last")))
        await asyncio.sleep(0)
        await database.close()
        assert waiting.done()
        assert waiting.exception() is None
        assert heard == list(range(200))
        assert work.count == 0
        async with place.opened() as again:
            assert len(await sids(again)) == 201

    asyncio.run(scenario())


def test_a_closed_database_says_so(place):
    async def scenario():
        work = Work()
        database = await place.open(work)
        await database.all(ALL)
        await asyncio.gather(database.close(), database.close())
        for attempt in (database.commit(adding("P1")), database.all(ALL), database.first(ALL)):
            with pytest.raises(StorageError) as caught:
                await attempt
            assert caught.value.kind == "unavailable"
        with pytest.raises(StorageError):
            database.post(adding("P1"))
        assert work.count == 0

    asyncio.run(scenario())


def test_a_database_that_is_closing_takes_nothing_more(place):
    async def scenario():
        database = await place.open(Work())
        reads = [asyncio.ensure_future(database.all(ALL)) for _ in range(20)]
        await asyncio.sleep(0)
        closing = asyncio.ensure_future(database.close())
        await asyncio.sleep(0)
        with pytest.raises(StorageError, match="closed"):
            database.post(adding("P1"))
        assert await asyncio.gather(*reads) == [[]] * 20
        await closing

    asyncio.run(scenario())


def test_units_handed_in_while_closing_are_kept_or_refused(place):
    async def scenario():
        work = Work()
        database = await place.open(work)
        closing, outcomes = asyncio.ensure_future(database.close()), []
        for n in range(50):
            outcomes.append(asyncio.ensure_future(database.commit(adding(f"P{n}"))))
            await asyncio.sleep(0)
        await closing
        results = await asyncio.wait_for(asyncio.gather(*outcomes, return_exceptions=True), 5)
        kept = results.count(None)
        assert {problem.kind for problem in results if problem} == {"unavailable"}
        async with place.opened() as again:
            assert len(await sids(again)) == kept

    asyncio.run(scenario())


def test_work_is_counted_until_a_unit_is_told(place):
    async def scenario():
        work = Work()
        async with place.opened(work) as database:
            counts, unit = [], adding("P1")
            unit.on_commit(lambda: counts.append(work.count))
            database.post(unit)
            database.post(adding("P1"))
            assert work.count == 2
            await work.idle()
            assert counts[0] >= 1
            assert await sids(database) == ["P1"]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"sid": "P1"}, "conflict"),
        ({"sid": "P2", "status": None}, "broken"),
        ({"sid": "P2", "weight": object()}, "broken"),
    ],
)
def test_errors_carry_the_decision(place, values, kind):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            unit = Unit()
            unit.add(ADD, parcel(**values))
            with pytest.raises(StorageError) as caught:
                await database.commit(unit)
            assert caught.value.kind == kind
            assert await sids(database) == ["P1"]

    asyncio.run(scenario())


def test_a_reference_to_nothing_is_a_conflict(place):
    async def scenario():
        async with place.opened() as database:
            unit = Unit()
            unit.add(LABEL, {"parcel_sid": "nobody"})
            with pytest.raises(StorageError) as caught:
                await database.commit(unit)
            assert caught.value.kind == "conflict"

    asyncio.run(scenario())


def test_a_missing_value_is_a_key_error_for_its_own_caller_only(place):
    async def scenario():
        async with place.opened() as database:
            broken = Unit()
            broken.add(SEND, {"key": "P1"})
            outcomes = await asyncio.gather(
                database.commit(adding("P1")),
                database.commit(broken),
                database.commit(adding("P2")),
                return_exceptions=True,
            )
            assert [type(outcome) for outcome in outcomes] == [type(None), KeyError, type(None)]
            with pytest.raises(KeyError):
                await database.all(BY_SID)

    asyncio.run(scenario())


def test_a_wrong_statement_is_broken_and_the_next_one_works(place):
    async def scenario():
        async with place.opened() as database:
            nonsense = update(parcels).values(weight=cast(literal("x"), Boolean).op("!@")(1))
            unit = Unit()
            unit.add(Statement(nonsense), {})
            with pytest.raises(StorageError) as caught:
                await database.commit(unit)
            assert caught.value.kind == "broken"
            with pytest.raises(StorageError) as caught:
                await database.all(Query(select(literal(1).op("!@")(1)), int))
            assert caught.value.kind == "broken"
            await database.commit(adding("P1"))
            assert await sids(database) == ["P1"]

    asyncio.run(scenario())


def test_readers_cannot_write(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            sneaky = Query(select(parcels.c.sid), str)
            sneaky.clause = update(parcels).values(weight=9).returning(parcels.c.sid)
            with pytest.raises(StorageError):
                await database.all(sneaky)
            assert (await database.first(ALL)).weight == 1

    asyncio.run(scenario())


def test_returned_rows_and_counts_of_compound_statements(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1", "P2", "P3"))
            unit = Unit()
            heavy = update(parcels).where(parcels.c.sid != given("key")).values(weight=5)
            rows = unit.add(Statement(heavy.returning(parcels.c.sid, parcels.c.weight), returns=True), {"key": "P2"})
            chosen = select(parcels.c.seq).where(parcels.c.weight == 5).cte("chosen")
            compound = update(parcels).where(parcels.c.seq.in_(select(chosen.c.seq))).values(weight=6)
            with_cte = unit.add(Statement(compound), {})
            copying = insert(parcels).from_select(
                ["sid", "status", "weight"], select(parcels.c.sid + "x", parcels.c.status, parcels.c.weight)
            )
            copied = unit.add(Statement(copying), {})
            await database.commit(unit)
            assert sorted(tuple(row) for row in rows.rows) == [("P1", 5), ("P3", 5)]
            assert (rows.changed, with_cte.changed, copied.changed) == (2, 2, 3)

    asyncio.run(scenario())


def test_more_units_than_one_transaction_takes(place):
    async def scenario():
        async with place.opened() as database:
            await asyncio.gather(*(database.commit(adding(f"P{n}")) for n in range(1500)))
            assert len(await sids(database)) == 1500

    asyncio.run(scenario())
