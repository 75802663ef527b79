"""A worker on a table: everything due is handled, nothing is forgotten, time is virtual."""

import asyncio

import pytest
from structlog.testing import capture_logs

from offhook.kit.clock import SECOND
from offhook.runtime import RealTimers, VirtualClock, VirtualTimers, Work
from offhook.storage.queues import LOOK_AGAIN, RETRY_AFTER
from tests.sample_tables import CLAIMS, LEASES, adding
from tests.storage.depot import START, Depot, run


def test_rows_handed_over_in_memory_are_handled(place):
    async def scenario(depot):
        await depot.queue.start()
        await depot.database.commit(depot.taking("A", "B"))
        await depot.work.idle()
        assert depot.handled == ["A", "B"]

    run(place, scenario)


def test_a_start_takes_up_what_a_former_process_held(place):
    async def scenario(depot):
        await depot.database.commit(adding("A", due=START))
        assert len(await CLAIMS.claim(depot.database, now=START, hold=3600 * SECOND, most=10)) == 1
        await depot.database.commit(adding("B", due=START))
        await depot.queue.start()
        await depot.work.idle()
        assert depot.handled == ["A", "B"]

    run(place, scenario)


def test_one_of_several_workers_leaves_the_others_rows_alone(place):
    async def scenario(depot):
        await depot.database.commit(adding("A", due=START))
        await CLAIMS.claim(depot.database, now=START, hold=3600 * SECOND, most=10)
        await depot.database.commit(adding("B", due=START))
        await depot.queue.start()
        await depot.work.idle()
        assert depot.handled == ["B"]

    run(place, scenario, sole_worker=False)


def test_a_later_row_is_handled_at_its_moment(place):
    async def scenario(depot):
        await depot.queue.start()
        for sid, wait in (("A", 30), ("B", 10), ("C", 20)):
            due = START + wait * SECOND
            unit = adding(sid, due=due)
            unit.on_commit(lambda due=due: depot.queue.expect(due))
            await depot.database.commit(unit)
        await depot.timers.advance(START + 10 * SECOND - 1)
        assert depot.handled == []
        await depot.timers.advance(START + 10 * SECOND)
        assert depot.handled == ["B"]
        assert depot.timers.waiting == 1
        await depot.timers.advance(START + 3600 * SECOND)
        assert depot.handled == ["B", "C", "A"]

    run(place, scenario)


def test_rows_left_for_later_by_a_former_process_are_remembered(place):
    async def scenario(depot):
        await depot.database.commit(adding("A", due=START + 5))
        await depot.queue.start()
        await depot.timers.advance(START + 5)
        assert depot.handled == ["A"]

    run(place, scenario)


def test_a_ring_brings_what_another_process_added(place):
    async def scenario(depot):
        await depot.queue.start()
        await depot.database.commit(adding("A", "B", "C", due=START))
        for _ in range(5):
            depot.queue.ring()
        await depot.work.idle()
        assert depot.handled == ["A", "B", "C"]

    run(place, scenario)


def test_rings_do_not_pile_up_alarms(place):
    async def scenario(depot):
        await depot.database.commit(adding("A", due=START + SECOND))
        await depot.queue.start()
        for _ in range(20):
            depot.queue.ring()
            await depot.work.idle()
        assert depot.timers.waiting == 1

    run(place, scenario)


@pytest.mark.parametrize("most", [1, 3, 250])
def test_no_more_than_most_at_once_and_all_of_them_in_the_end(place, most):
    async def scenario(depot):
        await depot.database.commit(adding(*(f"P{n}" for n in range(120)), due=START))
        await depot.queue.start()
        await depot.work.idle()
        assert sorted(depot.handled) == sorted(f"P{n}" for n in range(120))
        assert 1 <= depot.most_seen <= most

    run(place, scenario, most_at_once=most)


def test_handed_over_rows_without_room_go_back_and_come_again(place):
    async def scenario(depot):
        await depot.queue.start()
        await asyncio.gather(*(depot.database.commit(depot.taking(f"P{n}")) for n in range(40)))
        await depot.work.idle()
        await depot.timers.advance(START)
        assert sorted(depot.handled) == sorted(f"P{n}" for n in range(40))
        assert depot.most_seen == 2

    run(place, scenario, most_at_once=2)


def test_slow_rows_do_not_starve_the_rest(place):
    async def scenario(depot):
        release, quick_ones_done = asyncio.Event(), asyncio.Event()

        async def handle(row):
            if row.sid.startswith("slow"):
                await release.wait()
            await depot.remove(row)
            if len(depot.handled) == 30:
                quick_ones_done.set()

        depot.handle = handle
        await depot.database.commit(adding(*(f"slow{n}" for n in range(3)), due=START - 1))
        await depot.database.commit(adding(*(f"P{n}" for n in range(30)), due=START))
        await depot.queue.start()
        await quick_ones_done.wait()
        assert not [sid for sid in depot.handled if sid.startswith("slow")]
        release.set()
        await depot.work.idle()
        assert len(depot.handled) == 33

    run(place, scenario, most_at_once=4)


def test_a_row_that_falls_due_during_a_sweep_is_not_lost(place):
    class Ticking(VirtualClock):
        def now(self):
            self.move_to(super().now() + 1)
            return super().now()

    async def scenario(depot):
        depot.timers = depot.queue._timers = VirtualTimers(depot.work, Ticking(START))
        await depot.database.commit(adding("A", due=START + 2))  # the claim looks at +1, the alarm is set at +2
        await depot.queue.start()
        await depot.work.idle()
        assert (depot.handled, depot.timers.waiting) == (["A"], 0)

    run(place, scenario)


def test_a_sweep_without_room_ends(place):
    async def scenario(depot):
        release = asyncio.Event()

        async def handle(row):
            await release.wait()
            await depot.remove(row)

        depot.handle = handle
        await depot.database.commit(adding("A", "B", due=START))
        await asyncio.wait_for(depot.queue.start(), 1)
        assert depot.at_once == 1
        release.set()
        await depot.work.idle()
        assert depot.handled == ["A", "B"]

    run(place, scenario, most_at_once=1)


def test_rows_added_and_rung_while_a_sweep_is_under_way_are_not_lost(place):
    """Add a row and ring at every stage of a sweep; each time the row must be handled without another ring."""

    async def scenario(depot):
        await depot.queue.start()
        for n in range(60):
            sweeping = asyncio.ensure_future(depot.queue.sweep())
            for _ in range(n % 6):
                await asyncio.sleep(0)
            await depot.database.commit(adding(f"P{n}", due=START))
            depot.queue.ring()
            await sweeping
            await depot.work.idle()
            assert depot.handled[-1] == f"P{n}"

    run(place, scenario)


def test_a_row_whose_handler_raises_comes_back_after_a_while(place):
    async def scenario(depot):
        attempts = []

        async def handle(row):
            attempts.append((row.sid, depot.clock.now()))
            if len(attempts) < 3:
                raise ValueError(row.sid)
            await depot.remove(row)

        depot.handle = handle
        await depot.queue.start()
        with capture_logs() as logs:
            await depot.database.commit(depot.taking("A"))
            await depot.work.idle()
            assert await depot.database.all(LEASES) == [("A", None)]
            await depot.timers.advance(START + 10 * RETRY_AFTER)
        assert attempts == [("A", START + n * RETRY_AFTER) for n in range(3)]
        assert [entry["event"] for entry in logs] == ["row_failed", "row_failed"]

    run(place, scenario)


def test_a_row_that_was_settled_before_its_handler_raised_does_not_come_back(place):
    async def scenario(depot):
        async def handle(row):
            await depot.remove(row)
            raise ValueError(row.sid)

        depot.handle = handle
        await depot.database.commit(adding("A", due=START))
        with capture_logs():
            await depot.queue.start()
            await depot.timers.advance(START + 10 * RETRY_AFTER)
        assert depot.handled == ["A"]

    run(place, scenario)


def test_after_stop_nothing_more_is_taken(place):
    async def scenario(depot):
        await depot.queue.start()
        await depot.database.commit(adding("A", due=START))
        await depot.database.commit(adding("B", due=START + 5))
        depot.queue.expect(START + 5)
        depot.queue.stop()
        depot.queue.ring()
        depot.queue.expect(START + 6)
        await depot.queue.sweep()
        await depot.timers.advance(START + 3600 * SECOND)
        assert depot.handled == []
        await depot.database.commit(depot.taking("C"))
        await depot.work.idle()
        assert depot.handled == []
        assert dict(await depot.database.all(LEASES)) == {"A": None, "B": None, "C": None}  # free for others

    run(place, scenario)


def test_a_sweep_that_failed_is_tried_again(place):
    async def scenario(depot):
        await depot.queue.start()
        await depot.database.commit(adding("A", due=START))
        await asyncio.to_thread(place.sql, "ALTER TABLE parcels RENAME TO lost")
        with capture_logs() as logs:
            depot.queue.ring()
            await depot.work.idle()
        assert [entry["event"] for entry in logs] == ["sweep_failed"]
        await asyncio.to_thread(place.sql, "ALTER TABLE lost RENAME TO parcels")
        await depot.timers.advance(START + LOOK_AGAIN)
        assert depot.handled == ["A"]

    run(place, scenario)


def test_putting_back_is_tried_until_it_works(place):
    async def scenario(depot):
        async def handle(row):
            if depot.handle is handle:
                depot.handle = depot.remove
                await asyncio.to_thread(place.sql, "ALTER TABLE parcels RENAME TO lost")
            await depot.remove(row)

        depot.handle = handle
        await depot.database.commit(adding("A", due=START))
        with capture_logs() as logs:
            await depot.queue.start()
            await depot.timers.advance(START + 2 * LOOK_AGAIN)
            await asyncio.to_thread(place.sql, "ALTER TABLE lost RENAME TO parcels")
            assert depot.handled == []
            await depot.timers.advance(START + 2 * RETRY_AFTER)
        assert depot.handled == ["A"]
        events = [entry["event"] for entry in logs if entry["event"] != "sweep_failed"]
        assert events == ["row_failed", "put_back_failed", "put_back_failed", "put_back_failed"]

    run(place, scenario)


def after_meeting(depot, barrier):
    """A depot's first row waits until the other depot has one too: neither does all the work alone."""

    async def handle(row):
        depot.handle = depot.remove  # of the rows after this one
        await barrier.wait()
        await depot.remove(row)

    return handle


def test_two_processes_share_the_rows_and_a_dead_ones_rows_are_taken_over(postgres_place):
    async def scenario():
        work, other_work = Work(), Work()
        async with postgres_place.opened(work) as one, postgres_place.opened(other_work) as two:
            depots = [
                Depot(database, counted, sole_worker=False, most_at_once=5, timers=RealTimers(counted))
                for database, counted in ((one, work), (two, other_work))
            ]
            both = asyncio.Barrier(2)
            for depot in depots:
                depot.handle = after_meeting(depot, both)
            await one.commit(adding(*(f"P{n}" for n in range(100)), due=1))
            await CLAIMS.claim(one, now=1, hold=200_000, most=10)  # by a third that dies at once
            await asyncio.gather(*(depot.queue.start() for depot in depots))
            await asyncio.gather(work.idle(), other_work.idle())
            first, second = (depot.handled for depot in depots)
            assert len(first) + len(second) == len({*first, *second}) == 90
            assert first
            assert second
            await asyncio.sleep(0.25)
            depots[0].queue.ring()
            await work.idle()
            assert len(first) + len(second) == len({*first, *second}) == 100
            for depot in depots:
                depot.queue.stop()
                depot.timers.close()
                await depot.tasks.drain(1)

    asyncio.run(asyncio.wait_for(scenario(), 10))
