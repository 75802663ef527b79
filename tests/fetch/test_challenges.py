import itertools
import time

import pytest

from offhook.fetch import Request, Response, answer_challenge
from offhook.fetch.challenges import read_challenges


def challenged(*challenges: str, status: int = 401, url: str = "https://x.example/a") -> Response:
    return Response(status, tuple(("www-authenticate", each) for each in challenges), b"", url, 0.0)


ASKED = Request("POST", "https://user:p%40ss@x.example/a", (("X", "y"),), b"body")


@pytest.mark.parametrize(
    "challenges",
    [
        ('Basic realm="a, b"',),
        ("basic",),
        ('Digest realm="x", nonce="y", algorithm=SHA-512-256', 'Basic realm="z"'),
        ('Digest realm="x", qop="auth", Basic realm="z"',),
        ('Negotiate abc==, Basic realm="z", charset="UTF-8"',),
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


OFFERS = {
    "basic": 'Basic realm="a"',
    "md5": 'Digest realm="a", nonce="m", qop="auth"',
    "sha": 'Digest realm="a", nonce="s", qop="auth", algorithm=SHA-256',
}


@pytest.mark.parametrize("separate", [True, False])
@pytest.mark.parametrize("order", list(itertools.permutations(OFFERS)))
def test_the_strongest_way_is_taken(order: tuple[str, ...], separate: bool) -> None:
    offers = [OFFERS[each] for each in order]
    again = answer_challenge(ASKED, challenged(*(offers if separate else [", ".join(offers)])))
    assert again is not None
    name, value = again.headers[-1]
    assert name == "Authorization"
    assert 'nonce="s"' in value
    assert "algorithm=SHA-256" in value


def test_the_client_nonce_is_new_each_time() -> None:
    first, second = (answer_challenge(ASKED, challenged(OFFERS["md5"])) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.headers[-1] != second.headers[-1]
    fixed = [answer_challenge(ASKED, challenged(OFFERS["md5"]), client_nonce=lambda: "0a4f") for _ in range(2)]
    assert fixed[0] == fixed[1]


def test_the_target_is_the_one_that_is_sent() -> None:
    request = Request("GET", "https://user:pw@x.example/a/../it's?b=c d#rc=2")
    again = answer_challenge(request, challenged(OFFERS["md5"]))
    assert again is not None
    assert 'uri="/it\'s?b=c%20d"' in again.headers[-1][1]
    bare = answer_challenge(Request("GET", "https://user:pw@x.example"), challenged(OFFERS["md5"]))
    assert bare is not None
    assert 'uri="/"' in bare.headers[-1][1]


def test_a_stale_nonce_is_answered_with_the_fresh_one() -> None:
    first = answer_challenge(ASKED, challenged(OFFERS["md5"]))
    assert first is not None
    stale = 'Digest realm="a", nonce="fresh", qop="auth", stale=TRUE'
    second = answer_challenge(first, challenged(OFFERS["basic"], OFFERS["sha"], stale))
    assert second is not None
    assert [name for name, _ in second.headers] == ["X", "Authorization"]
    assert 'nonce="fresh"' in second.headers[-1][1]


@pytest.mark.parametrize("offer", [*OFFERS.values(), OFFERS["md5"] + ", stale=false"])
def test_a_refused_proof_is_not_followed_by_the_password(offer: str) -> None:
    first = answer_challenge(ASKED, challenged(OFFERS["md5"]))
    assert first is not None
    assert answer_challenge(first, challenged(offer)) is None


def test_stale_means_nothing_after_basic() -> None:
    first = answer_challenge(ASKED, challenged("Basic"))
    assert first is not None
    assert answer_challenge(first, challenged(OFFERS["md5"] + ", stale=true")) is None


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Basic", [("basic", {})]),
        ("Negotiate", [("negotiate", {})]),
        ("Negotiate a+/b==, Bearer", [("negotiate", {}), ("bearer", {})]),
        ('A x = "1, y=\\"2\\"" , Y=3,,  B', [("a", {"x": '1, y="2"', "y": "3"}), ("b", {})]),
        ('A x=1, x=2, B "nonsense", y=4', [("a", {"x": "1"})]),
        ("x=1, A y=2", [("a", {"y": "2"})]),
        ('A x=1, B y="open, C z=2', [("a", {"x": "1"})]),
        ("", []),
        (", ,", []),
        ('"', []),
    ],
)
def test_challenges_are_read_as_rfc_9110_writes_them(value: str, read: list[tuple[str, dict[str, str]]]) -> None:
    assert [(each.scheme, each.parameters) for each in read_challenges([value])] == read


def test_a_hostile_header_is_read_in_no_time() -> None:
    for value in ('"\\' * 20_000, "a=" * 20_000, 'A x="' + "b" * 60_000, "a " * 20_000, '",' * 20_000):
        started = time.perf_counter()
        read_challenges([value])
        assert time.perf_counter() - started < 1
