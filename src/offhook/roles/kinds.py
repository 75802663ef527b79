"""What a key of a declaration may hold: how its value is read, and what is allowed in words.

TOML tells text from numbers and from true and false, so no value is guessed at: `seed = "1"` is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from offhook.carriers import UNDELIVERED_CODES
from offhook.kit.phone import countries, is_client, is_short_code, normalise
from offhook.products.network import LONGEST_DELAY, LONGEST_GREETING, LONGEST_RINGING, MOST_REPEATS
from offhook.roles.settings import LONGEST_TOKEN, SHORTEST_TOKEN, is_token
from offhook.web.urls import is_web_url

LONGEST_NAME = 64  # characters
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` gives the value that a declaration keeps, or None for what is not `allowed`."""

    allowed: str
    read: Callable[[Any], Any]


def _text(allowed: str, fits: Callable[[str], bool]) -> Kind:
    return Kind(allowed, lambda value: value if isinstance(value, str) and fits(value) else None)


def one_of(*words: str) -> Kind:
    """One of some words."""
    return _text(" or ".join(f'"{word}"' for word in words), lambda text: text in words)


def whole(least: int, most: int) -> Kind:
    """A whole number."""
    return Kind(
        f"a whole number from {least} to {most}",
        lambda value: value if _is_number(value, int) and least <= value <= most else None,
    )


def decimal(least: float, most: float) -> Kind:
    """A number with or without decimals."""
    return Kind(
        f"a number from {least:g} to {most:g}",
        lambda value: float(value) if _is_number(value, int, float) and least <= value <= most else None,
    )


def _is_number(value: Any, *types: type) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)


def _e164(value: Any) -> str | None:
    return normalise(value) if isinstance(value, str) else None


def _handset(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    prefix = value.removesuffix("*").removeprefix("+")
    if value.endswith("*"):
        return value if prefix.isascii() and (prefix.isdecimal() or not prefix) and value[0] in "+*" else None
    return value if is_client(value) else normalise(value)


def _countries(value: Any) -> frozenset[str] | None:
    """The countries of a list of codes, or every country."""
    if value == "all":
        return frozenset(countries())
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        return None
    return frozenset(value) if set(value) <= {*countries()} else None


def _is_account_sid(text: str) -> bool:
    return text.startswith("AC") and text.isascii() and text.isalnum() and len(text) <= LONGEST_NAME


NAME = _text(f"a text of 1 to {LONGEST_NAME} characters", lambda text: 1 <= len(text) <= LONGEST_NAME)
REFERENCE = _text('the name of one in [[applications]], or "" for none', lambda text: len(text) <= LONGEST_NAME)
URL = _text('a complete http or https URL, or "" for none', lambda text: not text or is_web_url(text))
METHOD = one_of("GET", "POST")
YES_OR_NO = Kind("true or false", lambda value: value if isinstance(value, bool) else None)
PHONE_NUMBER = Kind('a phone number in E.164, as in "+14155550100"', _e164)
SHORT_CODE = _text("a text of 3 to 8 digits", is_short_code)
ACCOUNT_SID = _text("AC and letters or digits", _is_account_sid)
TOKEN = _text(
    f"a text of {SHORTEST_TOKEN} to {LONGEST_TOKEN} letters, digits and signs",
    is_token,
)
HANDSET = Kind('a phone number in E.164, "client:" and a name, or the begin of numbers and a star ("+1415*")', _handset)
LOST_WITH = Kind(
    f"one of {', '.join(map(str, UNDELIVERED_CODES))}",
    lambda value: value if _is_number(value, int) and value in UNDELIVERED_CODES else None,
)
DELAY = decimal(0, LONGEST_DELAY)
REPEATS = whole(0, MOST_REPEATS)
SHARE = decimal(0, 1)
SEED = whole(0, LARGEST_SEED)
POWER = one_of("on", "off")
COUNTRIES = Kind('a list of country codes, as in ["US", "CA"], or "all"', _countries)
LINE = one_of("mobile", "landline")
OUTCOME = one_of("delivered", "undelivered")
ANSWERS = one_of("by-hand", "at-once", "busy", "rejects", "never", "voicemail")
RINGING = decimal(0, LONGEST_RINGING)
GREETING = _text(f"a text of at most {LONGEST_GREETING} characters", lambda text: len(text) <= LONGEST_GREETING)
