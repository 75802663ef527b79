"""Numbers by itself on a real database, and an Offhook whose numbers a test can also reach past its API."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from offhook.products.numbers import Application, Numbers
from offhook.runtime import VirtualClock, Work
from offhook.storage import Database, PageRequest, Unit, open_database
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for

START = 1_700_000_000_000_000  # 2023-11-14 22:13:20
ALICE, BOB = "AC" + "a" * 32, "AC" + "b" * 32
FIRST_PAGE = PageRequest()


class Room(Numbers):
    """The service, and its database for what an operation would commit."""

    def __init__(self, database: Database, family: Any) -> None:
        super().__init__(database, VirtualClock(START), family)
        self.database = database

    async def application(self, account_sid: str, **settings: Any) -> Application:
        """A new application, kept."""
        unit = Unit()
        made = self.applications.create(unit, account_sid, settings)
        await self.database.commit(unit)
        return made


@asynccontextmanager
async def numbers_in(folder: Path, family: Any = None) -> AsyncIterator[Room]:
    """The service on the database in `folder`."""
    database = await open_database(None, folder, Work())
    try:
        yield Room(database, family)
    finally:
        await database.close()


def done_in(folder: Path, work: Callable[[Room], Awaitable[Any]], family: Any = None) -> Any:
    """What `work` does with the service, from start to end."""

    async def scenario() -> Any:
        async with numbers_in(folder, family) as numbers:
            return await work(numbers)

    return asyncio.run(scenario())


@contextmanager
def offhook_in(folder: Path) -> Iterator[Offhook]:
    """An Offhook whose database is in `folder`, so that `done_in` works on the same one."""
    with quiet(), Running(settings_for(folder)) as found, Offhook(found.url, found.account_sid, found.auth_token) as up:
        yield up


def documented(instance: type) -> set[str]:
    """The fields that the SDK documents of a resource."""
    return set(re.findall(r":ivar (\w+):", instance.__doc__ or ""))


def refusal(call: Callable[..., Any], *arguments: Any, **parameters: Any) -> tuple[int, int]:
    """HTTP status and Twilio's code of a call that is refused. Lists raise the response as it came."""
    with pytest.raises(TwilioException) as caught:
        call(*arguments, **parameters)
    problem = caught.value
    if isinstance(problem, TwilioRestException):
        return problem.status, problem.code
    body = json.loads(problem.args[1].text)
    return body["status"], body["code"]
