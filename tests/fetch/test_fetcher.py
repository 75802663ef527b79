"""Calls that go well, and what is on the wire then."""

import asyncio
import datetime
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from offhook.fetch import Fetcher, FetchError, Guard, Limits, Request, answer_challenge

pytestmark = pytest.mark.usefixtures("each_loop")

Make = Callable[..., Any]


def test_a_post_arrives_as_it_was_given(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"<Response/>", "200 OK", "Content-Type: text/xml")) as there, fetching() as (it, _):
            url = f"http://us:pw@127.0.0.1:{there.port}/a%20b?x=%41&y=1+2#rc=3"
            request = Request("POST", url, (("X-Twilio-Signature", "s="), ("Content-Type", "a/b")), b"Body=hi")
            response = await it.send(request)
            assert (response.status, response.text(), response.content_type) == (200, "<Response/>", "text/xml")
            assert response.url == f"http://127.0.0.1:{there.port}/a%20b?x=%41&y=1+2"
            assert 0 < response.elapsed < 1
            head, _, body = there.requests[0].partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            assert lines[0] == "POST /a%20b?x=%41&y=1+2 HTTP/1.1"
            assert body == b"Body=hi"
            assert {
                f"Host: 127.0.0.1:{there.port}",
                "User-Agent: TwilioProxy/1.1",
                "X-Twilio-Signature: s=",
                "Content-Type: a/b",
                "Content-Length: 7",
                "Accept: */*",
                "Accept-Encoding: identity",
            } == {line.replace("-twilio-s", "-Twilio-S") for line in lines[1:]}

    asyncio.run(scenario())


def test_a_get_has_no_body(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer()) as there, fetching() as (it, _):
            assert (await it.send(Request("GET", there.url + "?a=b"))).status == 200
            assert b"content-length" not in there.requests[0].lower()
            assert there.requests[0].startswith(b"GET /hook?a=b HTTP/1.1\r\n")

    asyncio.run(scenario())


def test_connections_are_used_again(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"ok")) as there, fetching() as (it, _):
            for _ in range(5):
                await it.send(Request("POST", there.url, body=b"x"))
            assert (len(there.requests), there.connections) == (5, 1)

    asyncio.run(scenario())


def test_a_short_read_timeout_changes_nothing_on_the_wire(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"ok")) as there, fetching() as (it, _):
            for limits in (Limits(), Limits(read=1)):
                await it.send(Request("POST", there.url, (("A", "b"),), b"Body=hi", limits))
            plain, watched = (sorted(each.lower().split(b"\r\n")) for each in there.requests)
            assert plain == watched

    asyncio.run(scenario())


def test_headers_keep_their_order_and_repetitions(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        cookies = "Set-Cookie: a=1", "X-One: 1", "Set-Cookie: b=2"
        async with receiver(answer(b"", "200 OK", *cookies)) as there, fetching() as (it, _):
            response = await it.send(Request("GET", there.url))
            assert response.header_values("Set-Cookie") == ("a=1", "b=2")
            assert response.header("X-One") == "1"

    asyncio.run(scenario())


def test_a_header_that_is_not_ascii_spoils_only_itself(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async with receiver(answer(b"ok", "200 OK", "X-Bad: \xe9", "X-Good: yes")) as there, fetching() as (it, _):
            response = await it.send(Request("GET", there.url))
            assert (response.header("x-bad"), response.header("x-good"), response.body) == ("\ufffd", "yes", b"ok")

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "connection"])
def test_the_clients_own_headers_cannot_be_set(name: str, fetching: Make) -> None:
    async def scenario() -> None:
        async with fetching() as (it, _):
            with pytest.raises(ValueError, match=name.lower()):
                await it.send(Request("GET", "http://127.0.0.1:1/", ((name, "x"),)))

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("method", "header"), [("GET", ("X", "a\r\nY: b")), ("GET", ("X y", "a")), ("G T", ("X", "a"))]
)
def test_nothing_can_be_smuggled_into_a_request(method: str, header: tuple[str, str], fetching: Make) -> None:
    async def scenario() -> None:
        async with fetching() as (it, _):
            with pytest.raises(FetchError) as caught:
                await it.send(Request(method, "http://127.0.0.1:1/", (header,)))
            assert caught.value.kind == "protocol"

    asyncio.run(scenario())


def test_proxies_of_the_environment_are_ignored(
    receiver: Make, fetching: Make, answer: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    async def scenario() -> None:
        names = {"app.example": ["127.0.0.1"]}
        async with receiver(answer(b"direct")) as there, fetching(names) as (it, _):
            response = await it.send(Request("GET", f"http://app.example:{there.port}/"))
            assert response.body == b"direct"

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["app.example", "app.example.", "localhost"])
def test_a_name_is_resolved_once_and_pinned(name: str, receiver: Make, answer: Make) -> None:
    """The second answer would be a metadata address; nobody asks for it."""

    async def scenario() -> None:
        answers = [["127.0.0.1"], ["169.254.169.254"]]

        async def rebinding(host: str, port: int) -> list[str]:
            return answers.pop(0)

        fetcher = Fetcher(Guard(allow_private=True, own_ports=lambda: (), resolve=rebinding))
        async with receiver(answer(b"ok")) as there:
            url = f"http://{name}:{there.port}/"
            assert (await fetcher.send(Request("POST", url, body=b"x"))).body == b"ok"
            assert f"Host: {name}:{there.port}\r\n".encode() in there.requests[0]
            assert answers == [["169.254.169.254"]]
            with pytest.raises(FetchError) as caught:
                await fetcher.send(Request("POST", url, body=b"x"))
            assert caught.value.kind == "refused"
            assert len(there.requests) == 1
        await fetcher.close()

    asyncio.run(scenario())


def test_nothing_on_the_first_address_leads_to_the_second(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        names = {"app.example": ["127.0.0.9", "127.0.0.1"]}
        async with receiver(answer(b"ok")) as there, fetching(names) as (it, asked):
            assert (await it.send(Request("GET", f"http://app.example:{there.port}/"))).body == b"ok"
            assert asked == ["app.example"]

    asyncio.run(scenario())


def test_a_refused_address_gets_no_connection(receiver: Make, answer: Make) -> None:
    async def scenario() -> None:
        fetcher = Fetcher(Guard(allow_private=False, own_ports=lambda: ()))
        async with receiver(answer()) as there:
            for host in ("127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]"):
                with pytest.raises(FetchError) as caught:
                    await fetcher.send(Request("GET", f"http://{host}:{there.port}/"), redirects=3)
                assert caught.value.kind == "refused"
            assert there.connections == 0
        await fetcher.close()

    asyncio.run(scenario())


def test_a_challenge_is_answered_with_the_urls_credentials(receiver: Make, fetching: Make, answer: Make) -> None:
    async def scenario() -> None:
        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            known = b"Basic dXM6cHc=" in there.requests[-1]
            challenge = 'WWW-Authenticate: Basic realm="x"'
            writer.write(answer(b"in") if known else answer(b"", "401 Unauthorized", challenge))

        async with receiver(behave) as there, fetching() as (it, _):
            request = Request("POST", f"http://us:pw@127.0.0.1:{there.port}/", body=b"x")
            again = answer_challenge(request, await it.send(request))
            assert b"uthorization" not in there.requests[0]
            assert again is not None
            assert (await it.send(again)).body == b"in"

    asyncio.run(scenario())


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, bytes]:
    """A server context for `name` under a CA of its own, and that CA as PEM."""
    now = datetime.datetime.now(datetime.UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test CA")])

    def build(subject: str, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().issuer_name(issuer).public_key(public)
        made = made.subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))

    authority = build("Test CA", ca_key.public_key()).add_extension(x509.BasicConstraints(True, 0), critical=True)
    leaf = build(name, key.public_key())
    leaf = leaf.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    (folder / "leaf.pem").write_bytes(
        leaf.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "leaf.pem")
    return context, authority.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_tls_is_checked_against_the_name_not_the_address(
    receiver: Make, fetching: Make, answer: Make, tmp_path: Path
) -> None:
    async def scenario() -> None:
        context, authority = certificate(tmp_path, "app.example")
        asked: list[str | None] = []
        context.sni_callback = lambda _socket, name, _context: asked.append(name)
        names = {"app.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
        async with (
            receiver(answer(b"ok"), tls=context) as there,
            fetching(names, extra_ca=authority) as (trusting, _),
            fetching(names) as (doubting, _),
        ):
            url = f"https://app.example:{there.port}/"
            assert (await trusting.send(Request("GET", url))).body == b"ok"
            assert asked == ["app.example"]
            for fetcher, wrong in ((doubting, url), (trusting, url.replace("app.", "other."))):
                with pytest.raises(FetchError) as caught:
                    await fetcher.send(Request("GET", wrong))
                assert (caught.value.kind, caught.value.retry_class) == ("tls", "ct")
            assert len(there.requests) == 1

    asyncio.run(scenario())


def test_plain_http_on_the_other_side_is_a_tls_error(fetching: Make) -> None:
    async def scenario() -> None:
        async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(speak_plainly, "127.0.0.1", 0)
        async with server, fetching() as (it, _):
            with pytest.raises(FetchError) as caught:
                await it.send(Request("GET", f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"))
            assert caught.value.kind == "tls"

    asyncio.run(scenario())
