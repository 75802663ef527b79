import pytest

from offhook.interception.head import Head, MalformedHeadError

POST = b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n"


def with_fields(*fields: str) -> Head:
    return Head.parse("\r\n".join(["POST / HTTP/1.1", *fields, "", ""]).encode())


def test_what_is_read_is_written_again():
    assert Head.parse(POST).encode() == POST


def test_an_empty_line_before_a_request_is_skipped():
    assert Head.parse(b"\r\n" + POST).start == ("POST", "/a", "HTTP/1.1")


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\nEvil: c\r\n\r\n",
        b"\x16\x03\x01\r\n\r\n",
    ],
)
def test_what_is_no_head_is_refused(raw):
    with pytest.raises(MalformedHeadError):
        Head.parse(raw)


def test_the_length_of_a_body():
    assert with_fields().body() == 0
    assert with_fields("Content-Length: 12", "content-length: 12").body() == 12
    assert with_fields("Transfer-Encoding: gzip, Chunked", "Content-Length: 1").body() == "chunked"


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 1", "Content-Length: 2"],
        ["Content-Length: -1"],
        ["Content-Length: +1"],
        ["Content-Length: "],
        ["Transfer-Encoding: chunked, gzip"],
    ],
)
def test_an_unclear_length_is_refused(fields):
    with pytest.raises(MalformedHeadError):
        with_fields(*fields).body()


def test_hop_by_hop_fields_stay_on_their_hop():
    head = with_fields(
        "Host: old",
        "Connection: keep-alive, X-Private",
        "X-Private: 1",
        "Proxy-Authorization: Basic x",
        "Accept: */*",
        "TE: gzip",
    )
    assert head.forwarded(("Host", "new")).fields == (("Host", "new"), ("Accept", "*/*"), ("Connection", "close"))


def test_a_second_length_is_not_forwarded():
    fields = with_fields("Transfer-Encoding: chunked", "Content-Length: 5").forwarded().fields
    assert fields == (("Transfer-Encoding", "chunked"), ("Connection", "close"))
