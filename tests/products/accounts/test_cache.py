"""What was read is kept for a second, and not past a change."""

import asyncio

import pytest

from offhook.products.accounts.cache import KEPT_FOR, SMALLEST_TIDIED, Cache


class Source:
    """Somewhere to read from, with a hand on the clock."""

    def __init__(self) -> None:
        self.values = {"a": 1}
        self.reads = 0
        self.time = 100.0
        self.gate: asyncio.Event | None = None
        self.cache = Cache(self.read, lambda: self.time)

    async def read(self, name):
        self.reads += 1
        value = self.values.get(name)
        if self.gate is not None:
            await self.gate.wait()
        return value

    def get(self, name="a"):
        return asyncio.run(self.cache.get(name))


@pytest.fixture
def source():
    return Source()


def test_a_value_is_read_once_in_a_second(source):
    assert [source.get(), source.get()] == [1, 1]
    assert source.reads == 1


def test_a_change_elsewhere_is_seen_after_a_second(source):
    source.get()
    source.values["a"] = 2
    source.time += KEPT_FOR - 0.001
    assert source.get() == 1
    source.time += 0.001
    assert source.get() == 2


def test_a_change_here_is_seen_at_once(source):
    source.get()
    source.values["a"] = 2
    source.cache.forget("a")
    assert source.get() == 2


def test_what_is_not_there_is_looked_for_each_time(source):
    assert source.get("b") is None
    source.values["b"] = 5
    assert source.get("b") == 5


def test_what_is_gone_is_forgotten(source):
    source.get()
    del source.values["a"]
    source.time += KEPT_FOR
    assert source.get() is None
    assert source.get() is None


def test_a_read_that_began_before_a_change_is_not_kept(source):
    async def scenario():
        source.gate = asyncio.Event()
        reading = asyncio.create_task(source.cache.get("a"))
        await asyncio.sleep(0)
        source.values["a"] = 2
        source.cache.forget("a")
        source.gate.set()
        await reading
        assert await source.cache.get("a") == 2

    asyncio.run(scenario())


def test_the_second_counts_from_the_question_not_from_the_answer(source):
    async def scenario():
        source.gate = asyncio.Event()
        reading = asyncio.create_task(source.cache.get("a"))
        await asyncio.sleep(0)
        source.time += 0.9
        source.gate.set()
        await reading
        source.values["a"] = 2
        source.time += 0.1
        assert await source.cache.get("a") == 2

    asyncio.run(scenario())


def test_old_secrets_do_not_pile_up(source):
    for number in range(10 * SMALLEST_TIDIED):
        source.values[str(number)] = number
        source.get(str(number))
        source.time += KEPT_FOR / 10
    assert len(source.cache._kept) <= SMALLEST_TIDIED
