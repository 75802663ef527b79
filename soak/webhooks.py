"""Webhooks that misbehave, beside a healthy one: they cost bounded time and memory, and the neighbour nothing.

One app refuses, hangs, redirects for ever, drips a byte a second, answers 65 kB or a gzip bomb; another is told of 100
texts a second. At first the callbacks of all other texts go to a healthy app as well, then each misbehaving endpoint
gets its share of them: the load stays the same.
"""

import asyncio
import gzip
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from soak.app import App
from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import Place, main
from soak.settling import NUMBER, PHONES

BOMB = gzip.compress(b"\0" * 50_000_000)
CODES = {"refuse": 11205, "hang": 11205, "redirect": 0, "drip": 11205, "large": 11750, "bomb": 11750}
SLOWER_BY = 1.2
GROWTH = 80  # MB
Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def webhooks(place: Place, *, rate: float = 100.0, bad_rate: float = 10.0, seconds: float = 30.0) -> Figures:
    """The program: `seconds` before and `seconds` beside the others, which get `bad_rate` texts a second each."""
    figures = Figures(f"Webhooks that misbehave, {place.kind}")
    with House(place.folder, place.database) as house:
        house.start()
        async with App() as app, misbehaving() as urls, Client(house.url, house.credentials) as client:
            posted: dict[str, float] = {}
            client.start(rate, lambda number: _text(number, "well", f"{app.url}/status", posted))
            async with App() as healthy, Client(house.url, house.credentials) as others:
                for name in urls:
                    url = f"{healthy.url}/status"
                    others.start(bad_rate, lambda number, name=name, url=url: _text(number, f"was {name}", url, {}))
                await asyncio.sleep(seconds / 4)
                before = await _latencies(client, app, posted, seconds)
                await others.finish()
                await asyncio.sleep(1)
            memory = house.resident()
            for name, url in urls.items():
                client.start(bad_rate, lambda number, name=name, url=url: _text(number, name, url, {}))
            together = await _latencies(client, app, posted, seconds)
            grown = (house.resident() - memory) / 1e6
            await client.finish()
            alerts = await client.all("/monitor/v1/Alerts", "alerts")
        figures.note(
            f"{client.ledger.summary()}; callbacks to the neighbour: {len(before)} before, {len(together)} beside"
        )
        ratio = share(together, 0.95) / max(share(before, 0.95), 1e-9)
        figures.note(
            f"p95 of text to callback: {share(before, 0.95):.4f} s before, {share(together, 0.95):.4f} s beside"
        )
        figures.at_most("neighbour's p95, times what it was", ratio, SLOWER_BY)
        figures.at_least("share of the neighbour's callbacks that came", len(together) / max(len(before), 1), 0.9)
        figures.at_most("memory grown by", grown, GROWTH, " MB")
        _check_alerts(figures, urls, alerts)
    return figures


def _text(number: int, name: str, url: str, posted: dict[str, float]) -> dict[str, str]:
    body = f"{name} {number}"
    posted[body] = time.monotonic()
    return {"To": PHONES[number % len(PHONES)], "From": NUMBER, "Body": body, "StatusCallback": url}


async def _latencies(client: Client, app: App, posted: dict[str, float], seconds: float) -> list[float]:
    """Seconds from posting a text to its first callback, of those posted from now on."""
    since = time.monotonic()
    await asyncio.sleep(seconds)
    took = []
    for body, sid in list(client.ledger.accepted.items()):
        at = posted.get(body, 0.0)
        if at >= since and (heard := app.callbacks.get(sid)):
            took.append(heard[0].at - at)
    return took


def _check_alerts(figures: Figures, urls: dict[str, str], alerts: list[dict[str, object]]) -> None:
    for name, url in urls.items():
        codes = {str(alert["error_code"]) for alert in alerts if str(alert["request_url"]).startswith(url)}
        wanted = {str(CODES[name])} if CODES[name] else set()
        figures.none(f"{name}: alerts other than {wanted or 'none'}", codes ^ wanted)


@asynccontextmanager
async def misbehaving() -> AsyncIterator[dict[str, str]]:
    """Endpoints by what they do, each on a port of its own."""
    servers, urls, tasks = [], {}, set()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: nobody else gets it, and it refuses
        urls["refuse"] = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        for name, behave in BEHAVIOURS.items():

            async def talk(
                reader: asyncio.StreamReader, writer: asyncio.StreamWriter, behave: Behaviour = behave
            ) -> None:
                task = asyncio.current_task()
                tasks.add(task)
                with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                    await reader.readuntil(b"\r\n\r\n")
                    await behave(writer)
                writer.close()
                tasks.discard(task)

            server = await asyncio.start_server(talk, "127.0.0.1", 0)
            servers.append(server)
            urls[name] = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        try:
            yield urls
        finally:
            for server in servers:
                server.close()
            for task in tasks:
                if task is not None:
                    task.cancel()


async def _hang(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(1)


async def _redirect(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


async def _large(writer: asyncio.StreamWriter) -> None:
    body = b"x" * 65_537
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()


async def _bomb(writer: asyncio.StreamWriter) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    writer.write(head % len(BOMB) + BOMB)
    await writer.drain()


BEHAVIOURS: dict[str, Behaviour] = {
    "hang": _hang,
    "redirect": _redirect,
    "drip": _drip,
    "large": _large,
    "bomb": _bomb,
}

if __name__ == "__main__":
    sys.exit(main(webhooks, __doc__, rate=100.0, bad_rate=10.0, seconds=30.0))
