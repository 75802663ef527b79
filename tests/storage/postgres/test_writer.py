"""The writing connection: durable, and made again when it is lost."""

import asyncio
import threading

import asyncpg
import pytest
from sqlalchemy import func, select

from offhook.runtime import Work
from offhook.storage import Query, Statement, StorageError, Unit
from offhook.storage.postgres import PostgresDatabase, writer
from tests.postgresql import Server, execute
from tests.sample_tables import ALL, SEND, adding

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE application_name = '{}' AND datname = current_database()"
)
LOCK = "LOCK TABLE parcels IN ACCESS EXCLUSIVE MODE"


async def sids(database):
    return [row.sid for row in await database.all(ALL)]


async def refused(database, unit):
    with pytest.raises(StorageError) as caught:
        await asyncio.wait_for(database.commit(unit), 5)
    return caught.value.kind


def test_a_commit_waits_for_the_disk(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            unit = Unit()
            setting = unit.add(Statement(select(func.current_setting("synchronous_commit")), returns=True), {})
            await database.commit(unit)
            assert setting.rows[0][0] == "on"

    asyncio.run(scenario())


def test_readers_have_read_only_sessions(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            setting = Query(select(func.current_setting("default_transaction_read_only")), str)
            assert await database.first(setting) == "on"

    asyncio.run(scenario())


def test_an_idle_connection_that_was_cut_is_made_again(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            await database.commit(adding("P1"))
            assert await sids(database) == ["P1"]
            for name in ("offhook-writer", "offhook-reader"):
                await execute(postgres_place.url, CUT.format(name))
            await asyncio.sleep(0.05)
            await database.commit(adding("P2"))
            assert await sids(database) == ["P1", "P2"]

    asyncio.run(scenario())


def test_readers_that_were_all_cut_do_not_fail_a_read(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            await asyncio.gather(*(database.all(ALL) for _ in range(20)))
            cut = threading.Thread(target=postgres_place.sql, args=(CUT.format("offhook-reader"),))
            cut.start()
            cut.join()  # blocks the loop: it has not heard yet that its connections are gone
            await asyncio.gather(*(database.all(ALL) for _ in range(20)))

    asyncio.run(scenario())


def test_a_unit_that_takes_too_long_is_unavailable_and_holds_up_nobody_for_ever(postgres_place, monkeypatch):
    async def scenario():
        monkeypatch.setattr(writer, "COMMAND_TIMEOUT", 0.1)
        async with postgres_place.opened() as database:
            blocker = await asyncpg.connect(postgres_place.url)
            await blocker.execute(f"BEGIN; {LOCK}")
            stuck = [database.commit(adding(f"P{n}", f"Q{n}")) for n in range(2)]
            outcomes = await asyncio.wait_for(asyncio.gather(*stuck, return_exceptions=True), 5)
            assert {outcome.kind for outcome in outcomes} == {"unavailable"}
            await blocker.close()
            await database.commit(adding("P3"))
            assert await sids(database) == ["P3"]

    asyncio.run(scenario())


def test_what_was_in_flight_when_the_connection_broke_is_unavailable(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            await database.commit(adding("P1"))
            blocker = await asyncpg.connect(postgres_place.url)
            await blocker.execute(f"BEGIN; {LOCK}")
            in_flight = [asyncio.ensure_future(database.commit(adding(f"Q{n}", f"R{n}"))) for n in range(5)]
            await asyncio.sleep(0.05)
            behind = asyncio.ensure_future(database.commit(adding("P2")))
            await execute(postgres_place.url, CUT.format("offhook-writer"))
            outcomes = await asyncio.wait_for(asyncio.gather(*in_flight, return_exceptions=True), 5)
            assert {outcome.kind for outcome in outcomes} == {"unavailable"}
            await blocker.close()
            await asyncio.wait_for(behind, 5)
            assert await sids(database) == ["P1", "P2"]

    asyncio.run(scenario())


def test_a_server_that_restarts_is_found_again():
    async def scenario(server):
        await execute(server.url(), "CREATE TABLE parcels (seq bigserial, sid text unique, status text, weight bigint,"
                                    "fragile boolean, due bigint, lease bigint)")  # fmt: skip
        work = Work()
        database = await PostgresDatabase.open(server.url(), work)
        acknowledged, refusals, stop, progress = [], [], False, asyncio.Condition()

        async def caller(name):
            n = 0
            while not stop:
                n += 1
                try:
                    await asyncio.wait_for(database.commit(adding(f"{name}-{n}")), 5)
                    acknowledged.append(f"{name}-{n}")
                    async with progress:
                        progress.notify_all()
                except StorageError as problem:
                    refusals.append(problem.kind)
                    await asyncio.sleep(0.005)

        async def some_more():
            enough = len(acknowledged) + 50
            async with progress:
                await progress.wait_for(lambda: len(acknowledged) >= enough)

        callers = [asyncio.ensure_future(caller(f"P{n}")) for n in range(4)]
        for _ in range(2):
            await some_more()
            await asyncio.to_thread(server.stop)
            with pytest.raises(StorageError) as caught:
                await asyncio.wait_for(database.all(ALL), 5)
            assert caught.value.kind == "unavailable"
            await asyncio.to_thread(server.start)
        await some_more()
        stop = True
        await asyncio.gather(*callers)
        assert set(acknowledged) <= set(await sids(database))
        assert set(refusals) == {"unavailable"}
        await database.close()
        assert work.count == 0

    with Server() as server:
        asyncio.run(asyncio.wait_for(scenario(server), 20))


def test_closing_without_a_server_does_not_hang():
    with Server() as server:

        async def scenario():
            work = Work()
            database = await PostgresDatabase.open(server.url(), work)
            await database.commit(Unit())
            await asyncio.to_thread(server.stop)
            database.post(Unit())
            await asyncio.wait_for(database.close(), 5)
            assert work.count == 0

        asyncio.run(scenario())


def test_values_that_cannot_be_sent_are_broken_and_spare_the_neighbours(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            units = [adding("P1"), adding("P2", weight=2**63), adding("P3", status="nul\0"), adding("P4")]
            outcomes = await asyncio.gather(*map(database.commit, units), return_exceptions=True)
            assert [getattr(outcome, "kind", None) for outcome in outcomes] == [None, "broken", "broken", None]
            assert await sids(database) == ["P1", "P4"]

    asyncio.run(scenario())


def test_inserts_between_other_statements_keep_their_order(postgres_place):
    async def scenario():
        async with postgres_place.opened() as database:
            units, changed = [], []
            for n in range(20):
                sending = Unit()
                changed.append(sending.add(SEND, {"key": f"P{n}", "status": "sent"}))
                units += [adding(f"P{n}"), adding(f"Q{n}"), sending]
            await asyncio.gather(*map(database.commit, units))
            assert [step.changed for step in changed] == [1] * 20
            assert await sids(database) == [f"{letter}{n}" for n in range(20) for letter in "PQ"]

    asyncio.run(scenario())
