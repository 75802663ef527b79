"""The server that our Digest is tried against is right: curl and requests, who know Digest well, get in."""

import subprocess

import pytest
import requests
from requests.auth import HTTPDigestAuth

from tests.digest_server import FUNCTIONS, PASSWORD, USER, DigestServer, Doorkeeper


def curl(url: str, password: str = PASSWORD) -> str:
    command = ["curl", "--silent", "--noproxy", "*", "--digest", "--user", f"{USER}:{password}", "--data", "a=b", url]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout


OLDER = [(algorithm, None) for algorithm in FUNCTIONS if not algorithm.endswith("-sess")]


@pytest.mark.parametrize(("algorithm", "qop"), [*((algorithm, "auth") for algorithm in FUNCTIONS), *OLDER])
def test_curl_gets_in(algorithm, qop):
    doorkeeper = Doorkeeper(algorithms=(algorithm,), qop=qop)
    with DigestServer(doorkeeper) as server:
        assert curl(f"http://{server.authority}/a?b=c&d=%20") == "in"
    (fields,) = doorkeeper.let_in
    assert (fields["algorithm"], fields["uri"]) == (algorithm, "/a?b=c&d=%20")
    assert doorkeeper.bodies == [b"a=b"]


def test_curl_tries_again_with_a_fresh_nonce():
    doorkeeper = Doorkeeper(algorithms=("MD5",), stale=1)
    with DigestServer(doorkeeper) as server:
        assert curl(f"http://{server.authority}/") == "in"


def test_curl_with_a_wrong_password_stays_outside():
    doorkeeper = Doorkeeper(algorithms=("SHA-256",))
    with DigestServer(doorkeeper) as server:
        assert curl(f"http://{server.authority}/", "wrong") == "no"
    assert doorkeeper.let_in == []


def test_requests_gets_in():
    doorkeeper = Doorkeeper(algorithms=("SHA-256",), qop="auth")
    doorkeeper.username = "plain"
    with DigestServer(doorkeeper) as server:
        session = requests.Session()
        session.trust_env = False
        auth = HTTPDigestAuth("plain", PASSWORD)
        answer = session.get(f"http://{server.authority}/x", auth=auth, timeout=20)
    assert (answer.status_code, answer.text) == (200, "in")
