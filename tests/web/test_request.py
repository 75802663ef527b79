"""Requests as they come over a real connection: oddly made ones that clients do send, and malformed ones."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from offhook.roles.serving import Listener
from tests.sample_api import AUTHORIZED, JARS, Answered, open_api

FORM = "Content-Type: application/x-www-form-urlencoded"


@asynccontextmanager
async def served(folder):
    async with open_api(folder) as api:
        listener = Listener(api.app, "127.0.0.1", 0)
        await listener.start()
        try:
            yield api, listener
        finally:
            await listener.stop()


def asked(folder, request: bytes) -> tuple[Answered, int]:
    """The answer to these bytes, and how many jars there are then."""

    async def scenario():
        async with served(folder) as (api, listener):
            reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
            writer.write(request)
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
            await writer.wait_closed()
            return answered(head, body), await api.count()

    return asyncio.run(asyncio.wait_for(scenario(), 10))


def answered(head: bytes, body: bytes) -> Answered:
    status, *lines = head.split(b"\r\n")
    pairs = [line.split(b": ", 1) for line in lines]
    start = {"status": int(status.split()[1]), "headers": [(name.lower(), value) for name, value in pairs]}
    return Answered([start, {"body": body}])


def posting(body: bytes, *headers: str, length: bool = True) -> bytes:
    lines = [
        f"POST {JARS} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: {AUTHORIZED[1].decode()}",
        "Connection: close",
    ]
    lines += [*headers, *([f"Content-Length: {len(body)}"] if length else [])]
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_a_body_in_chunks(tmp_path):
    chunks = b"5;name=value\r\nLabel\r\n1\r\n=\r\n4\r\nplum\r\n0\r\nTrailer: x\r\n\r\n"
    answer, count = asked(tmp_path, posting(chunks, FORM, "Transfer-Encoding: chunked", length=False))
    assert (answer.status, answer.json["label"], count) == (201, "plum", 1)


def test_chunks_that_are_too_much_together(tmp_path):
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer, count = asked(tmp_path, posting(chunk + b"1\r\nx\r\n", FORM, "Transfer-Encoding: chunked", length=False))
    assert (answer.status, answer.json["code"], count) == (413, 20001, 0)


@pytest.mark.parametrize(
    "kind",
    [
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        "Content-Type: application/x-www-form-urlencoded;charset=iso-8859-1",
        "content-type: APPLICATION/X-WWW-FORM-URLENCODED",
        "Content-Type:",
        "X-Nothing: 1",
    ],
)
def test_a_form_by_another_name_or_none(tmp_path, kind):
    answer, count = asked(tmp_path, posting(b"Label=plums+%c3%a4", kind))
    assert (answer.status, answer.json["label"], count) == (201, "plums ä", 1)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"Label=a%00b", "U+0000"),
        (b"Label=a\x00b", "U+0000"),
        (b"La%00bel=a", "U+0000"),
        (b"Label=%ff", "not valid UTF-8"),
        (b"Label=\xe4", "not valid UTF-8"),
        (b"&".join([b"A=1"] * 1001), "More than 1000"),
    ],
)
def test_a_form_that_is_none_is_refused_and_nothing_is_kept(tmp_path, body, message):
    answer, count = asked(tmp_path, posting(body, FORM))
    assert (answer.status, answer.json["code"], count) == (400, 20001, 0)
    assert message in answer.json["message"]
    assert answer.headers["twilio-request-id"].startswith("RQ")


@pytest.mark.parametrize(
    ("body", "label"),
    [
        (b"&&Label=a&", "a"),
        (b"=nothing&Label=a", "a"),
        (b"Label=a=b", "a=b"),
        (b"Label=100%", "100%"),
        (b"Label=%zz", "%zz"),
        (b"Label=a;b", "a;b"),
        (b"Label=x&Label=a", "a"),
        (b"%4Cabel=a", "a"),
    ],
)
def test_a_form_that_is_odd_is_read_as_browsers_write_it(tmp_path, body, label):
    answer, _ = asked(tmp_path, posting(body, FORM))
    assert (answer.status, answer.json["label"]) == (201, label)


@pytest.mark.parametrize("body", [b'{"Label":"plums"}', b"", b"\r\n"])
def test_a_body_without_the_parameter_is_told_which_one_it_lacks(tmp_path, body):
    answer, count = asked(tmp_path, posting(body, FORM))
    assert (answer.status, answer.json["code"], count) == (400, 21602, 0)


def test_a_request_cannot_be_two(tmp_path):
    """Content-Length and chunks at once (RFC 9112 §6.1): the start of a smuggled request."""
    both = posting(b"0\r\n\r\nPOST / HTTP/1.1\r\n\r\n", FORM, "Transfer-Encoding: chunked")
    answer, count = asked(tmp_path, both)
    assert (answer.status, count) == (400, 0)
