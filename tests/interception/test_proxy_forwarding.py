"""Requests in absolute form through the proxy, and what it says when it cannot."""

import asyncio

import pytest

from offhook.interception.authority import Authority
from offhook.interception.upstream import ProxyServer, Upstream
from tests.interception.town import OK, answering, echo, exchange, in_town


def test_plain_requests_for_twilio_come_to_our_plain_port_with_their_host():
    async def story(town):
        heard: list[bytes] = []
        ours = await town.server(answering(OK, heard))
        request = b"GET http://api.twilio.com/x?y=1 HTTP/1.1\r\nHost: other\r\nProxy-Connection: keep-alive\r\n\r\n"
        answer = await exchange(await town.proxy(http=ours), request)
        assert heard == [b"GET /x?y=1 HTTP/1.1\r\nHost: api.twilio.com\r\nConnection: close\r\n\r\n"]
        assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

    in_town(story)


def test_an_https_url_for_twilio_comes_to_our_tls_port(tmp_path):
    async def story(town):
        heard: list[bytes] = []
        authority = Authority.open(tmp_path)
        ours = await town.server(answering(OK, heard), authority.server_context())
        proxy = await town.proxy(tls=ours, ca=authority.ca_path)
        answer = await exchange(proxy, b"GET https://verify.twilio.com/v2/Services HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer.endswith(b"ok")
        assert heard[0].startswith(b"GET /v2/Services HTTP/1.1\r\nHost: verify.twilio.com\r\n")

    in_town(story)


def test_plain_requests_for_others_go_to_their_host_and_port():
    async def story(town):
        heard: list[bytes] = []
        there = await town.server(answering(OK, heard))
        answer = await exchange(await town.proxy(), f"GET http://u:p@127.0.0.1:{there}?q HTTP/1.1\r\n\r\n".encode())
        assert answer.endswith(b"ok")
        assert heard[0].startswith(f"GET /?q HTTP/1.1\r\nHost: 127.0.0.1:{there}\r\n".encode())

    in_town(story)


def test_plain_requests_go_through_the_users_proxy_as_whole_urls():
    async def story(town):
        heard: list[bytes] = []
        away = await town.server(answering(OK, heard))
        server = ProxyServer("127.0.0.1", away, authorization="Basic abc")
        proxy = await town.proxy(upstream=Upstream(http=server))
        await exchange(proxy, b"GET http://world.example/x HTTP/1.1\r\nProxy-Authorization: Basic mine\r\n\r\n")
        assert heard[0].startswith(b"GET http://world.example/x HTTP/1.1\r\nHost: world.example\r\n")
        assert b"Proxy-Authorization: Basic abc\r\n" in heard[0]
        assert b"mine" not in heard[0]

    in_town(story)


def test_a_body_is_forwarded_and_what_follows_it_is_not():
    async def story(town):
        heard: list[bytes] = []
        ended = asyncio.Event()

        async def hear_all(reader, writer):
            heard.append(await reader.readuntil(b"abc"))
            await asyncio.sleep(0.05)
            writer.write(OK)
            writer.write_eof()
            heard.append(await reader.read())
            writer.close()
            ended.set()

        ours = await town.server(hear_all)
        request = b"POST http://api.twilio.com/x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
        answer = await exchange(await town.proxy(http=ours), request + b"GET http://elsewhere/ HTTP/1.1\r\n\r\n")
        assert answer.endswith(b"ok")
        await ended.wait()
        assert heard[0].endswith(b"\r\n\r\nabc")
        assert heard[1] == b""

    in_town(story)


def test_a_chunked_body_with_trailers_is_forwarded_to_its_end():
    async def story(town):
        heard: list[bytes] = []
        chunks = b"5;name=value\r\nhello\r\n0\r\nChecksum: 1\r\n\r\n"

        async def handle(reader, writer):
            heard.append(await reader.readuntil(b"Checksum: 1\r\n\r\n"))
            writer.write(OK)
            writer.close()

        ours = await town.server(handle)
        request = b"POST http://api.twilio.com/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
        assert (await exchange(await town.proxy(http=ours), request)).endswith(b"ok")
        assert heard[0].endswith(chunks)

    in_town(story)


def test_expect_100_continue_is_answered_by_the_server():
    async def story(town):
        async def careful(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = await reader.readexactly(4)
            writer.write(b"HTTP/1.1 201 Created\r\n\r\n" + body)
            writer.close()

        ours = await town.server(careful)
        reader, writer = await asyncio.open_connection("127.0.0.1", await town.proxy(http=ours))
        writer.write(b"PUT http://api.twilio.com/x HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"body")
        assert await reader.read() == b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nbody"
        writer.close()

    in_town(story)


def test_an_answer_before_the_end_of_the_body_arrives_whole():
    async def story(town):
        async def impatient(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 413 Too Large\r\n\r\n" + b"!" * 100_000)
            writer.write_eof()
            await reader.read()  # a proper server hears its client out
            writer.close()

        ours = await town.server(impatient)
        reader, writer = await asyncio.open_connection("127.0.0.1", await town.proxy(http=ours))
        writer.write(b"POST http://api.twilio.com/x HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n" + bytes(1_000_000))
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert answer.count(b"!") == 100_000
        writer.close()

    in_town(story)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        (b"CONNECT nowhere HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT a@b:443 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT b:99999 HTTP/1.1\r\n\r\n", 400),
        (b"GET http:/// HTTP/1.1\r\n\r\n", 400),
        (b"GET http://h:port/ HTTP/1.1\r\n\r\n", 400),
        (b"POST http://127.0.0.1/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"rubbish\r\n\r\n", 400),
        (b"GET http://api.twilio.com/ HTTP/1.1\r\nA: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET http://127.0.0.1:1/ HTTP/1.1\r\n\r\n", 502),
        (b"CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n", 502),
        (b"CONNECT " + b"a" * 64 + b".example:443 HTTP/1.1\r\n\r\n", 502),
    ],
)
def test_what_cannot_be_done_is_answered_in_words(request_, status):
    async def story(town):
        reader, writer = await asyncio.open_connection("127.0.0.1", await town.proxy())
        writer.write(request_)
        writer.write_eof()
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert b"\r\n\r\nOffhook's proxy: " in answer
        writer.close()

    in_town(story)


def test_a_server_without_a_proper_answer_is_a_502():
    async def story(town):
        for nonsense in (b"", b"hello\r\n\r\n", b"HTTP/1.1 101 Switching\r\n\r\n"):
            ours = await town.server(answering(nonsense, []))
            answer = await exchange(await town.proxy(http=ours), b"GET http://api.twilio.com/ HTTP/1.1\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 502 ")

    in_town(story)


def test_a_host_that_does_not_answer_in_time_is_a_504():
    async def story(town):
        async def mute(reader, writer):
            await reader.read()
            writer.close()

        there = await town.server(mute)
        proxy = await town.proxy(dial_seconds=0.1)
        answer = await exchange(proxy, f"GET https://127.0.0.1:{there}/ HTTP/1.1\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 504 ")

    in_town(story)


def test_a_certificate_that_is_not_trusted_is_a_502(tmp_path):
    async def story(town):
        there = await town.server(echo, Authority.open(tmp_path).server_context())
        answer = await exchange(await town.proxy(), f"GET https://localhost:{there}/ HTTP/1.1\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 502 ")
        assert b"CERTIFICATE_VERIFY_FAILED" in answer

    in_town(story)
