"""The RFC's own examples, the answers of another implementation, and what is no challenge of ours."""

import pytest
from requests.auth import HTTPDigestAuth

from offhook.fetch.digest import digest_challenge

MUFASA = {
    "realm": "http-auth@example.org",
    "qop": "auth, auth-int",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
}
CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
RESPONSES = {
    "MD5": "8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256": "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
}


@pytest.mark.parametrize("algorithm", RESPONSES)
def test_the_examples_of_rfc_7616_section_3_9_1(algorithm):
    challenge = digest_challenge(MUFASA | {"algorithm": algorithm})
    assert challenge is not None
    assert challenge.answer("GET", "/dir/index.html", "Mufasa", "Circle of Life", CLIENT_NONCE) == (
        'Digest username="Mufasa", realm="http-auth@example.org", '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", '
        f'response="{RESPONSES[algorithm]}", algorithm={algorithm}, '
        'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001'
    )


def test_the_example_of_rfc_2617_section_3_5():
    asked = {"realm": "testrealm@host.com", "qop": "auth", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}
    challenge = digest_challenge(asked)
    assert challenge is not None
    answer = challenge.answer("GET", "/dir/index.html", "Mufasa", "Circle Of Life", "0a4f113b")
    assert 'response="6629fae49393a05397450978507c4ef1"' in answer
    assert "algorithm" not in answer
    assert "opaque" not in answer


@pytest.mark.parametrize(
    ("algorithm", "qop"),
    [
        (None, "auth"),
        (None, None),
        ("MD5", "auth"),
        ("MD5", None),
        ("MD5-SESS", "auth"),
        ("SHA-256", "auth"),
        ("SHA-256", None),
    ],
)
def test_another_implementation_answers_the_same(algorithm, qop):
    asked = {name: value for name, value in (MUFASA | {"algorithm": algorithm, "qop": qop}).items() if value}
    other = HTTPDigestAuth("Mufasa", "Circle of Life")
    other.init_per_thread_state()
    other._thread_local.chal = asked
    header = other.build_digest_header("POST", "http://x.example/a?b=c")
    theirs = dict(part.split("=", 1) for part in header.removeprefix("Digest ").split(", "))
    challenge = digest_challenge(asked)
    assert challenge is not None
    client_nonce = theirs.get("cnonce", '"unused"').strip('"')
    ours = challenge.answer("POST", "/a?b=c", "Mufasa", "Circle of Life", client_nonce)
    assert f"response={theirs['response']}" in ours
    assert ("cnonce=" in ours) == (qop is not None)


@pytest.mark.parametrize(
    "changes",
    [
        {"realm": None},
        {"nonce": None},
        {"algorithm": "SHA-512-256"},
        {"qop": "auth-int"},
        {"qop": ""},
        {"algorithm": "MD5-sess", "qop": None},
        {"realm": "caf\ufffd"},
        {"nonce": "a\r\nX: y"},
        {"opaque": "a\x00"},
    ],
)
def test_what_cannot_be_answered_is_none(changes):
    asked = {name: value for name, value in (MUFASA | changes).items() if value is not None}
    assert digest_challenge(asked) is None


@pytest.mark.parametrize(
    ("username", "field"),
    [
        ('a "b" \\c', r'username="a \"b\" \\c"'),
        ("Jäsøn Doe", "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"),
        ("a\r\nX-Evil: 1", "username*=UTF-8''a%0D%0AX-Evil%3A%201"),
    ],
)
def test_a_user_name_cannot_leave_its_place(username, field):
    challenge = digest_challenge(MUFASA)
    assert challenge is not None
    answer = challenge.answer("GET", "/", username, "secret", "n")
    assert field in answer
    assert "\r" not in answer
    assert "secret" not in answer
