import pytest

from offhook.fetch import Response


def response(body: bytes, content_type: str | None) -> Response:
    headers = () if content_type is None else (("content-type", content_type),)
    return Response(200, headers, body, "http://x.example/", 0.0)


def test_headers_are_found_in_any_case() -> None:
    answer = Response(200, (("set-cookie", "a=1"), ("set-cookie", "b=2")), b"", "http://x.example/", 0.0)
    assert answer.header("Set-Cookie") == "a=1"
    assert answer.header_values("SET-COOKIE") == ("a=1", "b=2")
    assert answer.header("x-none") is None


def test_the_content_type_stands_alone() -> None:
    assert response(b"", "Text/XML; charset=utf-8").content_type == "text/xml"
    assert response(b"", None).content_type is None


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("é".encode(), None, "é"),
        ("é".encode(), "text/xml", "é"),
        (b"\xe9", "text/xml; charset=ISO-8859-1", "é"),
        (b"\xe9", 'text/xml; charset="latin1"', "é"),
        ("é".encode("utf-16"), "text/xml; charset=utf-16", "é"),
        (b"\xe9!", "text/xml", "\ufffd!"),
        (b"abc", "text/xml; charset=no-such", "abc"),
        (b"abc", "text/xml; charset=base64", "abc"),
        (b"abc", "text/xml; charset=", "abc"),
        (b"abc", "text/xml; charset=a\x00b", "abc"),
    ],
)
def test_text_follows_the_charset_and_never_fails(body: bytes, content_type: str | None, text: str) -> None:
    assert response(body, content_type).text() == text
