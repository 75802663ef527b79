"""Sessions by themselves, on both databases: how long they last, and that nothing but digests is kept."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from offhook.console import store
from offhook.console.sessions import LASTS, NOTED_EVERY, Sessions, UsedLinkError, digest_of
from offhook.kit.clock import SECOND
from offhook.runtime import VirtualClock, Work
from offhook.storage import Unit, migrating, open_database
from tests.postgresql import Server

START = 1_700_000_000 * SECOND
TABLES = {"console_links", "console_sessions", "console_passwords"}


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def url(request):
    """None for SQLite, or a new PostgreSQL database."""
    if request.param == "sqlite":
        yield None
        return
    server = request.getfixturevalue("server")
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@asynccontextmanager
async def opened(url, folder):
    database = await open_database(url, folder, Work())
    clock = VirtualClock(START)
    try:
        yield Sessions(database, clock), clock, database
    finally:
        await database.close()


def run(url, folder, scenario):
    async def whole():
        async with opened(url, folder) as (sessions, clock, database):
            await scenario(sessions, clock, database)

    asyncio.run(asyncio.wait_for(whole(), 20))


def test_a_session_ends_twelve_hours_after_it_was_last_used(url, tmp_path):
    async def scenario(sessions, clock, _database):
        token = (await sessions.follow(await sessions.open())).token
        for _ in range(3):
            clock.move_to(clock.now() + LASTS - SECOND)
            assert await sessions.find(token) is not None
            await settled(sessions)
        clock.move_to(clock.now() + LASTS)
        assert await sessions.find(token) is None

    run(url, tmp_path, scenario)


async def settled(sessions):
    """Wait until what was handed in before is done."""
    unit = Unit()
    sessions.new_link(unit)
    await sessions._database.commit(unit)


def test_a_use_is_not_written_down_more_often_than_needed(url, tmp_path):
    async def scenario(sessions, clock, database):
        signed_in = await sessions.follow(await sessions.open())
        clock.move_to(clock.now() + NOTED_EVERY)
        await sessions.find(signed_in.token)
        await settled(sessions)
        assert await expiry(database, signed_in) == START + LASTS
        clock.move_to(clock.now() + SECOND)
        await sessions.find(signed_in.token)
        await settled(sessions)
        assert await expiry(database, signed_in) == clock.now() + LASTS

    run(url, tmp_path, scenario)


async def expiry(database, signed_in):
    return (await store.session(database, digest_of(signed_in.token))).expires


def test_an_ended_session_does_not_come_back_by_its_last_use(url, tmp_path):
    async def scenario(sessions, clock, _database):
        signed_in = await sessions.follow(await sessions.open())
        clock.move_to(clock.now() + LASTS // 2)
        found = sessions.find(signed_in.token), sessions.end(signed_in)
        await asyncio.gather(*found)
        await settled(sessions)
        assert await sessions.find(signed_in.token) is None

    run(url, tmp_path, scenario)


def test_sessions_that_are_over_are_forgotten_when_one_begins(url, tmp_path):
    async def scenario(sessions, clock, database):
        old = await sessions.follow(await sessions.open())
        clock.move_to(clock.now() + LASTS)
        await sessions.follow(await sessions.open())
        assert await store.session(database, digest_of(old.token)) is None

    run(url, tmp_path, scenario)


def test_the_next_process_takes_the_links_of_the_one_before_away(url, tmp_path):
    async def scenario(sessions, clock, database):
        old = await sessions.open()
        new = await Sessions(database, clock).open()
        with pytest.raises(UsedLinkError):
            await sessions.follow(old)
        await sessions.follow(new)

    run(url, tmp_path, scenario)


def test_no_token_is_on_the_disk(tmp_path):
    tokens = []

    async def scenario(sessions, _clock, _database):
        tokens.append(await sessions.open())
        unit = Unit()
        link = sessions.new_link(unit)
        await sessions.set_password(unit, "correct horse")
        await sessions._database.commit(unit)
        signed_in = await sessions.follow(link)
        tokens.extend([link, signed_in.token, signed_in.csrf, "correct horse"])

    run(None, tmp_path, scenario)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert len(kept) > 10_000
    assert [token for token in tokens if token.encode() in kept] == []


def test_the_tables_are_the_declared_ones(tmp_path):
    path = tmp_path / "new.db"
    migrating.migrate_sqlite(path)
    engine = create_engine(f"sqlite:///{path}")

    def is_ours(thing, name, kind, _reflected, _compared):
        return name in TABLES if kind == "table" else thing.table.name in TABLES

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, store.links.metadata) == []
    engine.dispose()
