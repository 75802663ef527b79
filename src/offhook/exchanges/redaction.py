"""Taking secrets out of an exchange before it is kept. What is not captured cannot leak.

Redacted: credentials in headers (the user name stays, it tells who called), cookies' values, user:password in URLs,
and the values of parameters and JSON members that hold secrets.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

REDACTED = "[redacted]"
MOST_TEXT = 64 * 1024  # characters of a body that are kept

_SECRETS = r"(?:auth_?token|token|secret|api_?secret|client_?secret|password|passwd|code|pin|access_?token)"
_IN_FORM = re.compile(rf"(?i)(^|[&?])({_SECRETS})=[^&#]*")
_IN_JSON = re.compile(rf'(?i)("{_SECRETS}"\s*:\s*)"(?:[^"\\]|\\.)*"')
_COOKIE = re.compile(r"(=)[^;,]*")


def headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Headers as they may be kept, names as they came."""
    return tuple((name, _header(name.lower(), value)) for name, value in pairs)


def url(text: str) -> str:
    """A URL without password and without secret query parameters."""
    parts = urlsplit(text)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{REDACTED}@{host}" if "@" in parts.netloc else host
    return _IN_FORM.sub(rf"\1\2={REDACTED}", urlunsplit(parts._replace(netloc=netloc)))


def body(raw: bytes) -> str:
    """A body as text, bounded, without the values of secret parameters or JSON members."""
    if not raw:
        return ""
    text = raw[:MOST_TEXT].decode(errors="replace").replace("\x00", "\ufffd")
    return _IN_JSON.sub(rf'\1"{REDACTED}"', _IN_FORM.sub(rf"\1\2={REDACTED}", text))


def _header(name: str, value: str) -> str:
    if name in ("authorization", "proxy-authorization"):
        return _authorization(value)
    if name in ("cookie", "set-cookie"):
        first, semicolon, rest = value.partition(";")
        kept = _COOKIE.sub(rf"\1{REDACTED}", first)
        return kept + (semicolon + _COOKIE.sub(rf"\1{REDACTED}", rest) if name == "cookie" else semicolon + rest)
    return value


def _authorization(value: str) -> str:
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "basic":
        return f"{scheme} {REDACTED}"
    try:
        username = base64.b64decode(rest, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return f"{scheme} {REDACTED}"
    return f"{scheme} {username}:{REDACTED}"
