import pytest

from offhook.fetch import Request, Response, answer_challenge


def challenged(*challenges: str, status: int = 401, url: str = "https://x.example/a") -> Response:
    return Response(status, tuple(("www-authenticate", each) for each in challenges), b"", url, 0.0)


ASKED = Request("POST", "https://user:p%40ss@x.example/a", (("X", "y"),), b"body")


@pytest.mark.parametrize(
    "challenges",
    [
        ('Basic realm="a, b"',),
        ("basic",),
        ('Digest realm="x", nonce="y"', 'Basic realm="z"'),
        ('Digest realm="x", qop="auth", Basic realm="z"',),
    ],
)
def test_a_401_that_asks_for_basic_is_answered(challenges: tuple[str, ...]) -> None:
    again = answer_challenge(ASKED, challenged(*challenges))
    assert again is not None
    assert again.headers == (("X", "y"), ("Authorization", "Basic dXNlcjpwQHNz"))
    assert (again.method, again.url, again.body) == (ASKED.method, ASKED.url, ASKED.body)


@pytest.mark.parametrize(
    "response",
    [
        challenged("Basic", status=200),
        challenged("Basic", status=407),
        challenged(),
        challenged('Digest realm="Basic x, basic y"'),
        challenged("Basic", url="https://elsewhere.example/a"),
        challenged("Basic", url="http://x.example/a"),
    ],
)
def test_nothing_else_gets_the_password(response: Response) -> None:
    assert answer_challenge(ASKED, response) is None


def test_a_refused_password_is_not_sent_twice() -> None:
    again = answer_challenge(ASKED, challenged("Basic"))
    assert again is not None
    assert answer_challenge(again, challenged("Basic")) is None


def test_without_credentials_there_is_no_answer() -> None:
    assert answer_challenge(Request("GET", "https://x.example/a"), challenged("Basic")) is None
