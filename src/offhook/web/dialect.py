"""The two ways Twilio writes dates and lists. A resource picks one; nothing else varies.

`API_2010` (api.twilio.com): dates as RFC 2822, paths that end in `.json`, pages with `next_page_uri`.
`VERSIONED` (all others): dates as ISO 8601, pages with a `meta` object whose URLs are absolute.
No other top-level key may stand in a page: the Python SDK refuses a 2010 list that has one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from offhook.kit.clock import SECOND, to_datetime
from offhook.storage import Page, PageRequest
from offhook.web.forms import Form
from offhook.web.params import PAGING

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=1024)
def _rfc2822(seconds: int) -> str:
    m = to_datetime(seconds * SECOND)
    return (
        f"{DAYS[m.weekday()]}, {m.day:02} {MONTHS[m.month - 1]} {m.year} {m.hour:02}:{m.minute:02}:{m.second:02} +0000"
    )


@lru_cache(maxsize=1024)
def _iso8601(seconds: int) -> str:
    return to_datetime(seconds * SECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


def rfc2822(moment: int | None) -> str | None:
    """`Thu, 24 Aug 2023 05:01:45 +0000`, or None."""
    return None if moment is None else _rfc2822(moment // SECOND)


def iso8601(moment: int | None) -> str | None:
    """`2023-08-24T05:01:45Z`, or None. Twilio's SDKs read exactly this form, without fractions."""
    return None if moment is None else _iso8601(moment // SECOND)


def iso8601_exact(moment: int | None) -> str | None:
    """`2023-08-24T05:01:45.123456Z`, or None: for what is not Twilio's."""
    return None if moment is None else to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a list was asked for: `base` is scheme, host and product prefix; `path` is Twilio's path with extension."""

    base: str
    path: str
    query: Form

    def here(self, request: PageRequest) -> str:
        """The path and query of the page that was asked for."""
        return self.page(request, request.number, self.query.get("PageToken", [""])[-1] or None)

    def page(self, request: PageRequest, number: int, token: str | None) -> str:
        """The path and query of a page of this list."""
        kept = [(name, value) for name, values in self.query.items() if name not in PAGING for value in values]
        paging = [("PageSize", str(request.size)), ("Page", str(number))]
        if token is not None:
            paging.append(("PageToken", token))
        return f"{self.path}?{urlencode(kept + paging)}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of Twilio's APIs writes."""

    name: str
    extension: str
    date: Callable[[int | None], str | None]
    page: Callable[[str, list[Any], Page[Any], Location], dict[str, Any]]


def _page_2010(key: str, shown: list[Any], page: Page[Any], where: Location) -> dict[str, Any]:
    request = page.request
    start = request.number * request.size
    following, previous = _neighbours(page, where)
    return {
        "first_page_uri": where.page(request, 0, None),
        "end": max(start + len(shown) - 1, 0),
        "previous_page_uri": previous,
        key: shown,
        "uri": where.here(request),
        "page_size": request.size,
        "start": start,
        "next_page_uri": following,
        "page": request.number,
    }


def _page_versioned(key: str, shown: list[Any], page: Page[Any], where: Location) -> dict[str, Any]:
    request = page.request
    following, previous = _neighbours(page, where)
    meta = {
        "page": request.number,
        "page_size": request.size,
        "first_page_url": where.base + where.page(request, 0, None),
        "previous_page_url": previous and where.base + previous,
        "url": where.base + where.here(request),
        "next_page_url": following and where.base + following,
        "key": key,
    }
    return {"meta": meta, key: shown}


def _neighbours(page: Page[Any], where: Location) -> tuple[str | None, str | None]:
    request = page.request
    following = previous = None
    if page.next_token is not None:
        following = where.page(request, request.number + 1, page.next_token)
    if page.previous_token is not None:
        previous = where.page(request, max(request.number - 1, 0), page.previous_token)
    return following, previous


API_2010 = Dialect("2010-04-01", ".json", rfc2822, _page_2010)
VERSIONED = Dialect("versioned", "", iso8601, _page_versioned)
