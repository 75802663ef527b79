"""The cookies a webhook sets, kept between two calls. Pure: text and time in, text out.

A `Jar` holds the cookies of one conversation, may be stored as text, and knows RFC 6265: domain and host-only,
path, Secure, Expires and Max-Age. It is bounded: 50 cookies of 4 kB; the oldest goes first. Without a list of
public suffixes, a Domain of one label (`com`) or an IP address counts only for that very host.

Source: RFC 6265 sections 5.1 to 5.4; https://www.twilio.com/docs/messaging/twiml#cookies
"""

from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parsedate_tz
from ipaddress import ip_address
from typing import Self

import msgspec

from offhook.fetch.urls import Url, parse

MOST_COOKIES = 50
LONGEST_COOKIE = 4096  # characters of a whole Set-Cookie value
_SECOND = 1_000_000
_LONGEST_AGE = 400 * 24 * 3600  # seconds; RFC 6265bis section 5.5


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. Times in UTC microseconds; `expires` None lasts as long as its jar."""

    name: str
    value: str
    domain: str
    path: str
    host_only: bool
    secure: bool
    created: int
    expires: int | None

    def matches(self, url: Url, now_us: int) -> bool:
        """Whether it is sent to this URL now (RFC 6265 section 5.4)."""
        here = url.host == self.domain if self.host_only else _within(url.host, self.domain)
        allowed = url.scheme == "https" or not self.secure
        return here and allowed and not self.expired(now_us) and _path_matches(url.path, self.path)

    def expired(self, now_us: int) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now_us

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two cookies the same one."""
        return self.name, self.domain, self.path


class Jar:
    """The cookies of one conversation, in order of creation."""

    def __init__(self, cookies: Iterable[Cookie] = ()) -> None:
        self._cookies = {cookie.key: cookie for cookie in cookies}

    def __len__(self) -> int:
        return len(self._cookies)

    @classmethod
    def loads(cls, text: str) -> Self:
        """A jar from what `dumps` gave; empty text is an empty jar. Raises ValueError."""
        if not text:
            return cls()
        try:
            return cls(msgspec.json.decode(text, type=list[Cookie]))
        except msgspec.DecodeError as error:
            raise ValueError(f"This is not a stored cookie jar: {error}") from None

    def dumps(self) -> str:
        """The jar as text (JSON)."""
        return msgspec.json.encode(list(self._cookies.values())).decode()

    def header_for(self, url: str, now_us: int) -> str | None:
        """The Cookie header for this URL, None without cookies. Raises FetchError("bad_url")."""
        parsed = parse(url)
        fitting = [cookie for cookie in self._cookies.values() if cookie.matches(parsed, now_us)]
        fitting.sort(key=lambda cookie: (-len(cookie.path), cookie.created))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting) or None

    def keep(self, url: str, set_cookie_values: Iterable[str], now_us: int) -> None:
        """Take in the Set-Cookie values of an answer from this URL; a bad one is ignored, as browsers do.

        Raises FetchError("bad_url").
        """
        parsed = parse(url)
        for text in set_cookie_values:
            cookie = parse_cookie(text, parsed, now_us)
            if cookie is not None:
                self._put(cookie, now_us)

    def _put(self, cookie: Cookie, now_us: int) -> None:
        old = self._cookies.get(cookie.key)
        self._cookies[cookie.key] = cookie if old is None else replace(cookie, created=old.created)
        for key in [key for key, each in self._cookies.items() if each.expired(now_us)]:
            del self._cookies[key]
        while len(self._cookies) > MOST_COOKIES:
            del self._cookies[next(iter(self._cookies))]


def parse_cookie(text: str, url: Url, now_us: int) -> Cookie | None:
    """The cookie in one Set-Cookie value (RFC 6265 sections 5.2 and 5.3); None if it must be ignored."""
    pair, *rest = text.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    if not name or not equals or len(text) > LONGEST_COOKIE or not text.isascii() or not text.isprintable():
        return None
    attributes = {key.strip().lower(): given.strip() for key, _, given in (part.partition("=") for part in rest)}
    host = url.host
    domain = attributes.get("domain", "").lower().removeprefix(".")
    secure = "secure" in attributes
    if (domain and not _may_set(host, domain)) or (secure and url.scheme != "https"):
        return None
    path = attributes.get("path", "")
    return Cookie(
        name=name,
        value=value,
        domain=domain or host,
        path=path if path.startswith("/") else _default_path(url.path),
        host_only=not domain or (domain == host and not _is_wide(domain)),
        secure=secure,
        created=now_us,
        expires=_expires(attributes, now_us),
    )


def _expires(attributes: dict[str, str], now_us: int) -> int | None:
    age = attributes.get("max-age", "")
    if age.lstrip("-").isdigit():
        return now_us + max(0, min(int(age[:12]), _LONGEST_AGE)) * _SECOND
    date = parsedate_tz(attributes.get("expires", ""))
    if date is None:
        return None
    try:
        return (timegm((*date[:6], 0, 0, 0)) - (date[9] or 0)) * _SECOND
    except (ValueError, OverflowError):
        return None


def _may_set(host: str, domain: str) -> bool:
    return host == domain or (_within(host, domain) and _is_wide(domain))


def _is_wide(domain: str) -> bool:
    """Whether a Domain may cover hosts below it: more than one label, and no IP address."""
    return "." in domain.strip(".") and not _is_address(domain)


def _within(host: str, domain: str) -> bool:
    return host == domain or (host.endswith("." + domain) and not _is_address(host))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _default_path(path: str) -> str:
    return path[: path.rindex("/")] or "/" if path.startswith("/") else "/"


def _path_matches(path: str, allowed: str) -> bool:
    return path == allowed or path.startswith(allowed if allowed.endswith("/") else allowed + "/")
