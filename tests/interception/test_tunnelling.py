"""One side of a tunnel whose connection is gone already: an OSError at most, on either loop."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import uvloop

from offhook.interception.tunnelling import Side


async def connected() -> tuple[Side, asyncio.Server]:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    return Side(reader, writer), server


async def talk(side: Side) -> None:
    for _ in range(10):
        await side.send(b"x")


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_what_is_said_to_a_connection_that_was_closed_meanwhile_is_lost_as_on_the_network(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def scenario() -> None:
        side, server = await connected()
        side.cut()
        await asyncio.sleep(0.01)  # the loop has closed the socket under it
        side.end()
        with pytest.raises(OSError):
            await talk(side)
        server.close()

    run(scenario())
