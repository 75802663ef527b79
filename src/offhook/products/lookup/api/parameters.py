"""Parameters that both versions of Lookup have."""

from offhook.kit.phone import countries
from offhook.web import invalid_parameter

HOME = "US"


def country(text: str, name: str) -> str:
    """A country (ISO 3166, two letters) in capitals. Raises ApiError 20001."""
    wanted = text.upper() or HOME
    if wanted not in countries():
        raise invalid_parameter(name, f"{text!r} is no country (ISO 3166, two letters)")
    return wanted
