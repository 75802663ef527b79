"""The bus inside one process."""

import asyncio

from structlog.testing import capture_logs

from offhook.bus import Bus, MemoryBus
from offhook.runtime import VirtualClock, VirtualTimers, Work


def run(scenario):
    async def whole():
        work = Work()
        bus: Bus = MemoryBus(work)
        await scenario(bus, work)
        await work.idle()
        assert work.count == 0

    asyncio.run(whole())


def test_listeners_of_a_topic_are_woken_and_nobody_else():
    async def scenario(bus, work):
        heard = []
        bus.listen("messages", lambda: heard.append("one"))
        bus.listen("messages", lambda: heard.append("two"))
        bus.listen("calls", lambda: heard.append("other"))
        bus.ring("messages")
        bus.ring("nobody listens")
        assert heard == []  # never inside the caller
        await asyncio.sleep(0)
        assert heard == ["one", "two"]

    run(scenario)


def test_rings_of_one_turn_arrive_as_one():
    async def scenario(bus, work):
        heard = []
        bus.listen("messages", lambda: heard.append(1))
        for _ in range(100):
            bus.ring("messages")
        await asyncio.sleep(0)
        assert heard == [1]
        bus.ring("messages")
        await asyncio.sleep(0)
        assert heard == [1, 1]

    run(scenario)


def test_a_ring_from_a_listener_arrives_on_the_turn_after():
    async def scenario(bus, work):
        heard = []

        def ring_again():
            heard.append(1)
            if len(heard) < 3:
                bus.ring("messages")

        bus.listen("messages", ring_again)
        bus.ring("messages")
        await asyncio.sleep(0)
        assert heard == [1]
        await work.idle()
        assert heard == [1, 1, 1]

    run(scenario)


def test_who_has_left_hears_nothing_more():
    async def scenario(bus, work):
        heard = []
        leave = bus.listen("messages", lambda: heard.append("left"))
        bus.listen("messages", lambda: leave_third())
        leave_third = bus.listen("messages", lambda: heard.append("third"))
        bus.ring("messages")
        leave()
        leave()
        await asyncio.sleep(0)
        assert heard == []

    run(scenario)


def test_a_listener_that_raises_is_logged_and_the_others_hear():
    async def scenario(bus, work):
        heard = []
        bus.listen("messages", lambda: 1 / 0)
        bus.listen("messages", lambda: heard.append(1))
        bus.ring("messages")
        with capture_logs() as logs:
            await work.idle()
        assert heard == [1]
        assert [(entry["event"], entry["topic"]) for entry in logs] == [("listener_failed", "messages")]

    run(scenario)


def test_virtual_time_does_not_pass_a_ring_on_its_way():
    async def scenario(bus, work):
        timers, heard = VirtualTimers(work, VirtualClock(0)), []
        bus.listen("messages", lambda: heard.append(timers.clock.now()))
        timers.at(10, lambda: bus.ring("messages"))
        timers.at(11, lambda: None)
        await timers.advance(100)
        assert heard == [10]

    run(scenario)
