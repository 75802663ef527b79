"""The bench of calls: all of them end well, and what is divided by the verbs was spent on them."""

import asyncio

import pytest

from bench.calls import Caller, Size, one_round
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures


def test_calls_are_made_counted_and_end_well(tmp_path):
    figures = Figures()
    size = Size(1, 5, "<Response><Say>One</Say><Pause length='2'/><Say>Three</Say></Response>", 3)
    asyncio.run(one_round(size, tmp_path, figures))
    assert figures.median("calls that did not end well") == 0
    assert figures.median("calls side by side, most") == 5
    assert figures.median("processor time, a call") > 0


def test_a_call_that_ends_badly_is_counted(tmp_path):
    figures = Figures()
    asyncio.run(one_round(Size(1, 2, "<Response><Say>Bad", 1), tmp_path, figures))
    assert figures.median("calls that did not end well") == 2  # two alerts


def test_a_call_that_is_refused_is_an_error(tmp_path):
    async def scenario():
        async with Offhook(tmp_path) as offhook:
            offhook.auth_token = "wrong"
            await Caller(offhook).make(1, "<Response/>")

    with pytest.raises(WrongError, match="refused"):
        asyncio.run(scenario())
