"""The stopwatch of a call: what rings when, and that it costs nothing as long as nothing changes."""

import asyncio

import pytest

from offhook.fetch import Limits
from offhook.fetch.watch import Watch


async def silence(watch, at_last=lambda: None):
    async with watch.timeout:
        watch.heard()
        try:
            await asyncio.sleep(10)
        finally:
            at_last()


def test_silence_ends_a_call_before_its_total():
    async def scenario():
        loop = asyncio.get_running_loop()
        begun = loop.time()
        with pytest.raises(TimeoutError):
            await silence(Watch(Limits(read=0.05, total=5.0)))
        assert loop.time() - begun < 1.0

    asyncio.run(scenario())


def test_a_word_gives_more_time():
    async def scenario():
        watch = Watch(Limits(read=0.2, total=5.0))
        async with watch.timeout:
            watch.heard()
            for _ in range(3):
                await asyncio.sleep(0.12)
                watch.heard()

    asyncio.run(scenario())


def test_an_answer_that_comes_as_time_runs_out_is_a_timeout():
    async def scenario():
        watch = Watch(Limits(read=0.02, total=5.0))
        with pytest.raises(TimeoutError):
            await silence(watch, watch.heard)  # the timeout is expiring, which cannot be changed any more

    asyncio.run(scenario())


def test_the_alarm_is_set_once_when_silence_may_last_as_long_as_everything():
    async def scenario():
        watch = Watch(Limits())
        async with watch.timeout:
            alarms = []
            watch.timeout.reschedule = alarms.append
            watch.resolving()
            watch.resolved()
            watch.heard()
            assert alarms == []

    asyncio.run(scenario())
