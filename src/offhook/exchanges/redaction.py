r"""Taking secrets out of an exchange before it is kept. What is not captured cannot leak.

Redacted: credentials in headers (the user name stays, it tells who called), cookies' values, `user:password@` in URLs
wherever they stand, the tokens of links that sign in to the console, and the values of what is named like a secret:
form and query parameters (also where the name is percent-encoded), JSON members, XML attributes and elements, parts
of a multipart form. Names are compared without case and without `_`, `-` and `.`. Of a doubtful text rather too much
is taken than too little.

PostgreSQL cannot keep U+0000 in a text, so it becomes U+FFFD here, as bytes do that are no UTF-8.
"""

import base64
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote_plus

REDACTED = "[redacted]"
TAKEN_OUT = f"{REDACTED} with what it was about"  # instead of a whole body
MOST_TEXT = 64 * 1024  # bytes of a body that are kept
LIST = 8 * 1024  # bytes that are kept of a list, whose things can be asked for again
GLANCE = 1024  # bytes that are kept of what somebody only looked at

SECRETS = (
    "auth token|secondary auth token|test auth token|access token|refresh token|id token|session token|"
    "security token|bearer token|token|api secret|api key secret|key secret|client secret|consumer secret|app secret|"
    "shared secret|signing secret|binding secret|secret|secret key|secret access key|private key|api key|password|"
    "passwd|current password|new password|passphrase|passcode|code|custom code|security code|pin|otp|assertion|"
    "client assertion|auth payload|card number|payment card number|cvv"
)
_SECRETS = frozenset(SECRETS.replace(" ", "").split("|"))
_ENDS = tuple(sorted({name.split()[-1] + '"' for name in SECRETS.split("|")} - {'code"'}))
_NAMES = "(?:" + SECRETS.replace(" ", r"[_.\-]?") + ")"
_SEPARATORS = str.maketrans("", "", "_.-")
_NAME = re.compile(r"(?:^|[&?#])([^=&?#\s]{1,200})=")
_IN_FORM = re.compile(r"(^|[&?#])([^=&?#\s]{1,200})=[^&#]*")
_IN_QUERY = re.compile(r"([&?#])([^=&?#\s]{1,200})=[^&#\s\"'<>]*")
_IN_JSON = re.compile(r'"([^"\\]{2,40})"(\s*:\s*)("(?:[^"\\]|\\.)*(?:"|\\?$)|-?[0-9][0-9.]*)')
_ATTRIBUTE = re.compile(rf"(\s{_NAMES}\s*=\s*)(?:\"[^\"]*(?:\"|$)|'[^']*(?:'|$))", re.IGNORECASE)
_ELEMENT = re.compile(rf"((?<!<RestException>)<{_NAMES}(?:\s[^<>]*)?>)[^<]+", re.IGNORECASE)  # an error has a Code
_PART = re.compile(rf'(name="?{_NAMES}"?[^\r\n]*\r?\n(?:[^\r\n]{{1,200}}\r?\n){{0,8}}\r?\n)[^\r\n]*', re.IGNORECASE)
_NESTED = re.compile(rf"(%3F|%26|%23)({_NAMES})%3D(?:(?!%26|%23)[^&\s])*", re.IGNORECASE)  # in a URL that is a value
_USER = re.compile(r"(://|:\\/\\/|%3A%2F%2F)(?:(?!%2F|%3F|%23|://)[^/?#&\s\"'<>\\])*(?:@|%40)", re.IGNORECASE)
_CUT_USER = re.compile(r"(://|:\\/\\/|%3A%2F%2F)(?:(?!%2F|%3F|%23)[^/?#&\s\"'<>\\])*$", re.IGNORECASE)
_SIGN_IN = "/console/login/"
_LINK = re.compile(rf"({_SIGN_IN})[\w-]+")
_CUT = re.compile(r" \[… [0-9]+ bytes in all\]\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,20}")
_SECRET_HEADER = re.compile(r"(?:.*-)?(?:token|secret|password|apikey|(?:api|access|auth|private)-key)")
_PLAIN = frozenset(  # most of what any request carries
    {"host", "user-agent", "accept", "accept-encoding", "accept-charset", "connection", "content-type", "date"}
    | {"content-length", "x-twilio-client", "x-twilio-signature", "i-twilio-idempotency-token", "twilio-request-id"}
)
_CREDENTIALS = frozenset({"authorization", "proxy-authorization"})
_ALSO_SECRET = frozenset({"twilio-client-validation", "x-auth", "authentication", "x-offhook-csrf"})
_COOKIE_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "secure", "httponly"})


def headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Headers as they may be kept, names as they came."""
    return tuple([(name, _header(name.lower(), _storable(value))) for name, value in pairs])


def url(text: str) -> str:
    """A URL without password and without secret query parameters. Never raises."""
    return _parameters(_without_user(_storable(text)), _IN_FORM)


def sentence(text: str) -> str:
    """A text for people, such as an error's, in which URLs may stand."""
    return _parameters(_without_user(_storable(text)), _IN_QUERY)


def body(raw: bytes, most: int = MOST_TEXT) -> str:
    """A body as text, bounded, without its secrets; a longer one ends with a note of how long it was."""
    if not raw:
        return ""
    text = _storable(raw[:most].decode(errors="replace"))
    if len(raw) <= most:
        return _clean(text)
    text = _clean(_CUT_USER.sub(rf"\1{REDACTED}", text))
    return f"{text} [… {len(raw)} bytes in all]"


def beginning(raw: bytes) -> str:
    """The same of a body that is kept elsewhere: a look at what Offhook itself keeps."""
    return body(raw, GLANCE)


def page(raw: bytes) -> str:
    """The same of a page of a list."""
    return body(raw, LIST)


def nothing(raw: bytes) -> str:
    """That there was a body, of which nothing is kept."""
    return TAKEN_OUT if raw else ""


def shortened(text: str, most: int) -> str:
    """A body as it was kept, cut to `most` bytes and a note of how long it was."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    noted = _CUT.search(text)
    return raw[:most].decode(errors="ignore") + (noted[0] if noted else f" [… {len(raw)} bytes in all]")


def is_cut(text: str) -> bool:
    """Whether a body as it was kept is not all of it."""
    return _CUT.search(text) is not None


def is_secret(name: str) -> bool:
    """Whether what has this name is to be kept from everybody's eyes."""
    return _is_secret(name)


def _clean(text: str) -> str:
    text = _without_user(_LINK.sub(rf"\1{REDACTED}", text) if _SIGN_IN in text else text)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    document = bool(start) and start in "<{["
    text = _parameters(text, _IN_QUERY if document else _IN_FORM)
    if '"' in text and _may_have_secret_members(text):
        text = _IN_JSON.sub(_member, text)
    if start == "<":
        text = _ELEMENT.sub(rf"\1{REDACTED}", _ATTRIBUTE.sub(rf'\1"{REDACTED}"', text))
    return _PART.sub(rf"\1{REDACTED}", text) if "form-data" in text else text


def _without_user(text: str) -> str:
    return _USER.sub(rf"\1{REDACTED}@", text) if "@" in text or "%40" in text else text


def _parameters(text: str, pattern: re.Pattern[str]) -> str:
    if "=" in text and any(map(_is_secret, _NAME.findall(text))):
        text = pattern.sub(_parameter, text)
    return _NESTED.sub(rf"\1\2%3D{REDACTED}", text) if "%3D" in text or "%3d" in text else text


def _parameter(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}={REDACTED}" if _is_secret(found[2]) else found[0]


def _may_have_secret_members(text: str) -> bool:
    """A quick look that spares most texts the search."""
    lower = text.lower()
    return any(end in lower for end in _ENDS) or lower.count('code"') > lower.count('error_code"')


def _member(found: re.Match[str]) -> str:
    name, colon, value = found.groups()
    if not _is_secret(name) or (name == "code" and value[0] != '"'):  # an error's code is a number
        return found[0]
    return f'"{name}"{colon}"{REDACTED}"'


@lru_cache(maxsize=4096)
def _is_secret(name: str) -> bool:
    return unquote_plus(name).lower().translate(_SEPARATORS) in _SECRETS


def _header(name: str, value: str) -> str:
    if name in _PLAIN:
        return value
    if name in _CREDENTIALS:
        return _authorization(value)
    if name == "cookie":
        return "; ".join(_cookie(pair) for pair in value.split(";"))
    if name == "set-cookie":
        return _set_cookie(value)
    if name in _ALSO_SECRET or _SECRET_HEADER.fullmatch(name):
        return REDACTED
    return url(value) if "=" in value or "://" in value else value


def _cookie(pair: str) -> str:
    name, equals, _ = pair.strip().partition("=")
    return f"{name}={REDACTED}" if equals else REDACTED


def _set_cookie(value: str) -> str:
    cookie, *attributes = value.split(";")
    kept = [a.strip() for a in attributes if a.partition("=")[0].strip().lower() in _COOKIE_ATTRIBUTES]
    return "; ".join([_cookie(cookie), *(a if "=" not in a.partition("=")[2] else REDACTED for a in kept)])


def _authorization(value: str) -> str:
    scheme, _, rest = value.partition(" ")
    if not rest or not _SCHEME.fullmatch(scheme):
        return REDACTED
    if scheme.lower() != "basic":
        return f"{scheme} {REDACTED}"
    try:
        username, _, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except ValueError:
        return f"{scheme} {REDACTED}"
    return f"{scheme} {_storable(username)}:{REDACTED}" if username and password else f"{scheme} {REDACTED}"


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd") if "\x00" in text else text
