"""Programs as people wrote them, started under our environment, reach us: the real packages, real curl, real Node."""

import asyncio
import shutil
import ssl
from pathlib import Path

import certifi
import pytest

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
PYTHON_SHIM, NODE_SHIM = ("PYTHONPATH",), ("NODE_OPTIONS",)
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")

GUIDES_SNIPPET = """
from twilio.rest import TwilioRestClient
client = TwilioRestClient("ACxxxxxxxxxxxxxx", "zzzzzzzzzzzzz")
message = client.messages.create(to="+19732644152", from_="+12023358536", body="Hello from Python!")
print(message.sid)
"""
SYNC = """
import os
from twilio.rest import Client
message = Client().messages.create(to="+19732644152", from_="+12023358536", body="Hello from Python!")
print(message.sid)
"""
ASYNC = """
import asyncio, os
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client
async def main():
    async with AsyncTwilioHttpClient() as http:
        message = await Client(http_client=http).messages.create_async(
            to="+19732644152", from_="+12023358536", body="Hello from Python!")
        print(message.sid)
"""
REQUESTS = """
import requests
r = requests.get("https://api.twilio.com/2010-04-01/Accounts.json", auth=("AC1", "t"))
print(r.status_code)
"""


@pytest.mark.parametrize("drop", [(), PROXY_VARIABLES + BUNDLES], ids=["everything", "shim alone"])
def test_the_snippet_that_guides_print_works_with_twilio_5(house, twilio_5, drop):
    done = house.python(GUIDES_SNIPPET, parent={"PYTHONPATH": str(twilio_5)}, drop=drop)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("SM" + "0" * 32, "", 0)
    first, second = house.requests
    assert "authorization" not in first.headers  # httplib2 waits for the challenge
    assert second.host == "api.twilio.com"
    assert second.target == "/2010-04-01/Accounts/ACxxxxxxxxxxxxxx/Messages.json"
    assert second.form == {
        "To": ["+19732644152"],
        "From": ["+12023358536"],
        "Body": ["Hello from Python!"],
    }


@pytest.mark.parametrize(
    "drop", [(), PROXY_VARIABLES + BUNDLES, PYTHON_SHIM], ids=["everything", "shim alone", "proxy alone"]
)
def test_twilio_9_works_with_our_credentials(house, drop):
    done = house.python(SYNC, drop=drop)
    assert (done.stdout.strip(), done.stderr) == ("SM" + "0" * 32, "")
    (request,) = house.requests
    assert request.target == f"/2010-04-01/Accounts/{house.connection.account_sid}/Messages.json"
    assert (request.scheme, request.host) == ("https", "api.twilio.com")


def test_twilio_9_works_in_an_edge_and_a_region(house):
    done = house.python(SYNC, parent={"TWILIO_EDGE": "dublin", "TWILIO_REGION": "ie1"})
    assert (done.stdout.strip(), done.stderr) == ("SM" + "0" * 32, "")
    assert house.requests[0].host == "api.dublin.ie1.twilio.com"


@pytest.mark.parametrize("run", ["asyncio.run(main())", "import uvloop; uvloop.run(main())"], ids=["asyncio", "uvloop"])
def test_twilio_9_async_works_although_it_ignores_proxies(house, run):
    done = house.python(ASYNC + run)
    assert (done.stdout.strip(), done.stderr) == ("SM" + "0" * 32, "")
    assert house.requests[0].host == "api.twilio.com"


@pytest.mark.parametrize(
    "drop", [(), PROXY_VARIABLES + BUNDLES, PYTHON_SHIM], ids=["everything", "shim alone", "proxy alone"]
)
def test_requests_works(house, drop):
    done = house.python(REQUESTS, drop=drop)
    assert (done.stdout.strip(), done.stderr) == ("200", "")
    assert house.requests[0].host == "api.twilio.com"


def test_an_asyncio_stream_to_twilio_arrives(house):
    code = """
import asyncio, ssl
async def main():
    reader, writer = await asyncio.open_connection("lookups.twilio.com", 443, ssl=ssl.create_default_context())
    writer.write(b"GET /v2/PhoneNumbers/1 HTTP/1.1\\r\\nHost: lookups.twilio.com\\r\\n\\r\\n")
    print((await reader.readline()).decode().split()[1])
    writer.close()
"""
    for run in ("asyncio.run(main())", "import uvloop; uvloop.run(main())"):
        assert house.python(code + run).stdout.strip() == "401"


def test_curl_works(house):
    curl = shutil.which("curl")
    done = house.run(
        curl, "-sS", "-u", "AC1:t", "https://api.twilio.com/2010-04-01/Accounts.json", "-w", "%{http_code}"
    )
    assert (done.stdout[-3:], done.stderr) == ("200", "")


def test_curl_of_plain_http_to_twilio_stays_here(house):
    done = house.run(shutil.which("curl"), "-sS", "-u", "a:b", "http://api.twilio.com/x", "-w", "%{http_code}")
    assert (done.stdout[-3:], done.stderr) == ("200", "")
    assert (house.requests[0].scheme, house.requests[0].host) == ("http", "api.twilio.com")


NODE_HTTPS = """
require('https').get('https://api.twilio.com/2010-04-01/Accounts.json', {auth: 'AC1:t'}, (answer) => {
  console.log(answer.statusCode); answer.resume();
});
"""
NODE_FETCH = """
fetch('https://verify.twilio.com/v2/Services', {headers: {authorization: 'Basic QUM6dA=='}})
  .then((answer) => console.log(answer.status));
"""
NODE_PINNED = """
const ca = require('fs').readFileSync(process.argv[1]);
require('https').get('https://api.twilio.com/x', {auth: 'AC1:t', ca}, (answer) => {
  console.log(answer.statusCode); answer.resume();
});
"""
NODE_ESM = """
import { connect } from 'node:tls';
const socket = connect(443, 'api.twilio.com', () => { console.log(socket.authorized); socket.end(); });
"""


@pytest.mark.parametrize("code", [NODE_HTTPS, NODE_FETCH], ids=["https", "fetch"])
def test_node_works(house, code):
    done = house.run(shutil.which("node"), "-e", code)
    assert (done.stdout.strip(), done.stderr) == ("200", "")


def test_node_works_where_the_program_names_its_own_ca(house):
    node = shutil.which("node")
    done = house.run(node, "-e", NODE_PINNED, certifi.where(), drop=("NODE_EXTRA_CA_CERTS",))
    assert (done.stdout.strip(), done.stderr) == ("200", "")


def test_node_modules_that_import_tls_work(house):
    done = house.run(shutil.which("node"), "--input-type=module", "-e", NODE_ESM)
    assert (done.stdout.strip(), done.stderr) == ("true", "")


def test_the_rest_of_the_world_is_reached_through_the_users_own_proxy(house, tmp_path):
    world = World(house, tmp_path)
    done = house.python(
        "import requests; print(requests.get('https://world.example/').text)",
        parent={"HTTPS_PROXY": f"http://me:p%40ss@127.0.0.1:{world.port}", "REQUESTS_CA_BUNDLE": str(world.bundle)},
    )
    assert (done.stdout.strip(), done.stderr) == ("the rest of the world", "")
    (asked,) = world.asked
    assert asked.startswith(b"CONNECT world.example:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6cEBzcw==\r\n" in asked
    assert house.requests == []


class World:
    """Another proxy, which leads to a server with a certificate of another CA, for any name."""

    def __init__(self, house, folder: Path) -> None:
        self.house, self.asked = house, []
        self.bundle = folder / "world.pem"
        house.on_loop(self._open())

    async def _open(self) -> None:
        key, certificate = self._certificate()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = await asyncio.start_server(self._greet, "127.0.0.1", 0, ssl=context)
        self.server_port = server.sockets[0].getsockname()[1]
        proxy = await asyncio.start_server(self._lead, "127.0.0.1", 0)
        self.port = proxy.sockets[0].getsockname()[1]

    def _certificate(self) -> tuple[Path, Path]:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        from offhook.interception import certificates
        from offhook.interception.authority import wall_time

        key = ec.generate_private_key(ec.SECP256R1())
        name = certificates._name("The rest of the world")
        builder = certificates._builder(name, name, key.public_key(), wall_time(), wall_time() + certificates.LEAF_LIFE)
        names = x509.SubjectAlternativeName([x509.DNSName("world.example")])
        made = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
        self.bundle.write_bytes(certificates.certificate_pem(made))
        key_file = self.bundle.with_suffix(".key")
        key_file.write_bytes(certificates.key_pem(key))
        return key_file, self.bundle

    async def _greet(self, reader, writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\nthe rest of the world")
        await writer.drain()
        writer.close()

    async def _lead(self, reader, writer) -> None:
        self.asked.append(await reader.readuntil(b"\r\n\r\n"))
        there, back = await asyncio.open_connection("127.0.0.1", self.server_port)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(carry(reader, back), carry(there, writer))


async def carry(source, sink) -> None:
    while data := await source.read(65536):
        sink.write(data)
    sink.close()
