"""Walking through lists, page after page, there and back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from offhook.runtime import Work
from offhook.storage import Database, Page, PageRequest, open_database, parse_token
from tests.postgresql import Server

Asking = Callable[[PageRequest], Awaitable[Page[Any]]]


@asynccontextmanager
async def opened(folder: Path, server: Server | None) -> AsyncIterator[Database]:
    """A new database with all tables: a file in `folder`, or one of the server's."""
    url = None if server is None else server.url(await asyncio.to_thread(server.new_database))
    database = await open_database(url, folder, Work())
    try:
        yield database
    finally:
        await database.close()


async def walk(ask: Asking, size: int) -> list[str]:
    """The SIDs on all pages, from the first to the last. Checks that the way back shows the same."""
    pages, page = [], await ask(PageRequest(size))
    while True:
        pages.append([row.sid for row in page.rows])
        if page.next_token is None:
            break
        page = await ask(PageRequest(size, 1, *parse_token(page.next_token)))
    back = [pages[-1]]
    while page.previous_token is not None:
        page = await ask(PageRequest(size, 1, *parse_token(page.previous_token)))
        back.append([row.sid for row in page.rows])
    assert [sid for found in back[::-1] for sid in found] == [sid for found in pages for sid in found]
    return [sid for found in pages for sid in found]
