"""twimlets.com, for programs that run under `offhook run`: Twilio's ready-made documents, answered here.

Calls that have such a URL get the same document without a request (`products/numbers/hosting.py`).
"""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from offhook.console.layout import SAFE
from offhook.protocols.twiml import twimlets

HOSTS = frozenset({"twimlets.com", "www.twimlets.com"})
LARGEST = 64 * 1024  # bytes of a form
XML = "text/xml; charset=utf-8"


async def twimlet(request: Request) -> Response:
    """The document at a path, told what the query and the form say."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return PlainTextResponse("The form is too large.\n", 413, headers=SAFE)
    asked = [
        (name, value) for text in (request.url.query, body.decode(errors="replace")) for name, value in _pairs(text)
    ]
    document = twimlets.answer(request.url.path, asked)
    if document is None:
        return PlainTextResponse("There is no such twimlet.\n", 404, headers=SAFE)
    return Response(document, headers={**SAFE, "Content-Type": XML})


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True)
