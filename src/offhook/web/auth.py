"""Who is calling. The web floor reads the request; who that is, and what they may touch, an `Authenticator` decides."""

import base64
import re
from dataclasses import dataclass
from typing import Protocol

from offhook.web.request import Request


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller that proved who it is: its account, and the key it used (the account's own SID or `SK…`)."""

    account_sid: str
    key: str
    owns_all: bool = False  # the first account, which owns every other
    anonymous: bool = False  # nobody proved anything: somebody who knows the URL of a file of this account
    tests: str | None = None  # with test credentials, the account that they belong to; `account_sid` is the test SID
    in_person: bool = False  # somebody at a screen of ours: what they only read is not put on record


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Authenticator(Protocol):
    """Implemented by `products.accounts` for credentials, and by `console` for the cookie of a session."""

    async def identify(self, request: Request) -> Identity | None:
        """Who sent the request; None if it carries nothing that counts. Raises ApiError for what must not be done."""
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
