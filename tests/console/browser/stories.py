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
    """A small app: `/sms` repeats what it is told, `/broken` fails, `/picture.png` is one, `/told` hears a callback.

    Calls: `/voice` asks for a key, `/pressed` repeats it, `/room` is a conference, `/line` a queue.
    """
    size = int(environ.get("CONTENT_LENGTH") or 0)
    form = {name: values[0] for name, values in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
    status, kind, body = _answer(environ["PATH_INFO"], form)
    start_response(status, [("Content-Type", kind), ("X-Made-By", "the app")])
    return [body]


VOICE = {
    "/voice": """<Response>
  <Gather action="/pressed" numDigits="1" timeout="60"><Say>Press a key.</Say></Gather>
</Response>""",
    "/pressed": "<Response><Say>You pressed {Digits}.</Say><Pause length='60'/></Response>",
    "/room": "<Response><Dial><Conference startConferenceOnEnter='true'>The round table</Conference></Dial></Response>",
    "/line": "<Response><Enqueue>The line</Enqueue></Response>",
}


def _answer(path: str, form: dict[str, str]) -> tuple[str, str, bytes]:
    if path == "/picture.png":
        return "200 OK", "image/png", picture()
    if path == "/broken":
        return "500 Internal Server Error", "text/plain", b"the database is on fire"
    if path == "/told":
        return "204 No Content", "text/plain", b""
    if path in VOICE:
        return "200 OK", "text/xml", VOICE[path].format_map({"Digits": "nothing", **form}).encode()
    twiml = f"<Response><Message>You said: {escape(form.get('Body', ''))}</Message></Response>"
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
    calls = _called(offhook, api, app_url)
    exchange = _first(api, "/offhook/v1/Exchanges", "exchanges", ResourceSid=asked, Direction="out")
    alert = _first(api, "/monitor/v1/Alerts", "alerts")
    return Story(
        pages={
            **PAGES,
            **calls,
            **_verified(offhook, api),
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
    "calls": "/calls",
    "recordings": "/recordings",
    "conferences": "/conferences",
    "queues": "/queues",
    "bins": "/twiml-bins",
    "verify": "/verify",
    "verifications": "/verifications",
    "lookup": "/lookup",
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
    *("a verify service", "a number looked up"),
    *("a call", "a call that goes on", "a phone in a call", "a recording", "a conference", "a queue", "a bin"),
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


def _verified(offhook: Offhook, api: Api) -> dict[str, str]:
    """The pages of a service that has verified somebody, and of a number of which much is known."""
    service = api.post("/verify/v2/Services", FriendlyName="Owl Bank")["sid"]
    for phone in ("+19732640009", "+33612345678"):
        api.post(f"/verify/v2/Services/{service}/Verifications", To=phone, Channel="sms")
    code = offhook.handset("+19732640009").latest_code()
    api.post(f"/verify/v2/Services/{service}/VerificationCheck", To="+19732640009", Code=code)
    offhook.handset("+19732640009").has_line(type="mobile", carrier_name="Hooli", sim_swapped="never")
    fields = "line_type_intelligence,sim_swap,caller_name,reassigned_number"
    return {
        "a verify service": f"/verify/{service}",
        "a number looked up": f"/lookup?number=%2B19732640009&Fields={fields}",
    }


def _called(offhook: Offhook, api: Api, app_url: str) -> dict[str, str]:
    """The pages of a call that was recorded, one that goes on, a conference, a queue with somebody in it, and a bin."""
    answering = offhook.handset("+19732640004")
    answering.behave(answers="at-once", greeting="Hello, who is there?")
    number = str(offhook.number(voice_url=f"{app_url}/voice"))
    made = api.post(
        api.in_account("Calls"),
        To="+19732640004",
        From=number,
        Twiml="<Response><Say>Hello.</Say></Response>",
        Record="true",
    )
    live = offhook.handset("+19732640005").call(number)
    live.hears("Press a key.")
    for phone, path in (("+19732640006", "/room"), ("+19732640007", "/room"), ("+19732640008", "/line")):
        offhook.handset(phone).call(offhook.number(voice_url=app_url + path))
    conference = _first(api, api.in_account("Conferences"), "conferences", Status="in-progress")
    queue = _first(api, api.in_account("Queues"), "queues")
    recording = _first(api, api.in_account("Recordings"), "recordings", CallSid=made["sid"])
    kept = api.post("/offhook/v1/TwimlBins", FriendlyName="Closed", Twiml="<Response><Reject/></Response>")
    return {
        "a call": f"/calls/{made['sid']}",
        "a call that goes on": f"/calls/{live.call_sid}",
        "a phone in a call": "/handsets?phone=%2B19732640005",
        "a recording": f"/recordings/{recording['sid']}",
        "a conference": f"/conferences/{conference['sid']}",
        "a queue": f"/queues/{queue['sid']}",
        "a bin": f"/twiml-bins/{kept['sid']}",
    }


def _first(api: Api, path: str, key: str, **filters: str | None) -> dict[str, Any]:
    """The newest record of a list, which may be written a moment after what it tells of."""
    from tests.terminal import until

    return until(lambda: next(iter(api.get(path, **filters)[key]), None))
