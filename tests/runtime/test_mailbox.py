"""Mailboxes: messages in order, waiting until a moment, and waiting that does not keep the clock from moving."""

import asyncio

from offhook.runtime import Mailbox, Tasks, VirtualClock, VirtualTimers, Work


def in_time(scenario):
    async def whole():
        work = Work()
        timers = VirtualTimers(work, VirtualClock(0))
        await scenario(timers, Tasks(work), Mailbox(timers, work))

    asyncio.run(whole())


def test_messages_come_in_the_order_they_were_put_in():
    async def scenario(_timers, _tasks, box):
        for number in range(3):
            box.put(number)
        assert [await box.get() for _ in range(3)] == [0, 1, 2]

    in_time(scenario)


def test_nothing_comes_until_the_moment_is_there():
    async def scenario(timers, tasks, box):
        found = []

        async def reader():
            found.append(await box.get(until=30))
            found.append((timers.clock.now(), await box.get(until=40)))
            found.append(timers.clock.now())

        tasks.spawn(reader(), "reader")
        timers.at(35, lambda: box.put("late"))
        await timers.advance(100)
        assert found == [None, (30, "late"), 35]

    in_time(scenario)


def test_a_moment_that_is_past_waits_for_nothing_but_takes_what_is_there():
    async def scenario(timers, _tasks, box):
        await timers.advance(10)
        assert await box.get(until=5) is None
        box.put("here")
        assert await box.get(until=5) == "here"

    in_time(scenario)


def test_time_stands_still_while_a_message_is_worked_on():
    async def scenario(timers, tasks, box):
        seen = []

        async def reader():
            while (message := await box.get()) != "end":
                for _ in range(10):
                    await asyncio.sleep(0)
                seen.append((message, timers.clock.now()))

        task = tasks.spawn(reader(), "reader")
        for moment in (1, 2, 3):
            timers.at(moment, lambda moment=moment: box.put(moment))
        await timers.advance(9)
        assert seen == [(1, 1), (2, 2), (3, 3)]
        box.put("end")
        await task

    in_time(scenario)


def test_what_nobody_wants_any_more_is_thrown_away():
    async def scenario(_timers, _tasks, box):
        for number in range(6):
            box.put(number)
        box.discard(lambda number: number % 2 == 0)
        assert [await box.get() for _ in range(3)] == [1, 3, 5]

    in_time(scenario)
