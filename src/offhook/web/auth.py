"""Who is calling. The web floor reads the header; who that is, and what they may touch, `accounts` decides."""

import base64
import binascii
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller that proved who it is: its account, and the key it used (the account's own SID or `SK…`)."""

    account_sid: str
    key: str
    owns_all: bool = False  # the first account, which owns every other


class Authenticator(Protocol):
    """Implemented by `products.accounts`."""

    async def authenticate(self, username: str, password: str) -> Identity | None:
        """Who these credentials belong to, or None. Compares in constant time."""
        ...

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        """Whether the caller may use the things of `account_sid`: its own, or a subaccount's."""
        ...


def basic_credentials(header: str | None) -> tuple[str, str] | None:
    """Username and password of an `Authorization: Basic` header (RFC 7617), or None."""
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (username, password) if colon else None
