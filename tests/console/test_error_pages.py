"""What is at /errors: every error explained, for a browser, offline."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from structlog.testing import capture_logs

from offhook.console import pages
from offhook.console.error_pages import to_html
from offhook.web.error_pages import error_pages
from offhook.web.origin import Origin
from tests.sample_api import run

VOID = {"meta", "link", "br"}


def browsing(folder, scenario, origin=None):
    """Runs `scenario(api)` on the whole web application."""

    async def whole(api):
        api.app = pages(api.router, api.app, "1.2.3", origin=origin)
        await scenario(api)

    run(folder, whole)


class Page(HTMLParser):
    """Links, and whether every tag that was opened is closed again."""

    def __init__(self, text):
        super().__init__()
        self.links, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_error_has_a_page_that_explains_it_and_links_that_work(tmp_path):
    async def scenario(api):
        followed = {"/openapi.json", "/errors"}
        for code, error in error_pages().items():
            answer = await api.call("GET", f"/errors/{code}")
            text = answer.body.decode()
            assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert f"<h1>{error.heading}</h1>" in unescape(text).replace("’", "'")
            assert all(f"<h2>{name}</h2>" in text for name in ("Causes", "Fixes", "Example"))
            page = Page(text)
            assert page.open == []
            assert (error.twilios in page.links) is not error.is_ours
            followed |= {link for link in page.links if link != error.twilios}
        for link in followed:
            assert (await api.call("GET", link)).status == 200, link

    browsing(tmp_path, scenario)


def test_every_error_is_explained_to_programs_in_plain_words(tmp_path):
    async def scenario(api):
        for code, error in error_pages().items():
            answer = await api.call("GET", f"/errors/{code}.json", host=b"box.lan:1")
            assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
            shown = json.loads(answer.body)
            assert (shown["code"], shown["message"], shown["kinds"]) == (code, error.title, list(error.kinds))
            assert ", ".join(map(str, shown["status"])) == error.status
            assert (shown["more_info"], shown["twilio"]) == (f"http://box.lan:1/errors/{code}", error.twilios)
            texts = [shown["meaning"], *shown["causes"], *shown["fixes"]]
            assert all(texts)
            assert all((shown["causes"], shown["fixes"]))
            assert not any("](" in text or "\n" in text for text in texts)

    browsing(tmp_path, scenario)


def test_programs_are_told_of_each_cause_and_each_fix(tmp_path):
    async def scenario(api):
        shown = json.loads((await api.call("GET", "/errors/21211.json")).body)
        assert shown["meaning"] == "What is in To cannot be a phone number anywhere."
        assert (len(shown["causes"]), len(shown["fixes"])) == (4, 2)
        assert shown["fixes"][0].startswith("Write the number in E.164: +, country code, number, nothing else.")

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("code", ["99999", "x", "21211.json", "²²²²²", ""])
def test_programs_are_told_that_a_number_is_unknown(tmp_path, code):
    async def scenario(api):
        answer = await api.call("GET", f"/errors/{code}.json")
        body = json.loads(answer.body)
        assert (answer.status, body["code"], body["status"]) == (404, 20404, 404)

    browsing(tmp_path, scenario)


def test_the_index_leads_to_every_error(tmp_path):
    async def scenario(api):
        text = (await api.call("GET", "/errors")).body.decode()
        assert set(re.findall(r'href="/errors/(\d+)"', text)) == {str(code) for code in error_pages()}
        assert '<a href="/errors">' in (await api.call("GET", "/")).body.decode()

    browsing(tmp_path, scenario)


def test_the_examples_name_the_offhook_that_shows_them(tmp_path):
    async def scenario(api):
        text = unescape((await api.call("GET", "/errors/21211", host=b"box.lan:1", scheme="https")).body.decode())
        assert '"more_info": "https://box.lan:1/errors/21211"' in text
        assert "127.0.0.1:4665" not in text

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("code", ["21212x", "99999", "0", "²²²²²", "<script>alert(1)</script>", "..", "a/b", ""])
def test_an_unknown_number_is_said_to_be_unknown(tmp_path, code):
    async def scenario(api):
        answer = await api.call("GET", f"/errors/{code}")
        assert answer.status == 404
        assert b"<script" not in answer.body
        if code == "99999":
            assert b"https://www.twilio.com/docs/errors/99999" in answer.body

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("path", ["/errors", "/errors/21211", "/errors/99999"])
def test_the_pages_may_load_nothing_and_run_nothing(tmp_path, path):
    async def scenario(api):
        answer = await api.call("GET", path, host=b'"><script>alert(1)</script>')
        start = await api.call("GET", "/")
        assert answer.headers["content-security-policy"] == start.headers["content-security-policy"]
        assert b"<script" not in answer.body
        assert b" style=" not in answer.body

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("host", [b"api.twilio.com", b"monitor.twilio.com:443"])
def test_twilios_hosts_have_none_of_it(tmp_path, host):
    async def scenario(api):
        assert (await api.call("GET", "/errors/21211", host=host)).status == 401

    browsing(tmp_path, scenario)


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("POST", 405)])
def test_the_pages_are_read_only(tmp_path, method, status):
    async def scenario(api):
        assert (await api.call(method, "/errors/21211")).status == status

    browsing(tmp_path, scenario)


def test_markdown_becomes_html_and_html_is_shown_as_it_is():
    html = to_html("<b>`<i>`</b> [other](21212.md), [docs](../api.md#x), [no](javascript:alert(1))", "http://x")
    assert "<b>" not in html
    assert "<code>&lt;i&gt;</code>" in html
    assert '<a href="/errors/21212">other</a>, docs,' in html
    assert "<a href" not in html.partition("docs")[2]


@pytest.mark.parametrize("host", [b"www.twilio.com", b"WWW.Twilio.com.:443"])
@pytest.mark.parametrize("path", ["/docs/errors/21211", "/docs/api/errors/21211", "/docs/errors/21211/"])
def test_where_twilios_more_info_leads_is_our_page_without_credentials(tmp_path, host, path):
    async def scenario(api):
        answer = await api.call("GET", path, host=host, scheme="https")
        text = answer.body.decode()
        assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "21211" in text
        links = [link for link in Page(text).links if "twilio.com" not in link]
        assert "http://127.0.0.1:4665/errors" in links
        assert all(link.startswith("http://127.0.0.1:4665/") for link in links)
        assert "http://127.0.0.1:4665/offhook/v1/Exchanges" in text

    browsing(tmp_path, scenario, Origin("http://127.0.0.1:4665"))


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        (b"www.twilio.com", "/docs/errors/99999", 404),
        (b"www.twilio.com", "/docs/errors", 401),
        (b"www.twilio.com", "/errors/21211", 401),
        (b"www.twilio.com", "/", 401),
        (b"api.twilio.com", "/docs/errors/21211", 401),
        (b"127.0.0.1:4665", "/docs/errors/21211", 401),
    ],
)
def test_nothing_else_at_twilios_site_is_ours(tmp_path, host, path, status):
    async def scenario(api):
        with capture_logs():
            assert (await api.call("GET", path, host=host)).status == status

    browsing(tmp_path, scenario)
