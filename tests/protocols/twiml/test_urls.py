"""URLs of a document, against the URL it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.twiml import TwimlError
from offhook.protocols.twiml.urls import resolve

BASE = "https://user:pass@app.example.com:8443/sms/in?a=1#rc=2"


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("https://other.example/x?y=1", "https://other.example/x?y=1"),
        ("next", "https://user:pass@app.example.com:8443/sms/next"),
        ("/next", "https://user:pass@app.example.com:8443/next"),
        ("../next", "https://user:pass@app.example.com:8443/next"),
        ("?b=2", "https://user:pass@app.example.com:8443/sms/in?b=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("", BASE),
        ("  /next \n", "https://user:pass@app.example.com:8443/next"),
        ("/next#rt=500&rc=3", "https://user:pass@app.example.com:8443/next#rt=500&rc=3"),
        ("/a b?q=c d", "https://user:pass@app.example.com:8443/a%20b?q=c%20d"),
        ("/é?q=€", "https://user:pass@app.example.com:8443/%C3%A9?q=%E2%82%AC"),
        ("/a%20b?q=%C3%A9+x", "https://user:pass@app.example.com:8443/a%20b?q=%C3%A9+x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("HTTP://Example.COM/X", "http://Example.COM/X"),
    ],
)
def test_a_reference_is_resolved_against_the_document(reference, url):
    assert resolve(BASE, reference) == url


FOREIGN = ("ftp://x/y", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b")
BROKEN = ("http://", "http:///x", "http://:80/", "http://[::1", "http://x:99999/", "http://x:0/")


@pytest.mark.parametrize("reference", [*FOREIGN, *BROKEN])
def test_what_cannot_be_fetched_is_refused_with_11100(reference):
    with pytest.raises(TwimlError) as caught:
        resolve(BASE, reference)
    assert caught.value.code == 11100


def resolved(reference: str) -> str | int:
    try:
        return resolve("http://localhost:5000/in", reference)
    except TwimlError as error:
        return error.code


@given(st.text())
def test_any_reference_is_a_url_or_a_twiml_error(reference):
    url = resolved(reference)
    assert url == 11100 or url.startswith(("http://", "https://"))
    assert not any(ord(character) < 0x21 for character in str(url).split("#")[0])
