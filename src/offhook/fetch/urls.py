"""Reading URLs, by the one parser of the WHATWG URL standard that everything here uses.

Two parsers that disagree about where the host ends are how a guard is fooled, so there is one: ada, which is also
Node's. It folds `0x7f.1`, `2130706433`, full-width digits and percent-encoding into a plain address. It is also
generous (`http:///host`, tabs inside, backslashes for slashes); those spellings are refused before it sees them.

Credentials may stand in a URL (Twilio answers a 401 with them); they never travel in the request line.
"""

import re
import socket
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from ada_url import URL, HostType, join_url

from offhook.fetch.errors import FetchError

_SHAPE = re.compile(r"https?://[^/?#\\\s\x00-\x20\x7f]+(?:[/?#][^\x00-\x1f\x7f]*)?", re.IGNORECASE)
_LONGEST = 8_000  # characters; a request line beyond this is refused by most servers
_PORTS = {"http": 80, "https": 443}


class Url(NamedTuple):
    """A URL in its parts. `host` is a name in lower case and ASCII, or an address (IPv6 without brackets).

    `username` and `password` are still percent-encoded. `sent` is the whole without them and without fragment.
    """

    scheme: str
    host: str
    port: int
    literal: bool  # the host is an address, not a name
    username: str
    password: str
    path: str
    origin: str
    sent: str


@lru_cache(maxsize=1024)
def parse(url: str) -> Url:
    """The parsed URL; only http and https. Raises FetchError("bad_url")."""
    if not _SHAPE.fullmatch(url) or len(url) > _LONGEST:
        raise _bad(url, "it must be http:// or https://, a host, and printable characters")
    try:
        found = URL(url)
    except ValueError:
        raise _bad(url, "its host or port is malformed") from None
    literal = found.host_type != HostType.DEFAULT
    scheme = found.protocol[:-1]
    port = int(found.port or _PORTS[scheme])
    if not found.hostname or not port:
        raise _bad(url, "it has no host, or port 0")
    if not literal and _reads_as_number(found.hostname):
        raise _bad(url, "its host is an odd spelling of an IP address")
    sent = found.origin + found.pathname + found.search
    host = found.hostname.strip("[]")
    return Url(scheme, host, port, literal, found.username, found.password, found.pathname, found.origin, sent)


def as_sent(url: str) -> str:
    """The URL as the receiver sees it: normalised, without credentials and fragment. Raises FetchError("bad_url").

    A signature must be made over this text, since the parser rewrites `'` in a query to `%27`, `/a/../b` to `/b` and
    so on.
    """
    return parse(url).sent


def credentials(url: str) -> tuple[str, str] | None:
    """User name and password of `https://user:password@host/`, decoded; None without. Raises FetchError("bad_url")."""
    parsed = parse(url)
    if not parsed.username and not parsed.password:
        return None
    return unquote(parsed.username), unquote(parsed.password)


def without_userinfo(url: str) -> str:
    """The same text less its user name and password. Never raises: it also cleans what is not a URL."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        scheme, rest = "", url
    end = re.search(r"[/?#\\]", rest)
    split = end.start() if end else len(rest)
    return scheme + mark + rest[:split].rpartition("@")[2] + rest[split:]


def joined(base: str, location: str) -> str:
    """`location` resolved against `base` (RFC 3986 section 5). Raises FetchError("bad_url")."""
    try:
        return str(join_url(base, location))
    except ValueError:
        raise _bad(location, "nothing can be made of it") from None


def same_origin(one: str, other: str) -> bool:
    """Whether scheme, host and port are equal (RFC 6454 section 5). Raises FetchError("bad_url")."""
    return parse(one).origin == parse(other).origin


@lru_cache(maxsize=1024)
def _origin_of(authority: str) -> str:
    return parse(authority).origin


def endpoint(url: str) -> str:
    """Scheme, host and port of a URL, however they are spelled; "" for what is no URL. Never raises."""
    scheme, _, rest = without_userinfo(url).partition("://")
    end = re.search(r"[/?#\\]", rest)
    try:
        return _origin_of(f"{scheme}://{rest[: end.start()] if end else rest}")
    except FetchError:
        return ""


def _reads_as_number(host: str) -> bool:
    try:
        socket.inet_aton(host.rstrip("."))
    except OSError:
        return False
    return True


def _bad(url: str, why: str) -> FetchError:
    return FetchError("bad_url", f"{without_userinfo(url)[:200]!r} is not a URL that can be called: {why}.")
