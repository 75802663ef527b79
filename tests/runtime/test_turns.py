"""Turns: the order of asking for one key, no waiting between keys, nothing kept afterwards."""

import asyncio

from offhook.runtime import Turns


def test_the_same_key_is_served_in_the_order_of_asking_and_another_is_not_held_up():
    async def scenario():
        turns, done, gate = Turns(), [], asyncio.Event()

        async def work(key, number):
            async with turns.of(key):
                if number == 0:
                    await gate.wait()
                done.append((key, number))

        tasks = [asyncio.create_task(work("a", number)) for number in range(3)]
        tasks.append(asyncio.create_task(work("b", 9)))
        await tasks[-1]
        assert done == [("b", 9)]
        gate.set()
        await asyncio.gather(*tasks)
        assert done[1:] == [("a", 0), ("a", 1), ("a", 2)]
        assert len(turns) == 0

    asyncio.run(scenario())


def test_one_who_gives_up_or_fails_does_not_stop_the_line():
    async def scenario():
        turns, gate = Turns(), asyncio.Event()

        async def fail():
            async with turns.of("a"):
                await gate.wait()
                raise ValueError

        async def succeed():
            async with turns.of("a"):
                return "served"

        failing, waiting, last = (asyncio.create_task(job()) for job in (fail, succeed, succeed))
        await asyncio.sleep(0)
        waiting.cancel()
        gate.set()
        results = await asyncio.gather(failing, waiting, last, return_exceptions=True)
        assert [type(result) for result in results[:2]] == [ValueError, asyncio.CancelledError]
        assert results[2] == "served"
        assert len(turns) == 0

    asyncio.run(scenario())


def test_one_who_gives_up_in_the_moment_of_being_served_serves_the_next():
    async def scenario():
        turns, served = Turns(), []

        async def work(number):
            async with turns.of("a"):
                served.append(number)

        first = turns.of("a")
        await first.__aenter__()
        tasks = [asyncio.create_task(work(number)) for number in range(4)]
        await asyncio.sleep(0)
        tasks[1].cancel()  # before its turn comes, in the same turn of the loop
        await first.__aexit__(None, None, None)
        tasks[0].cancel()  # it was served, and does not know yet
        await asyncio.gather(*tasks, return_exceptions=True)
        assert served == [2, 3]
        assert len(turns) == 0

    asyncio.run(scenario())
