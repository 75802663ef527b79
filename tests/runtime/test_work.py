"""What counts as work, and for whom."""

import asyncio

import pytest

from offhook.runtime import Work


def test_idle_waits_until_everything_is_finished():
    async def scenario():
        work, log = Work(), []

        async def piece(seconds):
            with work.counted():
                await asyncio.sleep(seconds)
                log.append(seconds)

        tasks = [asyncio.ensure_future(piece(seconds)) for seconds in (0.02, 0.01)]
        await asyncio.sleep(0)
        assert work.count == 2
        await work.idle()
        assert (work.count, log) == (0, [0.01, 0.02])
        await asyncio.gather(*tasks)

    asyncio.run(scenario())


def test_idle_is_not_fooled_by_work_that_begins_two_turns_later():
    async def scenario():
        work, log = Work(), []

        def second():
            log.append("second")
            work.leave()

        def first():
            work.leave()
            asyncio.get_running_loop().call_soon(hop)

        def hop():
            asyncio.get_running_loop().call_soon(begin_second)

        def begin_second():
            work.enter()
            asyncio.get_running_loop().call_later(0.01, second)

        work.enter()
        asyncio.get_running_loop().call_soon(first)
        await work.idle()
        assert log == ["second"]

    asyncio.run(scenario())


def test_counted_work_ends_however_it_ends():
    async def scenario():
        work = Work()

        async def piece(fail):
            with work.counted(), work.counted():
                if fail:
                    raise ValueError
                await asyncio.sleep(10)

        failing, cancelled = asyncio.ensure_future(piece(True)), asyncio.ensure_future(piece(False))
        await asyncio.sleep(0.001)
        assert work.count == 2
        cancelled.cancel()
        await asyncio.gather(failing, cancelled, return_exceptions=True)
        assert work.count == 0
        await asyncio.wait_for(work.idle(), 1)

    asyncio.run(scenario())


def test_a_pause_takes_out_the_whole_share_of_its_task_and_of_nobody_else():
    async def scenario():
        work = Work()
        with work.counted(), work.counted():
            work.enter()
            with work.paused():
                assert work.count == 1
                with work.paused():
                    assert work.count == 1
            assert work.count == 3
            work.leave()
        assert work.count == 0
        with work.paused():  # never counted, so nothing to take out
            assert work.count == 0
        assert work.count == 0

    asyncio.run(scenario())


def test_a_child_task_does_not_pause_its_parent():
    async def scenario():
        work = Work()

        async def child():
            with work.paused():
                return work.count

        with work.counted():
            assert await asyncio.gather(child(), child()) == [1, 1]

    asyncio.run(scenario())


def test_a_callback_cannot_be_counted_as_a_task():
    async def scenario():
        work, raised = Work(), asyncio.get_running_loop().create_future()

        def callback():
            with pytest.raises(RuntimeError, match="only a task"), work.counted():
                pass
            raised.set_result(work.count)

        asyncio.get_running_loop().call_soon(callback)
        assert await raised == 0

    asyncio.run(scenario())
