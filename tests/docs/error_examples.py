"""Doing what the example of an error's page does: typing its commands, being the app that it shows.

An example has commands (`sh`), or an app (`python`, a Flask app; `http`, an answer; `xml`, a TwiML document), or the
`SmsUrl` of a number (`text`), and shows what comes of it (`json`): the last answer of the commands, or an alert.
An app that answers a call is asked for its document, which is read as a voice document; if nothing is wrong with that
by itself, somebody calls.
An example that only shows something has nothing to be done.
"""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from flask import Flask
from werkzeug.test import Client

from offhook.protocols.twiml import parse
from offhook.protocols.twiml.voice import read
from offhook.testing import Offhook
from offhook.web.error_pages import ErrorPage
from tests.docs.markdown_pages import Block, blocks, sections
from tests.docs.shells import Shell

APP = "127.0.0.1:5000"  # where the app of an example is
NOBODY = "127.0.0.1:9"  # the discard port, at which nothing listens
LOCAL = re.compile(r"127\.0\.0\.1:\d+")


@dataclass
class Example:
    """What a page does and what it shows."""

    commands: list[str]
    app: Callable[..., Any] | None
    sms_url: str
    is_call: bool
    shown: dict[str, Any]

    @classmethod
    def of(cls, page: ErrorPage) -> "Example":
        """The example of a page."""
        parts = blocks(sections(page.body, 2)["Example"] + "\n")
        urls = [part.text.strip() for part in parts if part.language == "text"]
        apps = [app for part in parts if (app := app_of(part)) is not None]
        shown = [json.loads(part.text) for part in parts if part.language == "json"]
        assert len(urls) <= 1, page.code
        assert len(apps) <= 1, page.code
        assert len(shown) == 1, page.code
        commands = [part.text for part in parts if part.language == "sh"]
        is_call = "answers a call" in page.body
        return cls(commands, apps[0] if apps else None, urls[0] if urls else "", is_call, shown[0])

    @property
    def is_done(self) -> bool:
        """Whether there is something to do."""
        return bool(self.commands or self.app or self.sms_url)

    def do(self, offhook: Offhook, shell: Shell) -> dict[str, Any]:
        """Do it. What comes of it: an answer of the API, a message, or an alert."""
        if self.app and self.is_call:
            return warning(self.app, str(self.shown["error_code"])) or self._call(offhook, self.app)
        place = offhook.serve(self.app).removeprefix("http://") if self.app else NOBODY
        return self._type(offhook, shell, place) if self.commands else self._text(offhook, place)

    def _type(self, offhook: Offhook, shell: Shell, place: str) -> dict[str, Any]:
        printed = ""
        for command in self.commands:
            printed = shell.type(command.replace(APP, place))
            offhook.clock.settle()
        answer = last_json(printed)
        return dict(answer["messages"][0]) if "messages" in answer else answer

    def _call(self, offhook: Offhook, app: Callable[..., Any]) -> dict[str, Any]:
        number = offhook.number(voice_url=offhook.serve(app) + "/voice")
        offhook.handset("+12012005555").call(number.phone_number).wait_until_ended()
        code = str(self.shown["error_code"])
        return next(alert for alert in alerts(offhook) if alert["error_code"] == code)

    def _text(self, offhook: Offhook, place: str) -> dict[str, Any]:
        before = {alert["sid"] for alert in alerts(offhook)}
        number = offhook.number(sms_url=(self.sms_url or f"http://{APP}/sms").replace(APP, place))
        offhook.handset("+12012005555").text(number.phone_number, "Hello")
        offhook.clock.settle()
        (alert,) = [alert for alert in alerts(offhook) if alert["sid"] not in before]
        return alert


def app_of(block: Block) -> Callable[..., Any] | None:
    """The app that a block shows."""
    match block.language:
        case "python":
            app = Flask("example")
            exec(block.text, {"app": app})
            return app
        case "http":
            head, _, body = block.text.partition("\n\n")
            status, *headers = head.splitlines()
            fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in headers)]
            return saying(status.removeprefix("HTTP/1.1 "), fields, body)
        case "xml":
            return saying("200 OK", [("Content-Type", "text/xml")], block.text)
    return None


def saying(status: str, headers: list[tuple[str, str]], body: str) -> Callable[..., Any]:
    """A WSGI app that always gives the same answer."""

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response(status, headers)
        return [body.encode()]

    return app


def warning(app: Callable[..., Any], code: str) -> dict[str, Any]:
    """What is wrong with the voice document that an app answers: the first alert with that number, or nothing."""
    answer = Client(app).post("/voice")
    found = read(parse(answer.data, answer.content_type)).warnings
    first = next((one for one in found if str(one.code) == code), None)
    if first is None:
        return {}
    return {
        "error_code": str(first.code),
        "log_level": "warning",
        "alert_text": f"{first.message} (line {first.line})",
    }


def alerts(offhook: Offhook) -> list[dict[str, Any]]:
    """The alerts as the API shows them, newest first."""
    credentials = base64.b64encode(f"{offhook.account_sid}:{offhook.auth_token}".encode()).decode()
    request = Request(f"{offhook.url}/monitor/v1/Alerts", headers={"Authorization": f"Basic {credentials}"})
    with build_opener(ProxyHandler({})).open(request) as answer:
        found: list[dict[str, Any]] = json.load(answer)["alerts"]
        return found


def last_json(printed: str) -> dict[str, Any]:
    """The last of the JSON objects that commands printed one after the other."""
    found: dict[str, Any] = {}
    rest = printed.strip()
    while rest:
        found, end = json.JSONDecoder().raw_decode(rest)
        rest = rest[end:].strip()
    return found


def comes_true(shown: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether everything that is shown was found; `…` stands for anything, a local port for any."""
    return all(name in found and _same(value, found[name]) for name, value in shown.items())


def _same(shown: Any, found: Any) -> bool:
    if not isinstance(shown, str) or not isinstance(found, str):
        return bool(shown == found)
    pattern = ".*".join(re.escape(part) for part in LOCAL.sub("127.0.0.1:1", shown).split("…"))
    return re.fullmatch(pattern, LOCAL.sub("127.0.0.1:1", found), re.DOTALL) is not None
