"""URLs that callers give."""

import pytest

from offhook.web.urls import LONGEST, is_web_url, segments_of


@pytest.mark.parametrize(
    "text",
    ["http://a", "https://a.example/b?c=d#e", "HTTPS://A.example", "http://127.0.0.1:5000/sms", "http://u:p@h:1/",
     "http://[::1]/x", "https://a.example/" + "x" * (LONGEST - 18)],
)  # fmt: skip
def test_a_complete_http_url_will_do(text):
    assert is_web_url(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "/sms", "//a/b", "ftp://a", "javascript:alert(1)", "http://", "http:///x", "http:a", "http://a b",
     "http://a\n", "http://[::1", "http://a:99999", "http://a:0", "http://a:x", "https://a/" + "x" * LONGEST,
     "http://a/\x7f", "file:///etc/passwd"],
)  # fmt: skip
def test_anything_else_will_not(text):
    assert not is_web_url(text)


def test_a_path_has_its_segments_decoded():
    assert segments_of("/a/b%2Fc/%C3%BC/") == ["a", "b/c", "ü", ""]


@pytest.mark.parametrize("path", ["/a/%ff", "/a/%00/b", "/%C3"])
def test_a_path_that_is_no_text_has_none(path):
    assert segments_of(path) is None
