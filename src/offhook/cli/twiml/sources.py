"""Where a document comes from: a file, standard input, or an app that is asked as if a call came in."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from offhook.cli.failing import CommandError
from offhook.fetch import Fetcher, FetchError, Guard, Request, Response, as_sent, without_userinfo
from offhook.protocols.twiml import TwimlError
from offhook.webhooks import sign
from offhook.webhooks.asking import CODES, FORM, HTTP_RETRIEVAL_FAILURE, MOST_REDIRECTS
from offhook.webhooks.form import encode_form

Method = Literal["GET", "POST"]
STDIN = "-"
NOWHERE = "http://app.example/"  # what relative URLs of a file count from
SIGNING = "TWILIO_AUTH_TOKEN"  # the variable with the token that apps check signatures with
CALL = (
    ("AccountSid", "AC00000000000000000000000000000000"),
    ("ApiVersion", "2010-04-01"),
    ("CallSid", "CA00000000000000000000000000000000"),
    ("CallStatus", "ringing"),
    ("Called", "+12012006666"),
    ("Caller", "+12012005555"),
    ("Direction", "inbound"),
    ("From", "+12012005555"),
    ("To", "+12012006666"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document before it is read: its bytes, their type, where it is from, and what that is called in a line."""

    name: str
    body: bytes
    content_type: str | None
    url: str = NOWHERE


def load(place: str, method: Method) -> Source:
    """Get a document. Raises CommandError for a file that cannot be read, TwimlError where the app does not answer."""
    if place == STDIN:
        return Source("stdin", sys.stdin.buffer.read(), "text/xml")
    if place.lower().startswith(("http://", "https://")):
        response = asyncio.run(_ask(place, method))
        return Source(without_userinfo(place), response.body, response.header("content-type"), response.url)
    try:
        return Source(place, Path(place).read_bytes(), "text/xml")
    except OSError as problem:
        raise CommandError(f"{place}: {problem.strerror or problem}.") from problem


async def _ask(url: str, method: Method) -> Response:
    """Ask as Twilio would; signed if there is a token. Raises TwimlError with Twilio's number for the failure."""
    fetcher = Fetcher(Guard(allow_private=True, own_ports=lambda: ()))
    try:
        response = await fetcher.send(_request(url, method), redirects=MOST_REDIRECTS)
    except FetchError as problem:
        raise TwimlError(CODES.get(problem.kind, HTTP_RETRIEVAL_FAILURE), str(problem)) from problem
    finally:
        await fetcher.close()
    if response.status >= 400:
        unsigned = "" if os.environ.get(SIGNING) else f"; the request was not signed, as {SIGNING} is not set"
        raise TwimlError(HTTP_RETRIEVAL_FAILURE, f"The app answered {response.status}{unsigned}")
    return response


def _request(url: str, method: Method) -> Request:
    form = encode_form(CALL)
    if method == "GET":
        url = f"{url}{'&' if '?' in url else '?'}{form}"
    headers = [("Accept", "*/*")]
    headers += [("Content-Type", FORM)] if method == "POST" else []
    if token := os.environ.get(SIGNING):
        headers.append(("X-Twilio-Signature", sign(token, as_sent(url), CALL if method == "POST" else ())))
    return Request(method, url, tuple(headers), form.encode() if method == "POST" else b"")
