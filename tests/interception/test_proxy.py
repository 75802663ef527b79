"""Tunnels through the proxy."""

import asyncio

import pytest

from offhook.interception.proxy import Proxy
from offhook.interception.tunnelling import Side
from offhook.interception.upstream import ProxyServer, Upstream
from tests.interception.town import NOWHERE, answering, echo, exchange, in_town, tunnel


@pytest.mark.parametrize("host", ["api.twilio.com", "API.TWILIO.COM.", "api.dublin.ie1.twilio.com", "twimlets.com"])
def test_tunnels_to_twilio_end_at_our_tls_port(host):
    async def story(town):
        ours = await town.server(echo)
        status, reader, writer = await tunnel(await town.proxy(tls=ours), f"{host}:443")
        assert status == b"HTTP/1.1 200 Connection established"
        writer.write(b"\x16\x03hello")
        assert await reader.readexactly(7) == b"\x16\x03hello"
        writer.close()

    in_town(story)


@pytest.mark.parametrize("host", ["eviltwilio.com", "twilio.com.world.example", "world.example"])
def test_other_tunnels_go_to_the_host_through_the_users_proxy(host):
    async def story(town):
        asked: list[bytes] = []
        away = await town.server(answering(b"HTTP/1.1 200 Fine\r\n\r\nfrom afar", asked))
        server = ProxyServer("127.0.0.1", away, authorization="Basic abc")
        proxy = await town.proxy(upstream=Upstream(https=server))
        status, reader, writer = await tunnel(proxy, f"{host}:443")
        assert status == b"HTTP/1.1 200 Connection established"
        assert await reader.read() == b"from afar"
        assert asked == [
            f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\nProxy-Authorization: Basic abc\r\n\r\n".encode()
        ]
        writer.close()

    in_town(story)


def test_exempt_hosts_and_loopback_are_dialled_directly():
    async def story(town):
        there = await town.server(echo)
        upstream = Upstream(https=ProxyServer("127.0.0.1", NOWHERE))
        for host in ("127.0.0.1", "localhost"):
            status, _, writer = await tunnel(await town.proxy(upstream=upstream), f"{host}:{there}")
            assert status.startswith(b"HTTP/1.1 200")
            writer.close()

    in_town(story)


def test_an_upstream_that_is_ourselves_is_no_upstream():
    async def story(town):
        proxy = Proxy(NOWHERE, NOWHERE, Upstream(https=ProxyServer("127.0.0.1", port := free_port())))
        town.proxies.append(proxy)
        await proxy.start(port)
        unknown = b"a" * 64 + b".example:443"  # no DNS holds such a label, so none is asked
        answer = await exchange(port, b"CONNECT " + unknown + b" HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 502 ")
        assert unknown + b" cannot be reached" in answer

    in_town(story)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_an_upstream_that_refuses_is_reported_with_its_answer():
    async def story(town):
        away = await town.server(answering(b"HTTP/1.1 407 Who are you\r\n\r\n", []))
        proxy = await town.proxy(upstream=Upstream(https=ProxyServer("127.0.0.1", away)))
        answer = await exchange(proxy, b"CONNECT world.example:443 HTTP/1.1\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 502 ")
        assert b"407 Who are you" in answer

    in_town(story)


def test_each_direction_of_a_tunnel_ends_by_itself():
    async def story(town):
        async def listen_to_the_end(reader, writer):
            said = await reader.read()
            writer.write(b"you said " + said)
            writer.close()

        ours = await town.server(listen_to_the_end)
        _, reader, writer = await tunnel(await town.proxy(tls=ours), "api.twilio.com:443")
        writer.write(b"all")
        writer.write_eof()
        assert await reader.read() == b"you said all"
        writer.close()

    in_town(story)


def test_a_reset_is_passed_on_as_a_reset():
    async def story(town):
        async def break_off(reader, writer):
            await reader.readexactly(1)
            Side(reader, writer).cut()

        ours = await town.server(break_off)
        _, reader, writer = await tunnel(await town.proxy(tls=ours), "api.twilio.com:443")
        writer.write(b"xyz")
        with pytest.raises(ConnectionResetError):
            await reader.readexactly(1)
        writer.close()

    in_town(story)


def test_a_slow_reader_slows_the_writer():
    async def story(town):
        taken = 0

        async def pour(reader, writer):
            nonlocal taken
            while taken < 64 * 1024 * 1024:
                writer.write(bytes(65536))
                await writer.drain()
                taken += 65536

        ours = await town.server(pour)
        _, _, writer = await tunnel(await town.proxy(tls=ours), "api.twilio.com:443")
        await asyncio.sleep(0.2)
        assert 0 < taken < 32 * 1024 * 1024
        writer.transport.abort()

    in_town(story)


def test_a_silent_tunnel_is_closed_and_a_talking_one_is_not():
    async def story(town):
        ours = await town.server(echo)
        proxy = await town.proxy(tls=ours, idle_seconds=1.0)
        _, silent, first = await tunnel(proxy, "api.twilio.com:443")
        _, talking, second = await tunnel(proxy, "api.twilio.com:443")
        for _ in range(30):
            second.write(b".")
            assert await talking.readexactly(1) == b"."
            await asyncio.sleep(0.05)
        with pytest.raises(ConnectionResetError):
            await silent.readexactly(1)
        first.close()
        second.close()

    in_town(story)


def test_stopping_cuts_open_tunnels():
    async def story(town):
        ours = await town.server(echo)
        _, reader, writer = await tunnel(await town.proxy(tls=ours), "api.twilio.com:443")
        await town.proxies[0].stop()
        with pytest.raises(ConnectionResetError):
            await reader.readexactly(1)
        writer.close()

    in_town(story)
