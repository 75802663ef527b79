"""A town for the proxy: scripted servers on one side, raw clients on the other, all on real sockets."""

import asyncio

import uvloop

from offhook.interception.proxy import Proxy

NOWHERE = 1  # a port nobody listens on
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Town:
    """Servers and proxies of one test; all must be quiet at the end."""

    def __init__(self) -> None:
        self.servers: list[asyncio.Server] = []
        self.proxies: list[Proxy] = []

    async def server(self, handle, context=None) -> int:
        made = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
        self.servers.append(made)
        return made.sockets[0].getsockname()[1]

    async def proxy(self, tls=NOWHERE, http=NOWHERE, upstream=None, **settings) -> int:
        made = Proxy(tls, http, upstream, **settings)
        self.proxies.append(made)
        return await made.start()


def in_town(story):
    """Runs a test's coroutine, and checks that the proxies leave no task behind."""

    async def run():
        town = Town()
        before = asyncio.all_tasks()
        await asyncio.wait_for(story(town), 10)
        for proxy in town.proxies:
            await proxy.stop()
            assert not proxy._tasks
        for server in town.servers:
            server.close()
        await asyncio.sleep(0.02)
        left = [task for task in asyncio.all_tasks() - before if "interception" in repr(task.get_coro())]
        assert left == []

    asyncio.run(run())
    uvloop.run(run())  # what the product runs on


def answering(answer: bytes, heard: list[bytes], then_close: bool = True):
    async def handle(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = [
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        heard.append(head + await reader.readexactly(sum(length)))
        writer.write(answer)
        await writer.drain()
        if then_close:
            writer.close()

    return handle


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def exchange(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def tunnel(port: int, target: str):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    return head.split(b"\r\n")[0], reader, writer
