"""S2, S3, S19: clients that are slow, silent, many or rude. The good client is served as before.

10,000 idle connections (fewer where the machine allows fewer) are open while texts are posted; then come slow heads and
bodies, 10 MB bodies, pipelined requests, a request whose length is doubtful, and more connections than descriptors.
"""

import asyncio
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path

from soak.figures import Figures, share
from soak.house import House
from soak.load import Client
from soak.places import SQLITE, Place, run
from soak.settling import NUMBER, PHONES

HEAD_WITHIN, BODY_WITHIN = 10.0, 30.0
GROWTH = 200  # MB, for all connections together
SPARE = 300  # descriptors that we and Offhook need for other things
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def connections(place: Place, *, idle: int = 10_000, seconds: float = 8.0, patience: float = 1.5) -> Figures:
    """The program. `idle` connections; each phase of the good client takes `seconds`."""
    count = _allowed(idle)
    figures = Figures(f"Rude clients, {count} idle connections")
    with House(place.folder, descriptors=count + SPARE) as house:
        house.start()
        async with Client(house.url, house.credentials, connections=8) as client:
            alone = await _good_client(client, seconds, "alone")
            memory = house.resident()
            silent = await _open(house, count)
            beside = await _good_client(client, seconds / 2, "beside")
            figures.at_most("memory for the connections", (house.resident() - memory) / 1e6, GROWTH, " MB")
            figures.at_most("good client's p95 beside them, times alone", _ratio(beside, alone), 2.0)
            left = await _until_closed(silent, HEAD_WITHIN + patience)
            figures.none("idle connections that stay open", left)
            await _slow(figures, house, patience)
            await large_bodies(figures, house)
            await odd_requests(figures, house)
            await _more_than_there_are(figures, house, client, count)
    return figures


def _allowed(wanted: int) -> int:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return min(wanted, soft - 2 * SPARE)


async def _good_client(client: Client, seconds: float, name: str) -> list[float]:
    known = len(client.ledger.took)
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        await client.post({"To": PHONES[number % len(PHONES)], "From": NUMBER, "Body": f"{name} {number}"})
        number += 1
        await asyncio.sleep(0.01)
    return client.ledger.took[known:]


def _ratio(one: list[float], other: list[float]) -> float:
    return share(one, 0.95) / share(other, 0.95) if one and other else 99.0


async def _open(house: House, count: int) -> list[Stream]:
    found: list[Stream] = []
    while len(found) < count:
        some = [asyncio.open_connection("127.0.0.1", house.port) for _ in range(min(500, count - len(found)))]
        found += await asyncio.gather(*some)
    return found


async def _until_closed(streams: list[Stream], within: float) -> int:
    """How many are still open after that many seconds."""

    async def end(reader: asyncio.StreamReader) -> None:
        with suppress(ConnectionError):
            await reader.read()

    waiting = [asyncio.ensure_future(end(reader)) for reader, _ in streams]
    _, pending = await asyncio.wait(waiting, timeout=within)
    for task in pending:
        task.cancel()
    for _, writer in streams:
        writer.close()
    return len(pending)


async def _slow(figures: Figures, house: House, patience: float) -> None:
    """One header a second, one byte of a body a second."""
    head = b"POST / HTTP/1.1\r\nHost: a\r\n"
    heads = _closed_after(house, head, b"X: y\r\n", HEAD_WITHIN + patience)
    bodies = _closed_after(house, head + b"Content-Length: 100\r\n\r\n", b"x", BODY_WITHIN + patience)
    took_head, took_body = await asyncio.gather(heads, bodies)
    figures.at_most("a slow head is closed after", took_head, HEAD_WITHIN + patience, " s")
    figures.at_most("a slow body is closed after", took_body, BODY_WITHIN + patience, " s")


async def _closed_after(house: House, first: bytes, then: bytes, most: float) -> float:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    began = time.monotonic()
    writer.write(first)
    while time.monotonic() - began < most + 1:
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(1):
                if not await reader.read(1000):
                    break
        if reader.at_eof():
            break
        writer.write(then)
    writer.close()
    return time.monotonic() - began


async def large_bodies(figures: Figures, house: House) -> None:
    """What is declared is refused before it is sent; what is not declared is cut when it is too much."""
    declared, sent = await _refused(house, b"Content-Length: 10000000", b"x" * 65536)
    figures.none("10 MB that are declared: not 413", int(b" 413 " not in declared), f"{declared[:60]!r}")
    figures.at_most("10 MB that are declared: sent before the answer", sent / 1e6, 5.0, " MB")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    chunked, sent = await _refused(house, b"Transfer-Encoding: chunked", chunk)
    figures.none("10 MB in chunks: not 413", int(b" 413 " not in chunked), f"{chunked[:60]!r}")
    figures.at_most("10 MB in chunks: sent before the answer", sent / 1e6, 9.0, " MB")


async def _refused(house: House, header: bytes, piece: bytes) -> tuple[bytes, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    path = f"/2010-04-01/Accounts/{house.credentials[0]}/Messages.json".encode()
    writer.write(b"POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n" % (path, header))
    answer, sent = asyncio.ensure_future(reader.read(200)), 0
    with suppress(ConnectionError):
        while sent < 10_000_000 and not answer.done():
            writer.write(piece)
            sent += len(piece)
            await writer.drain()
            await asyncio.sleep(0.001)
    said = b""
    with suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(5):
            said = await answer
    writer.close()
    return said, sent


async def odd_requests(figures: Figures, house: House) -> None:
    get = b"GET /offhook/v1/Clock HTTP/1.1\r\nHost: a\r\n"
    piped = await _answers(house, 2 * (get + b"\r\n") + get + b"Connection: close\r\n\r\n")
    figures.none("pipelined requests without an answer", 3 - piped.count(b"HTTP/1.1 401 "))
    smuggled = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get
    answers = await _answers(house, smuggled + b"\r\n")
    figures.none("Content-Length with Transfer-Encoding: not one 400", abs(answers.count(b"HTTP/1.1 ") - 1))
    figures.none("Content-Length with Transfer-Encoding: another answer", int(not answers.startswith(b"HTTP/1.1 400 ")))


async def _answers(house: House, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(request)
    answers = b""
    with suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(5):
            answers = await reader.read()
    writer.close()
    return answers


async def _more_than_there_are(figures: Figures, house: House, client: Client, count: int) -> None:
    """Descriptors run out; when the silent ones are gone, everything is as before."""
    streams: list[Stream] = []
    with suppress(OSError):
        streams = await _open(house, min(count + SPARE, _allowed(10**6)))
    log = house.log.stat().st_size
    await asyncio.sleep(3)
    figures.at_most("log lines about it", (house.log.stat().st_size - log) / 3e3, 10, " kB/s")
    spent = _processor_seconds(house)
    await asyncio.sleep(2)
    figures.at_most("of a processor, while there are none left", (_processor_seconds(house) - spent) / 2, 0.3)
    for _, writer in streams:
        writer.close()
    await asyncio.sleep(1.5)
    after = await _good_client(client, 1, "after")
    figures.at_least("texts accepted afterwards", len(after), 10)


def _processor_seconds(house: House) -> float:
    fields = Path(f"/proc/{house.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    sys.exit(0 if run(connections, SQLITE).show() else 1)
