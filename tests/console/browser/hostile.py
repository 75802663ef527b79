"""An app and people who put script into everything that they may name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote

from offhook.testing import Number, Offhook
from tests.console.browser.stories import api_of, picture
from tests.terminal import until


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Repeats what it is told: at `/no` as a broken document, at `/yes` as a text, and in a header.

    At `/media/…` there is a picture of that name.
    """
    form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    is_media = environ["PATH_INFO"].startswith("/media/")
    name = environ["PATH_INFO"].removeprefix("/media/").encode("latin-1").decode()
    said = name if is_media else form["Body"][0]
    spoken = in_header(said).encode().decode("latin-1")
    kind = "image/png" if is_media else "text/xml" if name == "/no" else "text/plain; charset=utf-8"
    headers = [("Content-Type", kind), ("X-Payload", spoken)]
    if is_media:
        headers.append(("Content-Disposition", f"attachment; filename={spoken}"))
    start_response("200 OK", headers)
    return [picture() if is_media else said.encode()]


def in_header(payload: str) -> str:
    """The payload as a header may say it."""
    return " ".join(payload.split())


@dataclass(frozen=True)
class Mischief:
    """What was made of one payload: the number that is named so, the message that says it, and what that led to."""

    payload: str
    number: Number
    message: str
    exchanges: list[dict[str, Any]]
    alert: str


def mischief(offhook: Offhook, payloads: Sequence[str], phone: str) -> tuple[Number, list[Mischief]]:
    """Each payload becomes names, a text to the first number, the name of its file, and what the app answers to it."""
    api = api_of(offhook)
    url = offhook.serve(app)
    asked = offhook.number(sms_url=f"{url}/no", sms_fallback_url=f"{url}/yes")
    said = [_text(offhook, phone, asked, payload, url) for payload in payloads]
    numbers = [offhook.number(friendly_name=payload) for payload in payloads]
    for place, payload in enumerate(payloads):
        api.post(api.in_account("Applications"), FriendlyName=payload)
        api.post(api.in_account("Keys"), FriendlyName=payload)
        if place % 5 == 0:
            api.post("/2010-04-01/Accounts.json", FriendlyName=payload)
    exchanges = [until(lambda sid=sid: _exchanges(offhook, sid)) for sid in said]
    alerts = until(lambda: _alerts(offhook, said))
    made = zip(payloads, numbers, said, exchanges, strict=True)
    return asked, [Mischief(*one, alerts[one[2]]) for one in made]


def _text(offhook: Offhook, phone: str, asked: Number, payload: str, url: str) -> str:
    return str(offhook.handset(phone).text(asked, payload, f"{url}/media/{quote(payload, safe='')}").message_sid)


def _exchanges(offhook: Offhook, message: str) -> list[dict[str, Any]] | None:
    found = api_of(offhook).get("/offhook/v1/Exchanges", ResourceSid=message, Direction="out")["exchanges"]
    return found if len(found) == 2 else None


def _alerts(offhook: Offhook, messages: list[str]) -> dict[str, str] | None:
    """An alert of each message, by its SID."""
    found = {one["resource_sid"]: one["sid"] for one in api_of(offhook).pages("/monitor/v1/Alerts", "alerts")}
    return found if set(messages) <= found.keys() else None
