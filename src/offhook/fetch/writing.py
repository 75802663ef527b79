"""A request as bytes. Host and Content-Length are ours; what could end a line early is refused.

Source: RFC 9112 sections 3 and 5, RFC 9110 sections 5.5 and 5.6.2.
"""

import re

from offhook.fetch.errors import FetchError
from offhook.fetch.request import Request

_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_ACCEPT = "Accept: */*\r\n"
_UNCOMPRESSED = "Accept-Encoding: identity\r\n"


def as_bytes(request: Request, url: str, user_agent: str) -> bytes:
    """The request for `url`, which is normalised (`as_sent`).

    Raises FetchError("protocol") for what cannot stand in a request, ValueError for headers that are ours to set.
    """
    names = {name.lower() for name, _ in request.headers}
    if not names.isdisjoint(_OURS):
        raise ValueError(f"The client sets these headers itself: {', '.join(sorted(names & _OURS))}.")
    host, target = _split(url)
    head = [f"{_token(request.method, url)} {target} HTTP/1.1\r\nHost: {host}\r\n"]
    if "user-agent" not in names:
        head.append(f"User-Agent: {user_agent}\r\n")
    head.extend([f"{_token(name, url)}: {_value(value, url)}\r\n" for name, value in request.headers])
    if "accept" not in names:
        head.append(_ACCEPT)
    if "accept-encoding" not in names:
        head.append(_UNCOMPRESSED)
    if request.body or request.method == "POST":
        head.append(f"Content-Length: {len(request.body)}\r\n")
    head.append("\r\n")
    return "".join(head).encode("latin-1") + request.body


def _split(url: str) -> tuple[str, str]:
    """Host (with its port, unless that is the scheme's own) and request target of a normalised URL."""
    begin = url.index("//") + 2
    slash = url.index("/", begin)
    return url[begin:slash], url[slash:]


def _token(text: str, url: str) -> str:
    if _TOKEN.fullmatch(text):
        return text
    raise _unsendable(url, f"{text[:40]!r} is neither a method nor the name of a header")


def _value(text: str, url: str) -> str:
    if _VALUE.fullmatch(text):
        return text
    raise _unsendable(url, "a header holds a character that no header may hold")


def _unsendable(url: str, why: str) -> FetchError:
    return FetchError("protocol", f"The request to {url[:200]} cannot be sent: {why}.")
