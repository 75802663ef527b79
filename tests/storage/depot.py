"""A queue of parcels on either database, on virtual time: what the tests of queues work with."""

import asyncio

from offhook.kit.clock import SECOND
from offhook.runtime import Tasks, VirtualClock, VirtualTimers, Work
from offhook.storage import Queue, Unit
from tests.sample_tables import ADD_HELD, ALL, CLAIMS, REMOVE, Parcel, parcel

START = 1_700_000_000 * SECOND


class Depot:
    """A queue of parcels and what it needs; handling a parcel removes it."""

    def __init__(self, database, work, handle=None, *, sole_worker=True, timers=None, claims=CLAIMS, **options):
        self.database, self.work = database, work
        self.clock = VirtualClock(START)
        self.timers = timers or VirtualTimers(work, self.clock)
        self.tasks = Tasks(work)
        self.handled, self.at_once, self.most_seen = [], 0, 0
        self.handle = handle or self.remove
        self.queue = Queue(
            "depot", database, claims, self.timers, self.tasks, self._handle, sole_worker=sole_worker, **options
        )  # fmt: skip

    async def _handle(self, row):
        self.at_once += 1
        self.most_seen = max(self.most_seen, self.at_once)
        try:
            await self.handle(row)
        finally:
            self.at_once -= 1

    async def remove(self, row):
        unit = Unit()
        unit.add(REMOVE, {"key": row.sid})
        await self.database.commit(unit)
        self.handled.append(row.sid)

    def taking(self, *sids):
        """A unit that adds rows already held, and hands them over once they are durable."""
        unit = Unit()
        for sid in sids:
            values = parcel(sid, due=START)
            del values["lease"]
            unit.add(ADD_HELD, values)

        async def hand_over():
            for row in await self.database.all(ALL):
                if row.sid in sids:
                    self.queue.take(row)

        unit.on_commit(lambda: self.tasks.spawn(hand_over(), "hand-over"))
        return unit

    def handing_over(self, sid, **changes):
        """A unit that adds a row already held, and hands it over the moment it is durable."""
        values = parcel(sid, **{"due": START, **changes})
        row = Parcel(seq=0, **{name: values[name] for name in Parcel.__struct_fields__ if name != "seq"})
        unit = Unit()
        del values["lease"]
        unit.add(ADD_HELD, values)
        unit.on_commit(lambda: self.queue.take(row))
        return unit


def run(place, scenario, **options):
    async def whole():
        work = Work()
        async with place.opened(work) as database:
            depot = Depot(database, work, **options)
            await scenario(depot)
            depot.queue.stop()
            assert await depot.tasks.drain(2) == 0

    asyncio.run(asyncio.wait_for(whole(), 10))
