"""What has happened in an Offhook before somebody opens its console, and the app that it happened with."""

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from offhook.testing import Number, Offhook
from offhook.testing.calling import Api

PHONE, OTHER_PHONE = "+19732644152", "+19732640002"


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A small app: `/sms` repeats what it is told, `/broken` fails, `/picture.png` is one, `/told` hears a callback."""
    size = int(environ.get("CONTENT_LENGTH") or 0)
    form = {name: values[0] for name, values in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
    status, kind, body = _answer(environ["PATH_INFO"], form.get("Body", ""))
    start_response(status, [("Content-Type", kind), ("X-Made-By", "the app")])
    return [body]


def _answer(path: str, said: str) -> tuple[str, str, bytes]:
    if path == "/picture.png":
        return "200 OK", "image/png", picture()
    if path == "/broken":
        return "500 Internal Server Error", "text/plain", b"the database is on fire"
    if path == "/told":
        return "204 No Content", "text/plain", b""
    twiml = f"<Response><Message>You said: {escape(said)}</Message></Response>"
    return "200 OK", "text/xml", twiml.encode()


def picture(width: int = 64, height: int = 48) -> bytes:
    """A PNG in one colour that fades."""
    rows = b"".join(b"\0" + bytes((90 + row, 110, 200 - row)) * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@dataclass(frozen=True)
class Story:
    """An account with something of everything, and the addresses of its pages in the console."""

    pages: dict[str, str]
    number: Number
    app_url: str


def api_of(offhook: Offhook) -> Api:
    """The API, called as the first account."""
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


def told(offhook: Offhook) -> Story:
    """Texts both ways, one with a picture, one that is lost, a webhook that fails, a key, an application, …"""
    api = api_of(offhook)
    app_url = offhook.serve(app)
    number = offhook.number(sms_url=f"{app_url}/sms", friendly_name="Front desk")
    broken = offhook.number(sms_url=f"{app_url}/broken")
    phone = offhook.handset(PHONE)
    asked = phone.text(number, "Are you open on Sunday?", f"{app_url}/picture.png").message_sid
    phone.wait_for("You said: Are you open on Sunday?")
    offhook.handset(OTHER_PHONE).text(broken, "Hello?")
    lost = _lost(offhook, api, number, f"{app_url}/told")
    application = api.post(api.in_account("Applications"), FriendlyName="The shop", SmsUrl=f"{app_url}/sms")
    api.post(api.in_account("Keys"), FriendlyName="For the night job")
    api.post("/2010-04-01/Accounts.json", FriendlyName="A customer")
    exchange = _first(api, "/offhook/v1/Exchanges", "exchanges", ResourceSid=asked, Direction="out")
    alert = _first(api, "/monitor/v1/Alerts", "alerts")
    return Story(
        pages={
            **PAGES,
            "a message": f"/messages/{asked}",
            "a lost message": f"/messages/{lost}",
            "two phones": f"/handsets?phone={PHONE.replace('+', '%2B')}&phone={OTHER_PHONE.replace('+', '%2B')}",
            "a number": f"/numbers/{number.sid}",
            "an exchange": f"/webhooks/{exchange['sid']}",
            "an alert": f"/alerts/{alert['sid']}",
            "an application": f"/applications/{application['sid']}",
            "an operation": "/reference?operation=POST+%2F2010-04-01%2FAccounts%2F%7Baccount_sid%7D%2FMessages.json",
        },
        number=number,
        app_url=app_url,
    )


PAGES = {
    "overview": "/",
    "messages": "/messages",
    "handsets": "/handsets",
    "numbers": "/numbers",
    "inventory": "/numbers/buy",
    "webhooks": "/webhooks",
    "alerts": "/alerts",
    "applications": "/applications",
    "subaccounts": "/subaccounts",
    "keys": "/keys",
    "reference": "/reference",
    "no such page": "/nowhere",
}
DETAILS = (
    *("a message", "a lost message", "two phones", "a number", "an exchange", "an alert", "an application"),
    "an operation",
)
EVERY_PAGE = (*PAGES, *DETAILS)


def _lost(offhook: Offhook, api: Api, number: Number, callback: str) -> str:
    """A text that a phone loses, and the app is told."""
    phone = "+19732640003"
    offhook.handset(phone).behave(outcome="undelivered", error_code="30005")
    sent = api.post(
        api.in_account("Messages"), To=phone, From=str(number), Body="Your table is ready", StatusCallback=callback
    )
    return str(sent["sid"])


def _first(api: Api, path: str, key: str, **filters: str | None) -> dict[str, Any]:
    """The newest record of a list, which may be written a moment after what it tells of."""
    from tests.terminal import until

    return until(lambda: next(iter(api.get(path, **filters)[key]), None))
