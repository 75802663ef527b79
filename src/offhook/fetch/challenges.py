"""Answering a 401 with the credentials that stand in the URL.

The first request goes without Authorization. Only when the server asks, and only if that server is the one the
credentials were written for, is it repeated with them. Basic is answered; a server that offers only Digest is not.

Source: RFC 9110 section 11, RFC 7617; https://www.twilio.com/docs/usage/security#http-authentication
"""

import re
from base64 import b64encode
from dataclasses import replace

from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import credentials, same_origin

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_BASIC = re.compile(r"(?:^|,)\s*basic(?:\s|,|$)", re.IGNORECASE)


def answer_challenge(request: Request, response: Response) -> Request | None:
    """The request to send after a 401; None if there is nothing to answer, or nothing to answer with.

    Raises FetchError("bad_url").
    """
    if response.status != 401 or any(name.lower() == "authorization" for name, _ in request.headers):
        return None
    known = credentials(request.url)
    if known is None or not _asks_for_basic(response) or not same_origin(request.url, response.url):
        return None
    token = b64encode(":".join(known).encode()).decode()
    return replace(request, headers=(*request.headers, ("Authorization", f"Basic {token}")))


def _asks_for_basic(response: Response) -> bool:
    challenges = response.header_values("www-authenticate")
    return any(_BASIC.search(_QUOTED.sub('""', challenge)) for challenge in challenges)
