"""The bench of the live stream: readers hear of everything, and a pair gives a ratio."""

import asyncio

import pytest

from bench import stream
from bench.messages import WrongError
from bench.servers import Offhook
from bench.stream import Readers, Size, pair
from bench.table import Figures


def test_every_reader_hears_of_as_much_and_a_pair_gives_a_ratio(tmp_path):
    async def scenario():
        figures = Figures()
        async with Offhook(tmp_path) as offhook:
            await pair(offhook, Size(1, 40.0, 1.0), figures, first=stream.WITH)
        return figures

    figures = asyncio.run(scenario())
    names = [name for name, *_ in figures.rows()]
    assert names == ["events a second, each reader", stream.WITH, stream.WITHOUT, stream.RATIO]
    assert figures.median("events a second, each reader") > 3 * 40
    assert figures.median(stream.RATIO) == pytest.approx(
        figures.median(stream.WITH) / figures.median(stream.WITHOUT), rel=1e-6
    )


def test_readers_that_are_not_let_in_are_no_readers(tmp_path):
    async def scenario():
        async with Offhook(tmp_path) as offhook:
            offhook.auth_token = "wrong"
            async with Readers(offhook, 1):
                pass

    with pytest.raises(WrongError, match="not let in"):
        asyncio.run(scenario())
