"""Reading URLs, with the very parser the HTTP client uses.

Two parsers that disagree about where the host ends are how a guard is fooled, so there is one: the WHATWG URL
parser inside pyreqwest. It folds `0x7f.1`, `2130706433`, full-width digits and percent-encoding into a plain
address. It is also generous (`http:///host`, tabs inside, backslashes for slashes); those spellings are refused
before it sees them.

Credentials may stand in a URL (Twilio answers a 401 with them); they never travel in the request line.
"""

import re
import socket
from functools import lru_cache
from urllib.parse import unquote

from pyreqwest.http import Url

from offhook.fetch.errors import FetchError

_SHAPE = re.compile(r"https?://[^/?#\\\s\x00-\x20\x7f]+(?:[/?#][^\x00-\x1f\x7f]*)?", re.IGNORECASE)
_LONGEST = 8_000  # characters; a request line beyond this is refused by most servers


@lru_cache(maxsize=1024)
def parse(url: str) -> Url:
    """The parsed URL; only http and https. Raises FetchError("bad_url")."""
    if not _SHAPE.fullmatch(url) or len(url) > _LONGEST:
        raise _bad(url, "it must be http:// or https://, a host, and printable characters")
    try:
        parsed = Url(url)
    except ValueError as error:
        raise _bad(url, str(error)) from None
    if not parsed.host_str or not parsed.port_or_known_default:
        raise _bad(url, "it has no host, or port 0")
    if parsed.domain is not None and _reads_as_number(parsed.domain):
        raise _bad(url, "its host is an odd spelling of an IP address")
    return parsed


@lru_cache(maxsize=1024)
def as_sent(url: str) -> str:
    """The URL as the receiver sees it: normalised, without credentials and fragment. Raises FetchError("bad_url").

    A signature must be made over this text, since the parser rewrites `'` to `%27`, `/a/../b` to `/b` and so on.
    """
    parsed = parse(url)
    if parsed.username or parsed.password is not None:
        parsed = parsed.with_username("").with_password(None)
    return str(parsed.with_fragment(None) if parsed.fragment is not None else parsed)


def credentials(url: str) -> tuple[str, str] | None:
    """User name and password of `https://user:password@host/`, decoded; None without. Raises FetchError("bad_url")."""
    parsed = parse(url)
    if not parsed.username and parsed.password is None:
        return None
    return unquote(parsed.username), unquote(parsed.password or "")


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
        return str(Url(base).join(location))
    except ValueError as error:
        raise _bad(location, str(error)) from None


def same_origin(one: str, other: str) -> bool:
    """Whether scheme, host and port are equal (RFC 6454 section 5). Raises FetchError("bad_url")."""
    return parse(one).origin_ascii == parse(other).origin_ascii


@lru_cache(maxsize=1024)
def _origin_of(authority: str) -> str:
    return str(parse(authority).origin_ascii)


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
