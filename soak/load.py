"""A client that posts texts at a steady rate, whatever the server does, and keeps a ledger of what it was told.

The load is open: a text is posted when its time has come, not when the one before is answered. A text is *accepted*
when its 201 was read completely. Whatever else happens to a request is counted under a name; of a request that was cut
nobody knows whether the server has it, so such a text may be there or not.
"""

import asyncio
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

REQUEST_WITHIN = 20.0  # seconds


@dataclass
class Ledger:
    """What was posted and what came back. Keys are the texts' bodies, which are unique."""

    accepted: dict[str, str] = field(default_factory=dict)  # body -> sid
    refused: dict[str, tuple[int, int, bool]] = field(default_factory=dict)  # body -> status, code, has Retry-After
    cut: dict[str, str] = field(default_factory=dict)  # body -> what happened to the connection
    not_connected: set[str] = field(default_factory=set)
    took: list[float] = field(default_factory=list)  # seconds, of the answered ones
    refusals_took: list[float] = field(default_factory=list)
    last_accepted: float = 0.0  # monotonic
    accepted_at: dict[str, float] = field(default_factory=dict)  # sid -> monotonic

    @property
    def posted(self) -> int:
        """How many were sent."""
        return len(self.accepted) + len(self.refused) + len(self.cut) + len(self.not_connected)

    def summary(self) -> str:
        """One line."""
        statuses = Counter(status for status, _, _ in self.refused.values())
        return (
            f"{self.posted} posted: {len(self.accepted)} accepted, {dict(statuses)} refused, "
            f"{len(self.cut)} cut {dict(Counter(self.cut.values()))}, {len(self.not_connected)} found nobody"
        )


class Client:
    """Talks to one Offhook. Made inside a running event loop; close it."""

    def __init__(
        self, url: str, credentials: tuple[str, str], *, connections: int = 64, keep_alive: bool = True
    ) -> None:
        self.url, self._sid = url, credentials[0]
        self._session = aiohttp.ClientSession(
            headers={"Authorization": f"Basic {b64encode(':'.join(credentials).encode()).decode()}"},
            connector=aiohttp.TCPConnector(limit=connections, force_close=not keep_alive),
            timeout=aiohttp.ClientTimeout(total=REQUEST_WITHIN),
        )
        self._session._retry_connection = False  # aiohttp would repeat what was cut, behind our back
        self.ledger = Ledger()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loads: list[asyncio.Task[None]] = []

    @property
    def account(self) -> str:
        """The path of the account."""
        return f"{self.url}/2010-04-01/Accounts/{self._sid}"

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.finish()
        await self._session.close()

    async def finish(self) -> None:
        """Post nothing more and wait for the answers that are due."""
        for load in self._loads:
            load.cancel()
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def start(
        self, rate: float, form: Callable[[int], dict[str, str]], path: Callable[[int], str] | None = None
    ) -> None:
        """Post `form(number)` `rate` times a second until `finish`; its Body is the key in the ledger."""
        self._loads.append(asyncio.ensure_future(self._post_at(rate, form, path)))

    async def _post_at(
        self, rate: float, form: Callable[[int], dict[str, str]], path: Callable[[int], str] | None
    ) -> None:
        began, number = time.monotonic(), 0
        while True:
            while number < (time.monotonic() - began) * rate:
                self.post_soon(form(number), path(number) if path else None)
                number += 1
            await asyncio.sleep(0.5 / rate)

    def post_soon(self, form: dict[str, str], path: str | None = None) -> None:
        """Post one text without waiting."""
        task = asyncio.ensure_future(self.post(form, path))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def post(self, form: dict[str, str], path: str | None = None) -> None:
        """Post one text and enter what came of it."""
        body, ledger, began = form["Body"], self.ledger, time.monotonic()
        try:
            async with self._session.post(path or f"{self.account}/Messages.json", data=form) as answer:
                said = await answer.json()
                took = time.monotonic() - began
                if answer.status == 201:
                    ledger.accepted[body] = said.get("sid") or said.get("message_sid")
                    ledger.took.append(took)
                    ledger.last_accepted = time.monotonic()
                    ledger.accepted_at[ledger.accepted[body]] = ledger.last_accepted
                else:
                    ledger.refused[body] = (answer.status, said["code"], "Retry-After" in answer.headers)
                    ledger.refusals_took.append(took)
        except aiohttp.ClientConnectorError:
            ledger.not_connected.add(body)
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as problem:
            ledger.cut[body] = type(problem).__name__

    async def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """One page. Raises aiohttp.ClientError."""
        url = path if path.startswith("http") else self.url + path
        async with self._session.get(url, params=parameters or None) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    async def send(self, path: str, **form: str) -> dict[str, Any]:
        """One POST that must work."""
        async with self._session.post(self.url + path, data=form) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    async def all(self, path: str, key: str, **parameters: Any) -> list[dict[str, Any]]:
        """Every page of a list."""
        page = await self.get(path, PageSize=1000, **parameters)
        rows: list[dict[str, Any]] = page[key]
        while following := page.get("next_page_uri") or page.get("meta", {}).get("next_page_url"):
            page = await self.get(following)
            rows += page[key]
        return rows

    async def messages(self) -> list[dict[str, Any]]:
        """Every message of the account."""
        return await self.all(f"/2010-04-01/Accounts/{self._sid}/Messages.json", "messages")

    async def inbox(self, address: str) -> list[dict[str, Any]]:
        """What came to a phone."""
        shown = await self.all(f"/offhook/v1/Handsets/{address}/Messages", "messages")
        return [text for text in shown if text["direction"] == "inbound"]
