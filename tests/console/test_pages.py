"""What a browser is shown, and what a program that means Twilio is not."""

import base64
import hashlib
import re
from html import unescape

import pytest

from offhook.console import Commands, pages
from offhook.web import VERSIONED, Resource, Router
from tests.sample_api import AUTHORIZED, JARS, run


def browsing(folder, scenario):
    """Runs `scenario(get)`; `get` asks the whole web application."""

    async def whole(api):
        rest = api.app
        api.app = pages(api.router, rest, "1.2.3")
        await scenario(api)

    run(folder, whole)


@pytest.mark.parametrize("host", [b"127.0.0.1:4665", b"localhost:4665", b"[::1]:4665", b"twilio.com", b"box.lan", b""])
def test_a_browser_gets_the_start_page_without_signing_in(tmp_path, host):
    async def scenario(api):
        answer = await api.call("GET", "/", host=host)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        text = unescape(answer.body.decode())
        assert "Offhook is running" in text
        assert f"http://{host.decode() or 'localhost'}" in text

    browsing(tmp_path, scenario)


def test_every_operation_is_shown_with_its_words_below_its_product(tmp_path):
    async def scenario(api):
        evil = Resource("pantry", "/v1/Evil", VERSIONED, str, alone=True)

        @evil.fetch
        async def fetch(service, call):
            """Fetch `one` <script>."""

        operations = [*api.router.operations, *evil.bind(None)]
        api.app = pages(Router(operations), api.app, "1")
        text = (await api.call("GET", "/")).body.decode()
        folds = dict(re.findall(r"<summary>(\w+) .*?</summary><ul>(.*?)</ul>", text, re.DOTALL))
        assert set(folds) == {"Api", "Pantry"}
        for operation in api.router.operations:
            fold = folds[operation.resource.product.capitalize()]
            shown = re.sub("<[^>]*>", "", fold)
            assert f"{operation.method} " in shown
            assert f"{operation.path}{operation.extension}" in shown
            assert operation.function.__doc__.partition("\n")[0] in shown
        assert "Fetch <code>one</code> &lt;script&gt;." in folds["Pantry"]

    browsing(tmp_path, scenario)


def test_the_commands_name_the_program_and_the_data_folder(tmp_path):
    async def scenario(api):
        api.app = pages(api.router, api.app, "1", Commands("bin/off<hook", " --data 'my data'"))
        text = unescape((await api.call("GET", "/")).body.decode())
        assert "bin/off<hook run --data 'my data' -- python app.py" in text
        assert """eval "$(bin/off<hook env --data 'my data')\"""" in text

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("host", [b"api.twilio.com", b"API.Twilio.com:443", b"verify.twilio.com."])
@pytest.mark.parametrize("path", ["/", "/openapi.json"])
def test_twilios_hosts_have_no_pages(tmp_path, host, path):
    async def scenario(api):
        assert (await api.call("GET", path, host=host)).status == 401
        answer = await api.call("GET", path, AUTHORIZED, host=host)
        assert (answer.status, answer.json["code"]) == (404, 20404)

    browsing(tmp_path, scenario)


def test_everything_else_is_the_api(tmp_path):
    async def scenario(api):
        assert (await api.call("GET", JARS, AUTHORIZED)).status == 200
        assert (await api.call("GET", "/index.html", AUTHORIZED)).json["code"] == 20404

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("host", [b'"><script>alert(1)</script>', b"[", b"a'b<i>", b"\xff\xfe", b"&lt;"])
def test_a_host_cannot_write_into_the_page(tmp_path, host):
    async def scenario(api):
        answer = await api.call("GET", "/", host=host)
        assert answer.status == 200
        assert b"<script" not in answer.body
        assert b"<i>" not in answer.body
        assert (await api.call("GET", "/openapi.json", host=host)).status == 200

    browsing(tmp_path, scenario)


def test_what_operations_are_called_is_escaped(tmp_path):
    evil = Resource("api", "/v1/<img src=x onerror=alert(1)>", VERSIONED, str, alone=True)

    @evil.fetch
    async def fetch(service, call):
        return None

    async def scenario(api):
        api.app = pages(Router(evil.bind(None)), api.app, "1")
        assert b"<img" not in (await api.call("GET", "/")).body

    browsing(tmp_path, scenario)


def test_the_page_may_load_nothing_and_run_nothing(tmp_path):
    async def scenario(api):
        answer = await api.call("GET", "/")
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        (style,) = re.findall(r"<style>(.*?)</style>", answer.body.decode(), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy["style-src"] == f"'sha256-{digest}'"
        assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert b"<script" not in answer.body
        assert b" style=" not in answer.body
        assert b'<link rel="icon" href="data:,">' in answer.body  # else the browser asks for one and is asked who it is

    browsing(tmp_path, scenario)


def test_the_description_says_where_it_was_found(tmp_path):
    async def scenario(api):
        answer = await api.call("GET", "/openapi.json", host=b"box.lan:1", scheme="https")
        assert answer.headers["content-type"] == "application/json"
        assert answer.json["servers"] == [{"url": "https://box.lan:1"}]
        assert answer.json["info"]["version"] == "1.2.3"
        assert JARS.replace("AC" + "a" * 32, "{account_sid}") in answer.json["paths"]

    browsing(tmp_path, scenario)


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("POST", 405), ("DELETE", 405)])
def test_pages_are_read_only(tmp_path, method, status):
    async def scenario(api):
        assert (await api.call(method, "/")).status == status

    browsing(tmp_path, scenario)


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/errors", "/errors/21211", "/errors/1", "/errors/21211.json"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_has_a_number(tmp_path, method, path):
    async def scenario(api):
        numbers = [(await api.call(method, path)).headers["twilio-request-id"] for _ in range(2)]
        assert all(len(number) == 34 and number.startswith("RQ") for number in numbers)
        assert numbers[0] != numbers[1]

    browsing(tmp_path, scenario)
