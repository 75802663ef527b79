"""An answer from its bytes, however they are cut."""

import pytest

from offhook.fetch import FetchError
from offhook.fetch.reading import MAX_HEADERS, Reading

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX-Late: 1\r\n\r\n"


def read(data: bytes, size: int = 1 << 20, limit: int = 100, *, bodiless: bool = False) -> Reading:
    reading = Reading(limit, bodiless=bodiless)
    for begin in range(0, len(data), size):
        reading.feed(data[begin : begin + size])
    return reading


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("data", [PLAIN, CHUNKED, b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN])
def test_an_answer_is_the_same_however_it_is_cut(data: bytes, size: int) -> None:
    reading = read(data, size)
    assert reading.answer is not None
    assert (reading.answer.status, reading.answer.body) == (200, b"hello")
    assert reading.reusable


def test_preliminary_answers_leave_nothing_behind() -> None:
    reading = read(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + PLAIN)
    assert reading.answer is not None
    assert reading.answer.headers == (("content-length", "5"), ("x-a", "1"))


def test_trailers_are_dropped() -> None:
    reading = read(CHUNKED)
    assert reading.answer is not None
    assert reading.answer.headers == (("transfer-encoding", "chunked"),)


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_some_answers_have_no_body(status: bytes) -> None:
    reading = read(b"HTTP/1.1 " + status + b"\r\n\r\n")
    assert reading.answer is not None
    assert reading.answer.body == b""
    assert reading.reusable


def test_the_answer_to_head_is_complete_after_its_headers() -> None:
    reading = read(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", bodiless=True)
    assert reading.answer is not None
    assert reading.answer.body == b""
    assert not reading.reusable


def test_a_body_without_a_length_lasts_until_the_end() -> None:
    reading = read(b"HTTP/1.1 200 OK\r\n\r\nhel")
    reading.feed(b"lo")
    assert reading.answer is None
    reading.end()
    assert reading.answer is not None
    assert (reading.answer.body, reading.reusable) == (b"hello", False)


@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 200 OK\r\nX", PLAIN[:-1], CHUNKED[:-2]])
def test_an_end_too_early_is_an_error(data: bytes) -> None:
    reading = read(data)
    with pytest.raises(FetchError, match="before it is complete") as caught:
        reading.end()
    assert caught.value.kind == "protocol"
    assert not reading.reusable


@pytest.mark.parametrize("more", [PLAIN, b"HTTP", b"\x00", b"\r\nHTTP/1.1 200"])
def test_more_than_one_answer_spoils_the_connection(more: bytes) -> None:
    reading = read(PLAIN + more)
    assert reading.answer is not None
    assert reading.answer.body == b"hello"
    assert not reading.reusable


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK", b"HTTP/1.1 200 OK\r\nConnection: close"])
def test_a_server_that_hangs_up_is_taken_at_its_word(head: bytes) -> None:
    reading = read(head + b"\r\nContent-Length: 2\r\n\r\nok")
    assert reading.answer is not None
    assert not reading.reusable


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_spellings_that_can_be_read_in_two_ways_are_refused(data: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        read(data)
    assert caught.value.kind == "protocol"


@pytest.mark.parametrize(
    ("beginning", "more"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"a" * 1000),
        (b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"a" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    ],
)
def test_what_never_ends_is_cut_off(beginning: bytes, more: bytes) -> None:
    reading = Reading(1000)

    def go_on_and_on() -> None:
        reading.feed(beginning)
        for _ in range(3 * MAX_HEADERS):
            reading.feed(more)

    with pytest.raises(FetchError) as caught:
        go_on_and_on()
    assert caught.value.kind == "too_large"
