"""A queue whose rows are stuck, wait for others, or lost their database: the others go on, and nothing stays behind."""

import asyncio

import pytest
from structlog.testing import capture_logs

from offhook.kit.clock import SECOND
from offhook.runtime import RealTimers
from offhook.storage import Claims, NotYetError, StorageError
from offhook.storage.queues import LOOK_AGAIN, RETRY_AFTER
from tests.sample_tables import CLAIMS, LEASES, Parcel, adding, parcels
from tests.storage.depot import START, Depot, run

LANED = Claims(parcels, Parcel, lane=parcels.c.status)


def test_a_lane_that_is_stuck_leaves_room_for_the_others_and_keeps_its_order(place):
    """It has more rows than may run or wait in memory: those are read from the table when their turn comes."""

    async def scenario(depot):
        release = asyncio.Event()
        in_memory = []

        async def handle(row):
            in_memory.append(len(depot.queue._lanes))
            if row.status == "stuck":
                await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.queue.start()
        stuck = [f"S{n:02}" for n in range(60)]
        for sid in stuck:
            await depot.database.commit(depot.handing_over(sid, status="stuck"))
        for n in range(20):
            await depot.database.commit(depot.handing_over(f"P{n}", status="well"))
        async with asyncio.timeout(5):
            while len(depot.handled) < 20:
                await asyncio.sleep(0.002)
        assert sorted(depot.handled) == sorted(f"P{n}" for n in range(20))
        assert depot.at_once == 2
        release.set()
        await depot.work.idle()
        assert depot.handled[20:] == stuck
        assert max(in_memory) <= 8 + 5 + 2

    run(place, scenario, claims=LANED, most_at_once=8, line=5)


def test_what_the_stuck_lane_left_in_the_table_is_found_by_the_next_process(place):
    async def scenario(depot):
        await depot.database.commit(adding(*(f"S{n:02}" for n in range(30)), status="stuck", due=START))
        await CLAIMS.claim(depot.database, now=START, hold=3600 * SECOND, most=30)
        await depot.queue.start()
        await depot.work.idle()
        assert depot.handled == [f"S{n:02}" for n in range(30)]

    run(place, scenario, claims=LANED, most_at_once=4, line=3)


def test_one_of_several_workers_lets_go_of_the_rows_of_a_stuck_lane(place):
    async def scenario(depot):
        release = asyncio.Event()

        async def handle(row):
            await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.queue.start()
        for n in range(6):
            await depot.database.commit(depot.handing_over(f"S{n}", status="stuck"))
        async with asyncio.timeout(5):
            while sum(lease is None for _, lease in await depot.database.all(LEASES)) < 2:
                await asyncio.sleep(0.002)
        release.set()
        await depot.timers.advance(START + 4 * LOOK_AGAIN)
        assert sorted(depot.handled) == [f"S{n}" for n in range(6)]

    run(place, scenario, claims=LANED, most_at_once=4, line=3, sole_worker=False)


def test_a_table_that_cannot_be_read_does_not_lose_the_rows_of_a_stuck_lane(place):
    async def scenario(depot):
        release = asyncio.Event()

        async def handle(row):
            await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.queue.start()
        for n in range(9):
            await depot.database.commit(depot.handing_over(f"S{n}", status="stuck"))
        real = depot.database.all

        async def away(query, **values):
            raise StorageError("unavailable", "away")

        depot.database.all = away
        with capture_logs() as logs:
            release.set()
            await depot.work.idle()
        assert [entry["event"] for entry in logs] == ["filling_failed"]
        assert len(depot.handled) < 9
        depot.database.all = real
        await depot.timers.advance(START + LOOK_AGAIN)
        assert depot.handled == [f"S{n}" for n in range(9)]

    run(place, scenario, claims=LANED, most_at_once=4, line=3)


def test_a_row_that_waits_for_another_comes_back_soon_and_quietly(place):
    async def scenario(depot):
        attempts = []

        async def handle(row):
            attempts.append(depot.clock.now())
            if len(attempts) == 1:
                raise NotYetError("the other one first")
            await depot.remove(row)

        depot.handle = handle
        with capture_logs() as logs:
            await depot.database.commit(adding("A", due=START))
            await depot.queue.start()
            await depot.timers.advance(START + 10 * SECOND)
        assert attempts == [START, START + LOOK_AGAIN]
        assert logs == []

    run(place, scenario)


@pytest.mark.parametrize(
    ("kind", "pause"), [("unavailable", LOOK_AGAIN), ("full", LOOK_AGAIN), ("broken", RETRY_AFTER)]
)
def test_a_database_that_was_away_is_tried_again_sooner_than_a_bug(sqlite_place, kind, pause):
    async def scenario(depot):
        attempts = []

        async def handle(row):
            attempts.append(depot.clock.now())
            if len(attempts) == 1:
                raise StorageError(kind, "no")
            await depot.remove(row)

        depot.handle = handle
        with capture_logs():
            await depot.database.commit(adding("A", due=START))
            await depot.queue.start()
            await depot.timers.advance(START + 2 * RETRY_AFTER)
        assert attempts == [START, START + pause]

    run(sqlite_place, scenario)


def test_of_two_queues_on_one_table_neither_takes_the_others_rows_away_at_start(place):
    """The second one's start lets go of leases; those of rows that the first one is working on must stay."""

    async def scenario(depot):
        release = asyncio.Event()

        async def handle(row):
            await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.database.commit(adding("A", status="well", due=START))
        await depot.queue.start()
        other = Depot(depot.database, depot.work, claims=Claims(parcels, Parcel, parcels.c.status == "stuck"))
        await other.queue.start()
        assert [lease is None for _, lease in await depot.database.all(LEASES)] == [False]
        await depot.queue.sweep()
        assert depot.at_once == 1
        release.set()
        await depot.work.idle()
        assert depot.handled == ["A"]
        other.queue.stop()

    run(place, scenario, claims=Claims(parcels, Parcel, parcels.c.status != "stuck"))


def test_a_later_row_with_a_lease_that_is_over_does_not_stay_behind(place):
    """That is how a row is inserted that nobody holds; the alarm is set for the earlier one first."""

    async def scenario(depot):
        await depot.queue.start()
        for sid, wait in (("A", 5), ("B", 6)):
            due = START + wait * SECOND
            unit = adding(sid, due=due, lease=1)
            unit.on_commit(lambda due=due: depot.queue.expect(due))
            await depot.database.commit(unit)
        await depot.timers.advance(START + 10 * SECOND)
        assert depot.handled == ["A", "B"]

    run(place, scenario)


class SettableClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> int:
        return self.moment


def test_a_clock_that_is_set_back_keeps_no_row_waiting(place):
    """What was to happen in a moment happens in a moment, not when the clock gets there again."""

    async def scenario(depot):
        clock = SettableClock()
        timers = depot.timers = depot.queue._timers = RealTimers(depot.work, clock)
        release = asyncio.Event()

        async def handle(row):
            await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.queue.start()
        await depot.database.commit(depot.handing_over("running", due=START))
        await depot.database.commit(adding("A", due=START + SECOND // 10, lease=START))
        depot.queue.expect(START + SECOND // 10)
        clock.moment = START - 7200 * SECOND
        timers.at(clock.moment, lambda: None)  # somebody looks
        clock.moment += SECOND
        async with asyncio.timeout(5):
            while depot.at_once < 2:
                await asyncio.sleep(0.01)
        release.set()
        await depot.work.idle()
        assert sorted(depot.handled) == ["A", "running"]
        timers.close()

    run(place, scenario)
