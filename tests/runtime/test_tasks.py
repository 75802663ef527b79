"""Background tasks."""

import asyncio

from structlog.testing import capture_logs

from offhook.runtime import Tasks, Work
from offhook.runtime import tasks as tasks_module


def test_a_task_is_work_until_it_ends():
    async def scenario():
        work, done = Work(), []
        tasks = Tasks(work)

        async def job():
            await asyncio.sleep(0.005)
            done.append(work.count)

        tasks.spawn(job(), "job")
        assert work.count == 1
        await work.idle()
        assert (done, work.count) == ([1], 0)

    asyncio.run(scenario())


def test_a_task_that_fails_is_logged_with_its_name_and_ends_its_work():
    async def scenario():
        work = Work()
        tasks = Tasks(work)

        async def job():
            raise ValueError("no")

        with capture_logs() as logs:
            tasks.spawn(job(), "unlucky")
            await work.idle()
        assert [(entry["event"], entry["task"], type(entry["exc_info"])) for entry in logs] == [
            ("task_failed", "unlucky", ValueError)
        ]

    asyncio.run(scenario())


def test_drain_waits_for_what_runs_and_for_what_that_starts():
    async def scenario():
        tasks, done = Tasks(Work()), []

        async def job(generations):
            await asyncio.sleep(0.003)
            done.append(generations)
            if generations:
                tasks.spawn(job(generations - 1), "child")

        tasks.spawn(job(3), "first")
        assert await tasks.drain(5) == 0
        assert done == [3, 2, 1, 0]
        assert tasks.work.count == 0

    asyncio.run(scenario())


def test_drain_cancels_what_does_not_end_and_lets_it_tidy_up():
    async def scenario():
        tasks, tidied = Tasks(Work()), []

        async def job():
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.005)
                tidied.append(True)

        for _ in range(3):
            tasks.spawn(job(), "endless")
        assert await tasks.drain(0.01) == 3
        assert tidied == [True] * 3
        assert tasks.work.count == 0

    asyncio.run(scenario())


def test_drain_does_not_wait_for_ever_for_a_stubborn_task(monkeypatch):
    async def scenario():
        tasks, stop = Tasks(Work()), asyncio.Event()

        async def job():
            while not stop.is_set():
                try:
                    await stop.wait()
                except asyncio.CancelledError:
                    continue

        tasks.spawn(job(), "mule")
        await asyncio.sleep(0)
        monkeypatch.setattr(tasks_module, "CANCEL_GRACE", 0.02)
        with capture_logs() as logs:
            assert await tasks.drain(0.01) == 1
        assert [(entry["event"], entry["task"]) for entry in logs] == [("task_not_stopped", "mule")]
        stop.set()
        assert await tasks.drain(1) == 0

    asyncio.run(scenario())


def test_drain_may_be_called_from_a_task_of_its_own():
    async def scenario():
        tasks, results = Tasks(Work()), []

        async def job():
            results.append(await tasks.drain(0.05))

        tasks.spawn(job(), "closing")
        await tasks.work.idle()
        assert results == [0]

    asyncio.run(scenario())
