"""An app and people who put script into everything that they may name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from offhook.testing import Offhook
from tests.console.browser.stories import api_of, picture
from tests.terminal import until


def hostile_app(payloads: Sequence[str]) -> Callable[..., Iterable[bytes]]:
    """Answers `/no/<i>` with a broken document, `/yes/<i>` with a text, `/media/<name>` with a file that has the name.

    Everything that it says, headers too, is the payload.
    """

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        _, what, name = environ["PATH_INFO"].split("/", 2)
        payload = name.encode("latin-1").decode() if what == "media" else payloads[int(name)]
        spoken = in_header(payload).encode().decode("latin-1")
        kind = {"no": "text/xml", "yes": "text/plain; charset=utf-8", "media": "image/png"}[what]
        headers = [("Content-Type", kind), ("X-Payload", spoken)]
        if what == "media":
            headers.append(("Content-Disposition", f"attachment; filename={spoken}"))
        start_response("200 OK", headers)
        return [picture() if what == "media" else payload.encode()]

    return app


def in_header(payload: str) -> str:
    """The payload as a header may say it."""
    return " ".join(payload.split())


@dataclass
class Mischief:
    """What was made of one payload."""

    payload: str
    number: str
    message: str
    exchanges: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)


def mischief(offhook: Offhook, payloads: Sequence[str], phone: str) -> list[Mischief]:
    """Each payload becomes names, a text, the name of its file, and what the app answers to it."""
    api = api_of(offhook)
    url = offhook.serve(hostile_app(payloads))
    made = []
    for place, payload in enumerate(payloads):
        number = offhook.number(
            friendly_name=payload, sms_url=f"{url}/no/{place}", sms_fallback_url=f"{url}/yes/{place}"
        )
        said = offhook.handset(phone).text(number, payload, f"{url}/media/{quote(payload, safe='')}")
        made.append(Mischief(payload, number.sid, str(said.message_sid)))
        api.post(api.in_account("Applications"), FriendlyName=payload)
        api.post(api.in_account("Keys"), FriendlyName=payload)
        if place % 5 == 0:
            api.post("/2010-04-01/Accounts.json", FriendlyName=payload)
    for one in made:
        one.exchanges = until(lambda one=one: _exchanges(offhook, one.message))
    known = until(lambda: _alerts(offhook, {one.message for one in made}))
    for one in made:
        one.alerts = known[one.message]
    return made


def _exchanges(offhook: Offhook, message: str) -> list[dict[str, Any]] | None:
    found = api_of(offhook).get("/offhook/v1/Exchanges", ResourceSid=message, Direction="out")["exchanges"]
    return found if len(found) == 2 else None


def _alerts(offhook: Offhook, messages: set[str]) -> dict[str, list[dict[str, Any]]] | None:
    found: dict[str, list[dict[str, Any]]] = {}
    for alert in api_of(offhook).pages("/monitor/v1/Alerts", "alerts"):
        found.setdefault(alert["resource_sid"], []).append(alert)
    return found if messages <= found.keys() else None
