"""The connection breaks while PostgreSQL commits: it kept the unit, and nobody was told.

A proxy on a Unix socket hands everything on, until it is told to swallow the answer to the next COMMIT.
"""

import asyncio
import tempfile
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from offhook.runtime import Work
from offhook.storage import StorageError, Unit
from offhook.storage.postgres import PostgresDatabase
from offhook.storage.queues import LOOK_AGAIN
from tests.sample_tables import ADD_HELD, ALL, CLAIMS, LEASES, parcel
from tests.storage.depot import START, Depot


class Proxy:
    """Stands between a client and the server."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.swallow = False
        self.swallowed = 0

    async def talk(self, reader, writer):
        with suppress(ConnectionError):
            up_reader, up_writer = await asyncio.open_unix_connection(self.server)
            await asyncio.gather(self.ask(reader, up_writer, writer), self.answer(up_reader, writer))

    async def ask(self, reader, up_writer, writer):
        while data := await reader.read(65536):
            if self.swallow and b"COMMIT;" in data:
                self.swallow = False
                self.swallowed += 1
                writer._offhook_cut = True
            up_writer.write(data)
        up_writer.close()

    async def answer(self, up_reader, writer):
        while data := await up_reader.read(65536):
            if getattr(writer, "_offhook_cut", False):  # the server has committed when it says so
                writer.close()
                return
            writer.write(data)
        writer.close()


@asynccontextmanager
async def proxied(place):
    """The proxy, and the URL of the database behind it."""
    folder = place.url.partition("host=")[2]
    with tempfile.TemporaryDirectory(prefix="offhook-", dir="/tmp") as own:
        proxy = Proxy(f"{folder}/.s.PGSQL.5432")
        path = Path(own) / ".s.PGSQL.5432"
        server = await asyncio.start_unix_server(proxy.talk, path)
        try:
            yield proxy, place.url.replace(folder, own)
        finally:
            server.close()


def test_a_row_that_was_kept_although_the_commit_seemed_to_fail_is_worked_on(postgres_place):
    async def scenario():
        work = Work()
        async with proxied(postgres_place) as (proxy, url):
            database = await PostgresDatabase.open(url, work)
            depot = Depot(database, work)
            await depot.queue.start()
            await database.commit(depot.handing_over("before"))
            await work.idle()
            proxy.swallow = True
            with capture_logs(), pytest.raises(StorageError) as caught:
                await database.commit(depot.handing_over("in doubt"))
            assert (caught.value.kind, proxy.swallowed) == ("unavailable", 1)
            assert [row.sid for row in await database.all(ALL)] == ["in doubt"]
            assert [lease is not None for _, lease in await database.all(LEASES)] == [True]
            assert depot.handled == ["before"]
            await depot.timers.advance(START + LOOK_AGAIN)
            await work.idle()
            assert depot.handled == ["before", "in doubt"]
            await database.close()

    asyncio.run(asyncio.wait_for(scenario(), 10))


def test_a_row_that_is_being_worked_on_is_not_taken_for_lost(postgres_place):
    async def scenario():
        work = Work()
        async with proxied(postgres_place) as (proxy, url):
            database = await PostgresDatabase.open(url, work)
            release = asyncio.Event()

            async def slowly(row):
                await release.wait()
                await depot.remove(row)

            depot = Depot(database, work, slowly)
            await depot.queue.start()
            await database.commit(depot.handing_over("slow"))
            proxy.swallow = True
            unit = Unit()
            unit.add(ADD_HELD, {k: v for k, v in parcel("lost", due=START).items() if k != "lease"})
            with capture_logs(), pytest.raises(StorageError):
                await database.commit(unit)
            advancing = asyncio.ensure_future(depot.timers.advance(START + LOOK_AGAIN))
            async with asyncio.timeout(5):
                while depot.at_once < 2 and not advancing.done():
                    release.set()
                    await asyncio.sleep(0.002)
            await advancing
            await work.idle()
            assert sorted(depot.handled) == ["lost", "slow"]
            assert await CLAIMS.lanes_held(database, now=START) == []
            await database.close()

    asyncio.run(asyncio.wait_for(scenario(), 10))
