"""Parameters of entities, factors, challenges and webhooks. What makes no sense is ApiError 60306."""

from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec

from offhook.products.verify import factor_errors as errors
from offhook.products.verify.service import TOTP_LENGTHS
from offhook.products.verify.totp import read_secret
from offhook.web import Checked

LONGEST_NAME = 64  # characters
LONGEST_JSON = 1024  # characters


def friendly_name(text: str, name: str) -> str:
    """A name for people."""
    if not 1 <= len(text) <= LONGEST_NAME or not text.isprintable():
        raise errors.invalid(name, f"it must have 1 to {LONGEST_NAME} characters")
    return text


def code(text: str, name: str) -> str:
    """A code: digits."""
    least, most = TOTP_LENGTHS
    if not (text.isascii() and text.isdecimal() and least <= len(text) <= most):
        raise errors.invalid(name, f"it must have {least} to {most} digits")
    return text


def secret(text: str, name: str) -> str:
    """A secret in base32."""
    try:
        return read_secret(text)
    except ValueError as problem:
        raise errors.invalid(name, str(problem)) from None


def whole(least: int, most: int) -> Checked:
    """A whole number within these bounds."""

    def check(text: str, name: str) -> str:
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and least <= int(text) <= most):
            raise errors.invalid(name, f"it must be a whole number from {least} to {most}")
        return text

    return Checked(check)


def json_object(text: str, name: str) -> str:
    """A JSON object."""
    if len(text) > LONGEST_JSON or not isinstance(decoded(text, name), dict):
        raise errors.invalid(name, f"it must be a JSON object of {LONGEST_JSON} characters at most")
    return text


def decoded(text: str, name: str) -> Any:
    """What a JSON text says."""
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError as problem:
        raise errors.invalid(name, f"it is no JSON: {problem}") from None


def shown(text: str | None) -> Any:
    """A JSON text that is kept, as it is shown."""
    return None if text is None else msgspec.Raw(text.encode())


def web_address(text: str, name: str) -> str:
    """An absolute http or https URL."""
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one or not text.isprintable() or " " in text:
        raise errors.invalid(name, "it must be an absolute http or https URL")
    return text


FriendlyName = Annotated[str, Checked(friendly_name)]
Code = Annotated[str | None, Checked(code)]
JsonObject = Annotated[str | None, Checked(json_object)]
