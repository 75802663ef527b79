"""Answering a 401 with the credentials that stand in the URL.

The first request goes without Authorization. Only when the server asks, and only if that server is the one the
credentials were written for, is it repeated with them: by the strongest way that it offers, which is Digest with
SHA-256, then Digest with MD5, then Basic. A refused password is not sent again; a right one whose nonce had become
too old is (RFC 7616 section 3.3, `stale`).

Source: RFC 9110 section 11, RFC 7616, RFC 7617; https://www.twilio.com/docs/usage/security#http-authentication
"""

import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from offhook.fetch.digest import DigestChallenge, digest_challenge
from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import as_sent, credentials, same_origin

MOST_ANSWERS = 2  # to one request: the second is for a nonce that had become too old
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - RFC 9110 section 5.6.2
_BETWEEN_COMMAS = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"?)+', re.DOTALL)
_PARAMETER = re.compile(rf'(?:({_TOKEN})[ \t]+)?({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))', re.DOTALL)
_ALONE = re.compile(rf"({_TOKEN})(?:[ \t]+[A-Za-z0-9._~+/-]+=*)?")  # a scheme, perhaps with a token68
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way to prove who one is that a server offers; the scheme and the parameters' names in lower case."""

    scheme: str
    parameters: dict[str, str] = field(default_factory=dict)


def new_client_nonce() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def answer_challenge(
    request: Request, response: Response, *, client_nonce: Callable[[], str] = new_client_nonce
) -> Request | None:
    """The request to send after a 401; None if there is nothing to answer, or nothing to answer with.

    Whoever asks in a loop stops after MOST_ANSWERS: a server may call every nonce stale. Raises FetchError("bad_url").
    """
    known = credentials(request.url) if response.status == 401 else None
    if known is None or not same_origin(request.url, response.url):
        return None
    offered = read_challenges(response.header_values("www-authenticate"))
    sent = next((value for name, value in request.headers if name.lower() == "authorization"), None)
    if (digest := _strongest(offered, only_stale=sent is not None)) is not None:
        if sent is not None and not sent.startswith("Digest "):
            return None
        return _with(request, digest.answer(request.method, _target(request.url), *known, client_nonce()))
    if sent is None and any(challenge.scheme == "basic" for challenge in offered):
        return _with(request, f"Basic {b64encode(':'.join(known).encode()).decode()}")
    return None


def read_challenges(values: Iterable[str]) -> list[Challenge]:
    """The challenges in the values of `WWW-Authenticate`, in order (RFC 9110 section 11.6.1).

    What is neither a parameter nor the begin of a challenge is passed over, up to the next challenge.
    """
    challenges: list[Challenge] = []
    for value in values:
        parameters: dict[str, str] = {}  # of the challenge that we are in; of none, they are forgotten
        for element in _BETWEEN_COMMAS.findall(value):
            scheme, named = _read_element(element.strip(" \t"))
            if scheme is not None:
                challenges.append(Challenge(scheme.lower()))
                parameters = challenges[-1].parameters
            if named is not None:
                parameters.setdefault(*named)
            elif scheme is None and element.strip(" \t"):
                parameters = {}
    return challenges


def _read_element(element: str) -> tuple[str | None, tuple[str, str] | None]:
    """The scheme that begins here, and the parameter that stands here: name in lower case, and value."""
    if found := _PARAMETER.fullmatch(element):
        scheme, name, text, token = found.groups()
        return scheme, (name.lower(), token or _ESCAPED.sub(r"\1", text or ""))
    if found := _ALONE.fullmatch(element):
        return found[1], None
    return None, None


def _strongest(offered: Iterable[Challenge], *, only_stale: bool) -> DigestChallenge | None:
    """The best Digest challenge that we can answer, the first of equals."""
    read = (digest_challenge(challenge.parameters) for challenge in offered if challenge.scheme == "digest")
    answerable = [digest for digest in read if digest is not None and (digest.is_stale or not only_stale)]
    return max(answerable, key=lambda digest: digest.strength, default=None)


def _with(request: Request, authorization: str) -> Request:
    others = tuple(header for header in request.headers if header[0].lower() != "authorization")
    return replace(request, headers=(*others, ("Authorization", authorization)))


def _target(url: str) -> str:
    """What stands in the request line: path and query, as they are sent."""
    return "/" + as_sent(url).split("/", 3)[3]
