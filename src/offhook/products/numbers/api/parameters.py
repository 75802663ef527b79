"""Parameters that several resources of this slice have: webhook URLs, methods, names, SIDs.

What is given is told from what is not: an empty URL or SID removes what was set.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from offhook.kit.sids import is_sid
from offhook.products.numbers import errors
from offhook.web import Checked
from offhook.web.errors import invalid_parameter
from offhook.web.urls import is_web_url

LONGEST_NAME = 64


def webhook_url(text: str, name: str) -> str:
    """A complete http(s) URL, or nothing, which removes the webhook. Raises ApiError 21402."""
    if text and not is_web_url(text):
        raise errors.url_invalid(name, text)
    return text


def webhook_method(text: str, name: str) -> str:
    """GET or POST. Raises ApiError 21403."""
    if text.upper() not in ("GET", "POST"):
        raise errors.method_invalid(name, text)
    return text


def name_of_a_number(text: str, name: str) -> str:
    """Raises ApiError 21511 for a name that is too long."""
    if len(text) > LONGEST_NAME:
        raise errors.name_too_long(name, LONGEST_NAME)
    return text


def sid_of(prefix: str) -> Checked:
    """A SID of this kind, or nothing, which removes it. Raises ApiError 20001."""

    def check(text: str, name: str) -> str:
        if text and not is_sid(text, prefix):
            raise invalid_parameter(name, f"{text!r} is not a SID that begins with {prefix}")
        return text

    return Checked(check)


Url = Annotated[str, Checked(webhook_url)]
Method = Annotated[Literal["GET", "POST"], Checked(webhook_method)]
Name = Annotated[str, Checked(name_of_a_number)]
ApiVersion = Literal["2010-04-01", "2008-08-01"]
AddressSid = Annotated[str, sid_of("AD")]
BundleSid = Annotated[str, sid_of("BU")]
IdentitySid = Annotated[str, sid_of("RI")]
TrunkSid = Annotated[str, sid_of("TK")]


def settings_of(given: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """What was given of the fields that can be set; an empty URL or SID means none."""
    settings = {n: v for n, v in given.items() if v is not None and n in known}
    return {n: (v or None) if n.endswith(("_url", "_callback", "_sid")) else v for n, v in settings.items()}
