import pytest

from offhook.fetch import FetchError, Request, Response
from offhook.fetch.redirects import redirected

HEADERS = (("Content-Type", "a/b"), ("Authorization", "x"), ("Cookie", "c"), ("X-Keep", "k"))


def follow(
    status: int, location: str | None, method: str = "POST", headers: tuple[tuple[str, str], ...] = ()
) -> Request | None:
    answered = () if location is None else (("location", location),)
    request = Request(method, "https://u:p@x.example/a/b", headers, b"body")
    return redirected(request, Response(status, answered, b"", "https://x.example/a/b", 0.0))


@pytest.mark.parametrize(
    ("status", "method", "then", "body"),
    [
        (301, "POST", "GET", b""),
        (302, "POST", "GET", b""),
        (303, "POST", "GET", b""),
        (303, "PUT", "GET", b""),
        (302, "PUT", "PUT", b"body"),
        (307, "POST", "POST", b"body"),
        (308, "POST", "POST", b"body"),
    ],
)
def test_the_method_changes_as_in_browsers(status: int, method: str, then: str, body: bytes) -> None:
    following = follow(status, "c", method)
    assert following is not None
    assert (following.method, following.body, following.url) == (then, body, "https://x.example/a/c")


@pytest.mark.parametrize(("status", "location"), [(200, "c"), (304, "c"), (300, "c"), (302, None), (302, "")])
def test_other_answers_lead_nowhere(status: int, location: str | None) -> None:
    assert follow(status, location) is None


def test_secrets_stay_with_their_origin() -> None:
    at_home, away = follow(307, "/c", headers=HEADERS), follow(307, "https://y.example/", headers=HEADERS)
    assert at_home is not None
    assert away is not None
    assert at_home.headers == HEADERS
    assert away.headers == (("Content-Type", "a/b"), ("X-Keep", "k"))


def test_credentials_in_a_location_are_dropped() -> None:
    following = follow(302, "https://evil:pw@x.example/")
    assert following is not None
    assert following.url == "https://x.example/"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://x/", "http://[fe80::1%25eth0]/", "http://a b/"])
def test_a_location_that_is_no_web_address_is_an_error(location: str) -> None:
    with pytest.raises(FetchError) as caught:
        follow(302, location)
    assert caught.value.kind == "bad_url"
