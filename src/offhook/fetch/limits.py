"""How long a call may take, and Twilio's way of writing that behind the `#` of a webhook URL.

`https://app.example/sms#ct=2000&rt=5000&rc=3&rp=ct,5xx` asks for a connect timeout of 2 s, a read timeout of 5 s
and three retries. The fragment is never sent. `tt` is the time for everything, retries included. `sni` and `e`
(edge locations) are accepted and have no effect: SNI is always sent, and there is one edge. Other keys are
ignored, since a fragment may be an ordinary one.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides and error 11243.
"""

import re
from dataclasses import dataclass, replace

from offhook.fetch.errors import FetchError

RETRY_POLICIES = frozenset({"ct", "rt", "4xx", "5xx", "all"})
_MILLISECONDS = {"ct": (100, 10_000), "rt": (100, 15_000), "tt": (100, 15_000)}
_MOST_RETRIES = 5
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost. Times in seconds; `max_body` in bytes after decoding.

    `read` is the longest silence, before the first byte and between two; `total` covers the whole call, the
    name's resolution and redirects included. `retries` and `retry_on` are for whoever repeats calls.
    """

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})
    max_body: int = 64 * 1024


DEFAULT_LIMITS = Limits()


def split_fragment(url: str) -> tuple[str, Limits]:
    """The URL without its fragment, and the limits that fragment asks for.

    Raises FetchError("bad_overrides") for a value outside Twilio's ranges.
    """
    plain, _, fragment = url.partition("#")
    limits = DEFAULT_LIMITS
    for pair in fragment.split("&"):
        key, equals, value = pair.partition("=")
        if equals:
            limits = _override(limits, key, value)
    return plain, limits


def _override(limits: Limits, key: str, value: str) -> Limits:
    match key:
        case "ct":
            return replace(limits, connect=_seconds(key, value))
        case "rt":
            return replace(limits, read=_seconds(key, value))
        case "tt":
            return replace(limits, total=_seconds(key, value))
        case "rc":
            return replace(limits, retries=_number(key, value, 0, _MOST_RETRIES))
        case "rp":
            return replace(limits, retry_on=_policies(value))
    return limits


def _seconds(key: str, value: str) -> float:
    return _number(key, value, *_MILLISECONDS[key]) / 1000


def _number(key: str, value: str, low: int, high: int) -> int:
    if _NUMBER.fullmatch(value) and low <= int(value) <= high:
        return int(value)
    raise FetchError(
        "bad_overrides",
        f"The connection override {key}={value[:40]} is not a whole number from {low} to {high}.",
    )


def _policies(value: str) -> frozenset[str]:
    chosen = frozenset(value.split(","))
    if chosen <= RETRY_POLICIES:
        return chosen
    raise FetchError(
        "bad_overrides",
        f"The retry policy rp={value[:40]} is not a list of ct, rt, 4xx, 5xx or all, parted by commas.",
    )
