"""Real timers follow a clock that may jump; virtual timers move only when told, in order, one at a time."""

import asyncio
import time

import pytest

from offhook.kit.clock import HOUR, SECOND
from offhook.runtime import RealTimers, Tasks, VirtualClock, VirtualTimers, Work
from offhook.runtime import timers as timers_module

START = 1_700_000_000 * SECOND


class SettableClock:
    """The machine's clock, as somebody with the right to set it sees it."""

    def __init__(self):
        self.offset = 0

    def now(self):
        return time.time_ns() // 1000 + self.offset


def real(scenario, nap=0.02):
    async def whole():
        work, clock = Work(), SettableClock()
        timers = RealTimers(work, clock)
        try:
            await scenario(timers, clock, work)
        finally:
            timers.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timers_module, "LONGEST_NAP", nap)
        asyncio.run(asyncio.wait_for(whole(), 5))


def virtual(scenario):
    async def whole():
        work = Work()
        await scenario(VirtualTimers(work, VirtualClock(START)), Tasks(work))

    asyncio.run(asyncio.wait_for(whole(), 5))


def test_real_timers_fire_in_order_and_not_too_early():
    async def scenario(timers, clock, work):
        fired, done, now = [], asyncio.Event(), clock.now()
        for wait in (30, 10, 20, -5):
            timers.at(now + wait * 1000, lambda wait=wait: fired.append((wait, clock.now() - now)))
        timers.at(now + 40_000, done.set)
        await done.wait()
        assert [wait for wait, _ in fired] == [-5, 10, 20, 30]
        assert all(at >= wait * 1000 for wait, at in fired)

    real(scenario)


def test_a_real_timer_that_is_cancelled_by_one_due_at_the_same_moment_does_not_fire():
    async def scenario(timers, clock, work):
        fired, moment = [], clock.now() + 5000
        timers.at(moment, lambda: second.cancel())
        second = timers.at(moment, lambda: fired.append("second"))
        timers.at(moment, lambda: fired.append("third"))
        await timers.sleep_until(moment + 5000)
        assert fired == ["third"]

    real(scenario)


def test_a_clock_set_forward_makes_timers_fire_once_and_soon():
    async def scenario(timers, clock, work):
        fired, began, rang = [], time.monotonic(), asyncio.Event()
        timers.at(clock.now() + HOUR, lambda: fired.append("hour") or rang.set())
        timers.at(clock.now() + 3 * HOUR, lambda: fired.append("three hours"))
        await asyncio.sleep(0.005)
        clock.offset = 2 * HOUR
        await rang.wait()
        assert time.monotonic() - began < 1
        await asyncio.sleep(0.06)
        assert fired == ["hour"]

    real(scenario)


def test_a_clock_set_back_keeps_nobody_waiting():
    async def scenario(timers, clock, work):
        fired, began = [], time.monotonic()
        timers.at(clock.now() + 100_000, lambda: fired.append("before the jump"))
        clock.offset = -2 * HOUR
        timers.at(clock.now() + 50_000, lambda: fired.append("after the jump"))
        await timers.sleep_until(clock.now() + 150_000)
        assert fired == ["after the jump", "before the jump"]
        assert 0.14 < time.monotonic() - began < 2

    real(scenario)


def test_a_clock_set_back_while_everybody_sleeps_is_noticed():
    async def scenario(timers, clock, work):
        began = time.monotonic()
        sleeping = asyncio.ensure_future(timers.sleep_until(clock.now() + 100_000))
        await asyncio.sleep(0.01)
        clock.offset = -2 * HOUR
        await sleeping
        assert 0.09 < time.monotonic() - began < 1

    real(scenario)


def test_who_keeps_moments_elsewhere_is_told_by_how_much_the_clock_was_set_back():
    async def scenario(timers, clock, work):
        told = []
        timers.when_set_back(told.append)
        timers.at(clock.now() + 10 * HOUR, lambda: None)
        clock.offset = HOUR
        await asyncio.sleep(0.05)
        assert told == []
        clock.offset = -2 * HOUR
        await asyncio.sleep(0.05)
        (by,) = told
        assert abs(by - 3 * HOUR) < 1_000_000

    real(scenario)


def test_a_callback_that_raises_does_not_stop_the_others():
    async def scenario(timers, clock, work):
        problems, fired = [], []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: problems.append(context["exception"]))
        timers.at(clock.now(), lambda: 1 / 0)
        timers.at(clock.now(), lambda: fired.append(1))
        await timers.sleep_until(clock.now() + 10_000)
        assert fired == [1]
        assert [type(problem) for problem in problems] == [ZeroDivisionError]

    real(scenario)


def test_advance_fires_in_order_of_time_then_of_arrival():
    async def scenario(timers, tasks):
        fired = []
        for name, wait in (("b", 20), ("a", 10), ("c", 20), ("late", 31)):
            timers.at(START + wait, lambda name=name: fired.append((name, timers.clock.now() - START)))
        assert await timers.advance(START + 30) == 3
        assert fired == [("a", 10), ("b", 20), ("c", 20)]
        assert (timers.clock.now(), timers.waiting, timers.next_at) == (START + 30, 1, START + 31)

    virtual(scenario)


def test_time_waits_for_the_work_of_each_timer():
    async def scenario(timers, tasks):
        log = []

        async def work_a_while(name):
            for _ in range(5):
                await asyncio.sleep(0.001)
            log.append((name, timers.clock.now() - START))

        for wait in (10, 20, 30):
            timers.at(START + wait, lambda wait=wait: tasks.spawn(work_a_while(wait), "work"))
        await timers.advance(START + 100)
        assert log == [(10, 10), (20, 20), (30, 30)]

    virtual(scenario)


def test_timers_may_add_timers():
    async def scenario(timers, tasks):
        fired = []

        def again():
            fired.append(timers.clock.now() - START)
            timers.at(timers.clock.now() + 10, again)

        timers.at(START + 10, again)
        timers.at(START + 10, lambda: timers.at(START, lambda: fired.append("past")))
        assert await timers.advance(START + 35) == 4
        assert fired == [10, "past", 20, 30]

    virtual(scenario)


def test_a_sleeping_task_is_not_work_and_goes_on_before_time_does():
    async def scenario(timers, tasks):
        log = []

        async def menu():
            for _ in range(3):
                await timers.sleep_until(timers.clock.now() + 40 * SECOND)
                await asyncio.sleep(0.002)
                log.append((timers.clock.now() - START) // SECOND)

        tasks.spawn(menu(), "menu")
        await timers.advance(START + 100 * SECOND)
        assert log == [40, 80]
        assert tasks.work.count == 0
        await timers.advance(START + 200 * SECOND)
        assert (log, timers.waiting) == ([40, 80, 120], 0)

    virtual(scenario)


def test_a_task_cancelled_while_it_sleeps_leaves_the_count_right():
    async def scenario(timers, tasks):
        async def sleeper():
            await timers.sleep_until(START + 50)

        before, at_waking = tasks.spawn(sleeper(), "one"), tasks.spawn(sleeper(), "two")
        await timers.advance(START + 10)
        before.cancel()
        await timers.advance(START + 20)
        assert (tasks.work.count, timers.waiting) == (0, 1)
        timers.at(START + 50, at_waking.cancel)  # in the very moment it is woken
        await timers.advance(START + 60)
        assert (tasks.work.count, timers.waiting) == (0, 0)
        assert before.cancelled()

    virtual(scenario)


def test_sleeping_outside_counted_work_takes_nothing_out_of_the_count():
    async def scenario(timers, tasks):
        woken = []

        async def uncounted():
            await timers.sleep_until(START + 10)
            woken.append(timers.clock.now())

        sleeping = asyncio.ensure_future(uncounted())
        await asyncio.sleep(0)
        assert tasks.work.count == 0
        await timers.advance(START + 10)
        await sleeping
        assert (woken, tasks.work.count) == ([START + 10], 0)

    virtual(scenario)


def test_step_jumps_to_the_next_timer_only():
    async def scenario(timers, tasks):
        fired = []
        timers.at(START + 10, lambda: fired.append(10))
        timers.at(START + 20, lambda: fired.append(20))
        assert await timers.step(START + 15)
        assert (fired, timers.clock.now()) == ([10], START + 10)
        assert not await timers.step(START + 15)
        assert (fired, timers.clock.now()) == ([10], START + 10)
        assert await timers.step(START + 20)
        assert fired == [10, 20]

    virtual(scenario)


def test_counted_work_may_itself_advance_time():
    """A request that moves the clock is work too; it must not wait for itself."""

    async def scenario(timers, tasks):
        fired, answers = [], []
        timers.at(START + 10, lambda: fired.append(timers.clock.now()))

        async def request(to):
            answers.append(await timers.advance(to))

        tasks.spawn(request(START + 10), "one")
        tasks.spawn(request(START + 20), "two")
        assert await tasks.drain(1) == 0
        assert (fired, answers, timers.clock.now()) == ([START + 10], [1, 0], START + 20)

    virtual(scenario)


def test_a_cancelled_virtual_timer_does_not_fire_even_when_it_was_due_already():
    async def scenario(timers, tasks):
        fired = []
        timers.at(START + 10, lambda: fired.append(10)).cancel()
        timers.at(START, lambda: fired.append(0)).cancel()
        assert await timers.advance(START + 50) == 0
        assert (fired, timers.waiting) == ([], 0)

    virtual(scenario)


def test_a_virtual_callback_that_raises_is_reported_and_time_goes_on():
    async def scenario(timers, tasks):
        problems, fired = [], []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: problems.append(context["exception"]))
        timers.at(START + 1, lambda: 1 / 0)
        timers.at(START + 2, lambda: fired.append(2))
        assert await timers.advance(START + 5) == 2
        assert (fired, tasks.work.count) == ([2], 0)
        assert [type(problem) for problem in problems] == [ZeroDivisionError]

    virtual(scenario)


def test_a_virtual_clock_says_where_it_goes_before_it_goes_there():
    async def scenario():
        said = []
        clock = VirtualClock(100)
        timers = VirtualTimers(Work(), clock, lambda moment: said.append((clock.now(), moment)))
        timers.at(150, lambda: said.append("fired"))
        await timers.advance(200)
        await timers.advance(200)
        assert said == [(100, 150), "fired", (150, 200)]

    asyncio.run(scenario())
