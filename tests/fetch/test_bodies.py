import gzip
import zlib

import pytest

from offhook.fetch import FetchError
from offhook.fetch.bodies import decode

TEXT = b"<Response><Message>hello</Message></Response>" * 10
RAW_DEFLATE = zlib.compressobj(wbits=-15)
RAW = RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT, None),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), " X-GZIP "),
        (gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (RAW, "deflate"),
    ],
)
def test_known_encodings_are_decoded(raw: bytes, encoding: str | None) -> None:
    assert decode(raw, encoding, 1000) == TEXT


def test_an_empty_body_has_nothing_to_decode() -> None:
    assert decode(b"", "gzip", 1000) == b""


@pytest.mark.parametrize(("size", "fits"), [(65_536, True), (65_537, False)])
def test_the_limit_is_exact(size: int, fits: bool) -> None:
    raw = gzip.compress(b"x" * size, mtime=0)
    if fits:
        assert len(decode(raw, "gzip", 65_536)) == size
        return
    with pytest.raises(FetchError) as caught:
        decode(raw, "gzip", 65_536)
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT, "br"),
        (TEXT, "gzip, gzip"),
        (TEXT, "gzip"),
        (TEXT, "deflate"),
        (gzip.compress(TEXT, mtime=0)[:-9], "gzip"),
    ],
)
def test_what_cannot_be_decoded_is_a_protocol_error(raw: bytes, encoding: str) -> None:
    with pytest.raises(FetchError) as caught:
        decode(raw, encoding, 1000)
    assert caught.value.kind == "protocol"
