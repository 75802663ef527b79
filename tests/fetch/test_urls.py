import pytest

from offhook.fetch import FetchError, as_sent, credentials, without_userinfo
from offhook.fetch.urls import joined, parse, same_origin


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://user:pa%40ss@App.Example:443/sms?x=1#ct=100", "https://app.example/sms?x=1"),
        ("http://x.example", "http://x.example/"),
        ("http://x.example/a/../b?q='é", "http://x.example/b?q=%27%C3%A9"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://x.example/?a=%41+b&empty=", "http://x.example/?a=%41+b&empty="),
    ],
)
def test_what_is_sent_is_normalised_and_holds_no_credentials(url: str, sent: str) -> None:
    assert as_sent(url) == sent


def test_credentials_are_decoded() -> None:
    assert credentials("https://us%20er:pa%40ss%3A@x.example/") == ("us er", "pa@ss:")
    assert credentials("https://user@x.example/") == ("user", "")
    assert credentials("https://x.example/?a=b@c") is None


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://user:secret@x.example/a#ct=100", "https://x.example/a#ct=100"),
        ("https://a@b:secret@x.example?q=1@2", "https://x.example?q=1@2"),
        ("https://x.example/@path", "https://x.example/@path"),
        ("user:secret@x.example/a", "x.example/a"),
        ("", ""),
    ],
)
def test_user_and_password_are_cut_out_of_any_text(url: str, clean: str) -> None:
    assert without_userinfo(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x.example",
        "/relative",
        "http:x.example",
        "http:///x.example/",
        "http:\\\\x.example",
        "ftp://x.example/",
        "file:///etc/passwd",
        "gopher://x.example/",
        "unix:/run/x.sock",
        "javascript:alert(1)",
        "http://u:p@/",
        "http://ex\nample.com/",
        "http://x.example/\r\nX: y",
        "http://x .example/",
        "http://x.example\\@y.example/",
        "http://x.example:0/",
        "http://x.example:65536/",
        "http://x.example:http/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.5/",
        "http://x.0x7/",
        "http://256.1.1.1/",
        "http://ex%00ample/",
        "http://a%2fb/",
        "http://x.example/" + "a" * 8000,
    ],
)
def test_what_is_no_http_url_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert caught.value.kind == "bad_url"


def test_an_error_never_shows_the_password() -> None:
    with pytest.raises(FetchError) as caught:
        parse("http://user:hunter2@x.example:99999/")
    assert "hunter2" not in str(caught.value)


def test_a_relative_location_resolves_against_its_base() -> None:
    assert joined("https://x.example/a/b?c=d", "../e?f=g") == "https://x.example/e?f=g"
    assert joined("https://x.example/a", "//y.example/") == "https://y.example/"


def test_origins_differ_by_scheme_host_and_port() -> None:
    assert same_origin("https://x.example/a", "https://X.example:443/b")
    assert not same_origin("https://x.example/", "http://x.example/")
    assert not same_origin("https://x.example/", "https://x.example:8443/")
    assert not same_origin("https://x.example/", "https://y.example/")
