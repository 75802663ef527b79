"""Everything at once: kept, brought back, gone; on both databases."""

import asyncio

import pytest
from sqlalchemy import Table, select

from offhook.storage import LASTING, Blobs, Query, Snapshot, Snapshots, Statement, Unit, seq, text
from tests.sample_tables import ALL, adding, metadata
from tests.storage.conftest import make_sqlite

AT_NOON = Snapshot("at noon", 12)


def sids(rows):
    return [row.sid for row in rows]


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "snapshots", tmp_path / "files", metadata)


def test_what_was_kept_comes_back_and_what_came_later_goes(place, snapshots):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1", "P2", fragile=True, due=7))
            before = await database.all(ALL)
            await snapshots.save(database, AT_NOON)
            await database.commit(adding("P3"))
            await snapshots.bring_back(database, "at noon")
            assert await database.all(ALL) == before
            await database.commit(adding("P4"))
            assert sids(await database.all(ALL)) == ["P1", "P2", "P4"]

    asyncio.run(scenario())


def test_emptied_it_holds_nothing_and_snapshots_stay(place, snapshots):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            await snapshots.save(database, AT_NOON)
            await snapshots.empty(database)
            assert await database.all(ALL) == []
            assert await snapshots.all() == [AT_NOON]
            await snapshots.bring_back(database, "at noon")
            assert sids(await database.all(ALL)) == ["P1"]

    asyncio.run(scenario())


def test_a_snapshot_that_does_not_fit_changes_nothing(place, snapshots, tmp_path):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1"))
            await snapshots.save(database, AT_NOON)
            rows = tmp_path / "snapshots" / "at%20noon.snapshot" / "rows.msgpack"
            rows.write_bytes(rows.read_bytes().replace(b"\xa6weight", b"\xa6height"))
            assert not await snapshots.fits("at noon")
            with pytest.raises(KeyError):
                await snapshots.bring_back(database, "at noon")
            assert sids(await database.all(ALL)) == ["P1"]

    asyncio.run(scenario())


def test_files_come_back_with_the_rows_that_name_them(sqlite_place, snapshots, tmp_path):
    files = Blobs(tmp_path / "files")

    async def scenario():
        async with sqlite_place.opened() as database:
            digest = await files.put(b"a picture")
            await snapshots.save(database, AT_NOON)
            await files.delete(digest)
            await snapshots.bring_back(database, "at noon")
            assert await files.get(digest) == b"a picture"
            await snapshots.empty(database)
            assert await files.get(digest) is None

    asyncio.run(scenario())


def test_a_name_is_used_again_and_may_be_any_text(sqlite_place, snapshots, tmp_path):
    async def scenario():
        async with sqlite_place.opened() as database:
            for name in ("..", "a/b", "ä", "..", "a/b.draft"):
                await snapshots.save(database, Snapshot(name, 1))
            await snapshots.save(database, Snapshot("ä", 2))
            assert [(each.name, each.date_created) for each in await snapshots.all()] == [
                ("..", 1),
                ("a/b", 1),
                ("a/b.draft", 1),
                ("ä", 2),
            ]
            assert await snapshots.delete("..")
            assert not await snapshots.delete("..")
            assert await snapshots.find("..") is None
            assert {path.parent for path in tmp_path.rglob("about.json")} <= set((tmp_path / "snapshots").iterdir())

    asyncio.run(scenario())


def test_tables_that_last_are_left_alone(tmp_path, snapshots):
    lasting = Table("visitors", metadata, seq(), text("name"), info=LASTING)
    try:
        place = make_sqlite(tmp_path / "more.db")

        async def scenario():
            async with place.opened() as database:
                unit = Unit()
                unit.add(Statement.insert(lasting), {"name": "Ann"})
                await database.commit(unit)
                await snapshots.empty(database)
                assert await database.all(Query(select(lasting.c.name), str)) == ["Ann"]

        asyncio.run(scenario())
    finally:
        metadata.remove(lasting)
