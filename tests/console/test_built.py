"""The console's files and its page: what browsers keep, what the page may do, what is there without a build."""

import asyncio
import re
from gzip import compress

import pytest
from starlette.requests import Request

from offhook.console import Built
from tests.console.browsers import Browser, signed_in

SCRIPT = b"console.log('built')" * 10
HTML = b'<meta name="csp-nonce" content="__CSP_NONCE__"><script src="/console/assets/main-1a.js"></script>'
ENCODINGS = [
    (None, None),
    ("gzip, deflate, br", "br"),
    ("gzip", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("identity", None),
    ("*", "br"),
    ("deflate", None),
]


@pytest.fixture
def folder(tmp_path):
    """A build."""
    assets = tmp_path / "static" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "static" / "index.html").write_bytes(HTML)
    (tmp_path / "static" / "icon.svg").write_bytes(b"<svg/>")
    (tmp_path / "static" / ".built").write_bytes(b"")
    (assets / "main-1a.js").write_bytes(SCRIPT)
    (assets / "main-1a.js.gz").write_bytes(compress(SCRIPT))
    (assets / "main-1a.js.br").write_bytes(b"as if it were brotli")
    (assets / "font-2b.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret.key").write_bytes(b"not for you")
    return tmp_path / "static"


def file(folder, path, accept_encoding=None):
    headers = [(b"accept-encoding", accept_encoding.encode())] if accept_encoding else []
    return asyncio.run(Built(folder).file(Request({"type": "http", "headers": headers}), path))


def page(folder):
    return asyncio.run(Built(folder).page())


@pytest.mark.parametrize(("accepted", "coding"), ENCODINGS)
def test_a_file_comes_as_small_as_the_browser_takes_it(folder, accepted, coding):
    answer = file(folder, "assets/main-1a.js", accepted)
    body = {None: SCRIPT, "gzip": compress(SCRIPT), "br": b"as if it were brotli"}[coding]
    assert len(answer.body) == len(body)
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_file_without_a_smaller_one_comes_as_it_is(folder):
    answer = file(folder, "assets/font-2b.woff2", "br, gzip")
    assert (answer.body, answer.headers["content-type"]) == (b"wOF2", "font/woff2")
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [("assets/main-1a.js", "public, max-age=31536000, immutable"), ("icon.svg", "no-cache")],
)
def test_only_what_has_its_digest_in_its_name_is_kept_for_ever(folder, path, kept):
    answer = file(folder, path)
    assert answer.headers["cache-control"] == kept
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        *("../secret.key", "assets/../../secret.key", "..%2fsecret.key", "/etc/passwd", "assets//main-1a.js", ".built"),
        *("", "index.html", "messages/SM1", "handsets/client:bob.js", "numbers/+14155550100", "a\x00b", "x" * 5000),
        *("handsets/a.js", "icon.svg/more", "assets"),
    ],
)
def test_everything_else_is_the_page(folder, path):
    assert file(folder, path) is None


def test_a_file_of_an_older_build_is_gone(folder):
    assert file(folder, "assets/main-0f.js").status_code == 404


def test_the_page_may_run_our_scripts_and_nothing_else(folder):
    answer = page(folder)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    (nonce,) = re.findall(r'content="([\w-]{20,})"', answer.body.decode())
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == f"'self' 'nonce-{nonce}'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_every_page_has_a_nonce_of_its_own(folder):
    assert page(folder).body != page(folder).body


def test_without_a_build_the_page_says_how_to_get_one(tmp_path):
    answer = page(tmp_path / "nothing")
    assert answer.status_code == 200
    assert b"make setup" in answer.body
    assert b"<script" not in answer.body
    assert answer.headers["cache-control"] == "no-store"


def test_a_build_that_comes_later_is_seen(folder, tmp_path):
    built = Built(tmp_path / "later")
    assert b"make setup" in asyncio.run(built.page()).body
    folder.rename(tmp_path / "later")
    assert b"main-1a.js" in asyncio.run(built.page()).body


def test_every_path_of_the_console_is_the_page_for_who_is_signed_in(connection):
    browser = signed_in(connection)
    home = browser.open("/console/")
    for path in ("/console", "/console/messages/SM1", "/console/numbers/%2B1415?x=1", "/console/a/b.c"):
        answer = browser.open(path)
        assert (answer.status, len(answer.body)) == (200, len(home.body)), path


def test_who_is_not_signed_in_and_goes_there_is_asked_to_first(connection):
    browser = Browser(connection.url)
    going = {"sec_fetch_mode": "navigate", "sec_fetch_site": "none"}
    answer = browser.ask("GET", "/console/messages?To=%2B1415&x=a%20b", **going)
    assert (answer.status, answer.headers["location"]) == (
        303,
        "/console/login?next=/console/messages%3FTo%3D%252B1415%26x%3Da%2520b",
    )
    assert browser.ask("GET", answer.headers["location"]).status == 200


def test_who_comes_by_a_link_from_elsewhere_sees_the_page_since_their_cookie_was_kept_back(connection):
    going = {"sec_fetch_mode": "navigate", "sec_fetch_site": "cross-site"}
    assert Browser(connection.url).ask("GET", "/console/messages", **going).status == 200


@pytest.mark.parametrize("path", ["/console/", "/console/messages"])
def test_the_page_is_read_only(connection, path):
    assert Browser(connection.url).ask("POST", path, {}).status == 405
    assert Browser(connection.url).ask("HEAD", path).body == b""
