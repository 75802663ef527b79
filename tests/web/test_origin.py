"""What our URLs begin with, and which URLs are ours."""

import pytest

from offhook.web.origin import Origin
from offhook.web.request import Request

PUBLIC = "https://offhook.example"


def asked(host: str, scheme: str = "http") -> Request:
    return Request("GET", scheme, host, "/", b"", {"host": host})


def listening(public_url: str | None = None) -> Origin:
    origin = Origin(public_url)
    origin.listens_at("http://127.0.0.1:4665")
    return origin


@pytest.mark.parametrize("host", ["127.0.0.1:4665", "localhost", "inside.example:8080", "[::1]:4665"])
def test_without_a_public_url_an_answer_names_us_as_it_was_asked(host):
    assert listening().for_answers(asked(host)) == f"http://{host}"
    assert listening().for_pages("http", host) == f"http://{host}"


@pytest.mark.parametrize("host", ["127.0.0.1:4665", "inside.example:8080", "offhook.example", "no host at all"])
@pytest.mark.parametrize("public_url", [PUBLIC, f"{PUBLIC}/"])
def test_the_public_url_wins_over_whatever_host_a_proxy_passes_on(host, public_url):
    assert listening(public_url).for_answers(asked(host)) == PUBLIC
    assert listening(public_url).for_pages("http", host) == PUBLIC


@pytest.mark.parametrize("host", ["api.twilio.com", "monitor.dublin.ie1.twilio.com:443", "API.Twilio.com."])
@pytest.mark.parametrize("public_url", [None, PUBLIC])
def test_who_asked_twilio_is_answered_as_twilio(host, public_url):
    assert listening(public_url).for_answers(asked(host, "https")) is None


def test_a_host_that_is_none_is_not_repeated():
    assert listening().for_answers(asked("a b<c>")) is None


def test_outside_a_request_it_is_the_public_url_or_where_we_listen():
    assert listening().url("/a") == "http://127.0.0.1:4665/a"
    assert listening(PUBLIC).url("/a") == f"{PUBLIC}/a"


@pytest.mark.parametrize(
    ("public_url", "url", "path"),
    [
        (None, "http://127.0.0.1:4665/a?b", "/a"),
        (None, "https://api.twilio.com/a", "/a"),
        (None, "https://offhook.example/a", None),
        (PUBLIC, "https://offhook.example/a", "/a"),
        (PUBLIC, "http://127.0.0.1:4665/a", "/a"),
        (f"{PUBLIC}/phone", "https://offhook.example/phone/a", "/a"),
        (f"{PUBLIC}/phone", "https://offhook.example/phones/a", None),
        (f"{PUBLIC}/phone", "https://offhook.example/a", None),
        (PUBLIC, "https://offhook.example:99999/a", None),
    ],
)
def test_our_own_urls_are_recognised(public_url, url, path):
    assert listening(public_url).path_of(url) == path
