"""Who is calling. The web floor reads the header; who that is, and what they may touch, `accounts` decides."""

import base64
import re
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller that proved who it is: its account, and the key it used (the account's own SID or `SK…`)."""

    account_sid: str
    key: str
    owns_all: bool = False  # the first account, which owns every other
    anonymous: bool = False  # nobody proved anything: somebody who knows the URL of a file of this account


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Authenticator(Protocol):
    """Implemented by `products.accounts`."""

    async def authenticate(self, username: str, password: str) -> Identity | None:
        """Who these credentials belong to, or None. Compares in constant time."""
        ...

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        """Whether the caller may use the things of `account_sid`: its own, or a subaccount's."""
        ...


def basic_credentials(header: str | None) -> tuple[str, str] | None:
    """Username and password of an `Authorization: Basic` header, or None.

    Text is UTF-8 and has no control characters (RFC 7617 §2).
    """
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:  # not base64, not ASCII, not UTF-8
        return None
    username, colon, password = text.partition(":")
    return (username, password) if colon and not _CONTROL.search(text) else None
