"""A unit by itself, and what becomes of its steps and callbacks on both databases."""

import asyncio

import pytest
from structlog.testing import capture_logs

from offhook.storage import StorageError, Unit
from tests.sample_tables import ADD, ALL, REMOVE, SEND, adding, parcel


class NotThereError(Exception):
    """A product's own error."""


async def sids(database):
    return [row.sid for row in await database.all(ALL)]


def test_a_step_without_condition_is_wanted_and_one_with_a_condition_waits_for_it():
    unit = Unit()
    first = unit.add(ADD, parcel("A"))
    second = unit.add(ADD, parcel("B"), after=first)
    assert (first.wanted, second.wanted) == (True, False)
    first.done(1, [])
    assert second.wanted


def test_callbacks_are_called_in_order_even_past_one_that_raises():
    unit, heard = Unit(), []
    step = unit.add(ADD, parcel("A"))
    unit.on_commit(lambda: heard.append(1))
    unit.on_commit(lambda: heard.append(1 / 0))
    unit.on_commit(lambda: heard.append(2), after=step)
    unit.on_commit(lambda: heard.append(3))
    with capture_logs() as logs:
        unit.committed()
    assert heard == [1, 3]
    assert logs[0]["event"] == "on_commit_failed"
    assert "callbacks_are_called_in_order" in logs[0]["callback"]


def test_an_outcome_can_be_forgotten():
    unit = Unit()
    step = unit.add(ADD, parcel("A"))
    step.done(2, [("x",), ("y",)])
    unit.forget()
    assert (step.changed, step.rows) == (0, [])


def test_a_unit_is_kept_whole_or_not_at_all(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            with pytest.raises(StorageError) as caught:
                await database.commit(adding("P2", "P3", "P1"))
            assert caught.value.kind == "conflict"
            assert await sids(database) == ["P1"]

    asyncio.run(scenario())


def test_a_step_runs_only_after_a_step_that_changed_a_row(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            for expected in (["P1", "C1"], ["P1", "C1"]):  # the second time nothing is left to send
                unit, heard = Unit(), []
                step = unit.add(SEND, {"key": "P1", "status": "sent"})
                follower = unit.add(ADD, parcel("C1"), after=step)
                unit.on_commit(lambda heard=heard: heard.append("always"))
                unit.on_commit(lambda heard=heard: heard.append("sent"), after=step)
                unit.on_commit(lambda heard=heard: heard.append("followed"), after=follower)
                await database.commit(unit)
                assert await sids(database) == expected
                assert heard == (["always", "sent", "followed"] if step.changed else ["always"])

    asyncio.run(scenario())


def test_otherwise_undoes_the_unit_and_is_what_commit_raises(place):
    async def scenario():
        async with place.opened() as database:
            unit = adding("P1")
            first = unit.steps[0]
            unit.add(SEND, {"key": "nobody", "status": "sent"}, otherwise=NotThereError())
            unit.on_commit(lambda: pytest.fail("nothing was committed"))
            neighbours = [database.commit(adding("P2")), database.commit(unit), database.commit(adding("P3"))]
            outcomes = await asyncio.gather(*neighbours, return_exceptions=True)
            assert [type(outcome) for outcome in outcomes] == [type(None), NotThereError, type(None)]
            assert first.changed == 0
            alone = Unit()
            alone.add(REMOVE, {"key": "nobody"}, otherwise=NotThereError())
            with pytest.raises(NotThereError):
                await database.commit(alone)
            assert await sids(database) == ["P2", "P3"]

    asyncio.run(scenario())


def test_a_unit_that_ran_twice_keeps_no_trace_of_the_first_run(place):
    """PostgreSQL runs a batch again when a unit in it fails; what the first run noted must not be believed."""

    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            taking, late, heard = Unit(), Unit(), []
            taking.add(SEND, {"key": "P1", "status": "sent"})
            taking.add(ADD, parcel("P1"))  # fails, so the parcel stays new
            step = late.add(SEND, {"key": "P1", "status": "lost"})
            late.on_commit(lambda: heard.append(step.changed), after=step)
            outcomes = await asyncio.gather(database.commit(taking), database.commit(late), return_exceptions=True)
            assert isinstance(outcomes[0], StorageError)
            assert outcomes[1] is None
            assert heard == [1]
            assert taking.steps[0].changed == 0
            assert (await database.first(ALL)).status == "lost"

    asyncio.run(scenario())


def test_callbacks_run_in_the_order_of_the_commits_and_before_their_commit_returns(place):
    async def scenario():
        async with place.opened() as database:
            order = []

            async def commit(n):
                unit = adding(f"P{n}")
                unit.on_commit(lambda: order.append(n))
                if n % 5 == 0:
                    database.post(unit)
                    return
                await database.commit(unit)
                assert n in order

            await asyncio.gather(*(commit(n) for n in range(60)))
            await database.commit(Unit())
            assert order == list(range(60))
            assert await sids(database) == [f"P{n}" for n in range(60)]

    asyncio.run(scenario())


def test_a_callback_that_raises_is_logged_and_costs_nobody_a_result(place):
    async def scenario():
        async with place.opened() as database:
            heard, units = [], [adding(f"P{n}") for n in range(5)]
            units[1].on_commit(lambda: 1 / 0)
            for n, unit in enumerate(units):
                unit.on_commit(lambda n=n: heard.append(n))
            with capture_logs() as logs:
                await asyncio.gather(*map(database.commit, units))
            assert heard == [0, 1, 2, 3, 4]
            assert [entry["event"] for entry in logs] == ["on_commit_failed"]

    asyncio.run(scenario())
