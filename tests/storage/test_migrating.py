"""Tables are brought up to date at start, all steps or none, by one process at a time."""

import asyncio
import multiprocessing
import shutil

import pytest
from sqlalchemy import Column, Text, literal_column, select, table

from offhook.storage import Query, migrating

STEP = '''"""Step {number}."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {before!r}


def upgrade() -> None:
    op.create_table("made_by_{number}", sa.Column("word", sa.Text))
    op.execute("INSERT INTO made_by_{number} VALUES ('hello')")
    {more}
'''
TABLES = {
    "sqlite": Query(select(literal_column("name", Text)).select_from(table("sqlite_master")).order_by("name"), str),
    "postgres": Query(
        select(literal_column("tablename", Text))
        .select_from(table("pg_tables"))
        .where(literal_column("schemaname", Text) == "public")
        .order_by("tablename"),
        str,
    ),
}


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """Migrations of the test's own: call it to add one."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (folder / "versions").mkdir()
    monkeypatch.setattr(migrating, "FOLDER", folder)

    def add(number, more=""):
        before = str(int(number) - 1) if number != "1" else None
        (folder / "versions" / f"{number}.py").write_text(STEP.format(number=number, before=before, more=more))

    return add


async def tables(place):
    async with place.opened() as database:
        return [name for name in await database.all(TABLES[place.kind]) if name.startswith(("made", "alembic_version"))]


async def migrate(place):
    if place.kind == "sqlite":
        await asyncio.to_thread(migrating.migrate_sqlite, place.path)
    else:
        await migrating.migrate_postgres(place.url)


def test_the_missing_steps_are_run_once(place, steps):
    async def scenario():
        steps("1")
        await migrate(place)
        steps("2")
        await migrate(place)
        await migrate(place)
        words = Query(select(Column("word", Text)).select_from(table("made_by_1")), str)
        async with place.opened() as database:
            assert await database.all(words) == ["hello"]
        assert [name for name in await tables(place) if name.startswith("made")] == ["made_by_1", "made_by_2"]

    asyncio.run(scenario())


def test_a_step_that_fails_leaves_the_tables_as_they_were(place, steps):
    async def scenario():
        steps("1")
        await migrate(place)
        steps("2")
        steps("3", more='raise RuntimeError("the power went")')
        with pytest.raises(RuntimeError, match="the power went"):
            await migrate(place)
        assert [name for name in await tables(place) if name.startswith("made")] == ["made_by_1"]
        steps("3")
        await migrate(place)
        assert len([name for name in await tables(place) if name.startswith("made")]) == 3

    asyncio.run(scenario())


def _start(place):
    asyncio.run(migrate(place))


def test_processes_may_start_at_once(place, steps):
    steps("1")
    steps("2", more="import time; time.sleep(0.05)")
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_start, args=(place,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert [name for name in asyncio.run(tables(place)) if name.startswith("made")] == ["made_by_1", "made_by_2"]
