"""The writer thread: what is acknowledged survives, and nothing makes the thread go away."""

import asyncio
import itertools
import multiprocessing
import os
import sqlite3
import threading
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from offhook.runtime import Work
from offhook.storage import StorageError
from offhook.storage.sqlite import SqliteDatabase
from tests.sample_tables import ALL, adding

KILLS = 20


def stored(path):
    with closing(sqlite3.connect(path)) as connection:
        return {sid for (sid,) in connection.execute("SELECT sid FROM parcels")}


def writer_threads():
    return [thread for thread in threading.enumerate() if thread.name == "sqlite-writer"]


def test_the_writer_waits_for_the_disk(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            connection = database._writer._connection
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)

    asyncio.run(scenario())


def _commit_for_ever(path, round, acknowledgements):
    async def caller(database, name):
        for n in itertools.count():
            await database.commit(adding(f"{name}-{n}"))
            os.write(acknowledgements, f"{name}-{n}\n".encode())

    async def whole():
        database = SqliteDatabase(path, Work())
        await asyncio.gather(*(caller(database, f"{round}-{n}") for n in range(8)))

    asyncio.run(whole())


def _killed_after(count, path, round):
    """What a process acknowledged that was killed some time after its first `count` commits."""
    reading, writing = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_commit_for_ever, args=(path, round, writing))
    child.start()
    os.close(writing)
    with os.fdopen(reading) as lines:
        acknowledged = {next(lines) for _ in range(count)}
        child.kill()
        acknowledged |= set(lines)
    child.join()
    return {line.strip() for line in acknowledged if line.endswith("\n")}


def test_every_acknowledged_row_survives_a_kill(sqlite_place):
    acknowledged = set()
    for round in range(KILLS):
        acknowledged |= _killed_after(1 + 7 * round, sqlite_place.path, round)
        assert acknowledged <= stored(sqlite_place.path)
    assert len(acknowledged) >= sum(1 + 7 * round for round in range(KILLS))
    with closing(sqlite3.connect(sqlite_place.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_full_disk_refuses_keeps_and_recovers(sqlite_place):
    async def scenario():
        acknowledged = []
        async with sqlite_place.opened() as database:
            connection = database._writer._connection
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 10}")

            async def caller(name):
                for n in range(1000):
                    sids = (f"{name}-{n}", f"{name}-{n}b") if n % 2 else (f"{name}-{n}",)
                    await database.commit(adding(*sids, status="x" * 300))
                    acknowledged.extend(sids)

            outcomes = await asyncio.gather(*(caller(f"P{n}") for n in range(8)), return_exceptions=True)
            assert {outcome.kind for outcome in outcomes} == {"full"}
            assert len({id(outcome) for outcome in outcomes}) == 8
            assert [row.sid for row in await database.all(ALL)] == acknowledged  # reading works, in commit order
            with pytest.raises(StorageError, match="full"):
                await database.commit(adding("big", status="x" * 100_000))
            connection.execute("PRAGMA max_page_count = 100000")
            await database.commit(adding("big", status="x" * 100_000))
            acknowledged.append("big")
        assert stored(sqlite_place.path) == set(acknowledged)

    asyncio.run(scenario())


def test_a_unit_too_large_for_the_disk_spares_its_neighbours(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            connection = database._writer._connection
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 10}")
            outcomes = await asyncio.gather(
                database.commit(adding("P1", "P2")),
                database.commit(adding("P3", "big", status="x" * 500_000)),
                database.commit(adding("alone", status="x" * 500_000)),
                database.commit(adding("P4")),
                return_exceptions=True,
            )
            assert [getattr(outcome, "kind", None) for outcome in outcomes] == [None, "full", "full", None]
            assert [row.sid for row in await database.all(ALL)] == ["P1", "P2", "P4"]

    asyncio.run(scenario())


def test_a_database_locked_by_somebody_else_is_unavailable_until_it_is_free(sqlite_place):
    async def scenario():
        async with sqlite_place.opened() as database:
            database._writer._connection.execute("PRAGMA busy_timeout = 20")
            with closing(sqlite3.connect(sqlite_place.path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(StorageError) as caught:
                    await database.commit(adding("P1"))
                assert caught.value.kind == "unavailable"
                other.execute("ROLLBACK")
            await database.commit(adding("P1"))

    asyncio.run(scenario())


def test_an_odd_error_in_a_unit_does_not_end_the_thread(sqlite_place):
    before = len(writer_threads())  # a warm Offhook of the plugin may run in this process

    class Odd:
        def __contains__(self, key):
            return True

        def __getitem__(self, key):
            raise RuntimeError("odd")

    async def scenario():
        async with sqlite_place.opened() as database:
            odd, odd_pair = adding("P1"), adding("P2", "P3")
            odd.steps[0].values = odd_pair.steps[1].values = Odd()
            outcomes = await asyncio.gather(
                *map(database.commit, (odd, adding("P4"), odd_pair, adding("P5"))), return_exceptions=True
            )
            assert [type(outcome) for outcome in outcomes] == [RuntimeError, type(None), RuntimeError, type(None)]
            assert [row.sid for row in await database.all(ALL)] == ["P4", "P5"]
            assert len(writer_threads()) == before + 1

    asyncio.run(scenario())


def test_a_loop_that_was_closed_does_not_cost_units(sqlite_place):
    """A process that forgets to close: the thread still finishes what it was given."""
    loop = asyncio.new_event_loop()

    async def hand_in():
        database = SqliteDatabase(sqlite_place.path, Work())
        for n in range(300):
            database.post(adding(f"P{n}"))
        return database

    with capture_logs() as logs:
        database = loop.run_until_complete(hand_in())
        loop.close()
        database._writer._closing = True
        database._writer._wake.set()
        database._writer._thread.join(5)
    assert not database._writer._thread.is_alive()
    database._writer._connection.close()
    assert stored(sqlite_place.path) == {f"P{n}" for n in range(300)}
    assert {entry["event"] for entry in logs} <= {"nobody_to_tell"}
    asyncio.run(_close_readers(database))


async def _close_readers(database):
    database._readers.shutdown()


def test_closing_ends_the_threads_and_removes_the_log(sqlite_place):
    before = writer_threads()

    async def scenario():
        async with sqlite_place.opened() as database:
            await database.commit(adding("P1"))
            assert await database.all(ALL)

    asyncio.run(scenario())
    assert writer_threads() == before
    assert [path.name for path in sqlite_place.path.parent.iterdir()] == ["test.db"]
