"""Which characters the bytes mean: marks, headers, declarations, and what is refused."""

import codecs

import pytest

from offhook.protocols.twiml import TwimlError, parse

BODY = "<Response><Message>Ça va? €</Message></Response>"


def said(body: bytes, content_type: str = "text/xml") -> str:
    return parse(body, content_type).root.children[0].text


def declared(encoding: str, body: str = BODY) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{body}'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (BODY.encode(), "text/xml"),
        (BODY.encode("utf-8-sig"), "text/xml"),
        (declared("UTF-8").encode(), "text/xml"),
        (codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"), "text/xml"),
        (codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"), "text/xml"),
        (declared("UTF-16").encode("utf-16"), "text/xml"),
        (declared("utf-16").encode("utf-16-le"), "text/xml"),
        (BODY.encode("utf-16-le"), "text/xml; charset=utf-16"),
        (BODY.encode("utf-16-be"), "text/xml; charset=UTF-16"),
        (declared("windows-1252").encode("cp1252"), "text/xml"),
        (declared("ISO-8859-15").encode("iso-8859-15"), "text/xml"),
        (BODY.encode("cp1252"), 'text/xml; charset="Windows-1252"'),
        (declared("ISO-8859-1").encode(), "text/xml; charset=utf-8"),  # the header is right, the declaration stale
    ],
)
def test_the_encoding_is_found(body, content_type):
    assert said(body, content_type) == "Ça va? €"


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "base64", "utf-7", "unicode_escape", "no-such-thing", "gb18030"]
)
def test_an_unusual_encoding_is_refused(encoding):
    with pytest.raises(TwimlError) as caught:
        parse(declared(encoding).encode(), "text/xml")
    assert (caught.value.code, caught.value.line) == (12100, 1)
    assert encoding in caught.value.message


def test_bytes_that_do_not_fit_the_encoding_are_refused_with_their_line():
    with pytest.raises(TwimlError) as caught:
        parse(b"<Response>\n<Message>\xff</Message></Response>", "text/xml")
    assert (caught.value.code, caught.value.line) == (12100, 2)


def test_a_plain_text_in_a_wrong_encoding_is_refused_too():
    with pytest.raises(TwimlError) as caught:
        parse(b"caf\xe9", "text/plain; charset=utf-8")
    assert caught.value.code == 12100


def test_a_lone_byte_order_mark_is_an_empty_document():
    assert parse(codecs.BOM_UTF8, "text/xml").root is None
