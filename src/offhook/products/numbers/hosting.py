"""Documents that Offhook answers itself, without a request over the network: TwiML bins, and Twilio's twimlets.

A bin is at `/twiml/EH…` of this Offhook, or of Twilio's host for them; it answers for its own account only. A twimlet
is at `twimlets.com`, which many apps have in their numbers' webhooks.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from offhook.products.numbers import store
from offhook.protocols.twiml import twimlets
from offhook.storage import Database
from offhook.web.origin import Origin

TWIMLETS = frozenset({"twimlets.com", "www.twimlets.com"})
BINS = "handler.twilio.com"
BIN = re.compile(r"/twiml/(EH[0-9a-fA-F]{32})")


class Hosted:
    """Implements the webhooks' `Hosting`."""

    def __init__(self, database: Database, origin: Origin) -> None:
        self._database = database
        self._origin = origin

    async def answer(self, account_sid: str, url: str, parameters: Sequence[tuple[str, str]]) -> str | None:
        """The document at `url`; None when somebody else answers there. Raises LookupError."""
        parts = urlsplit(url)
        asked = [*parse_qsl(parts.query, keep_blank_values=True), *parameters]
        if parts.hostname in TWIMLETS:
            return _twimlet(parts.path, asked)
        path = parts.path if parts.hostname == BINS else self._origin.path_of(url)
        if path is None or (found := BIN.fullmatch(path)) is None:
            return None
        kept = await store.kept_bins.by_sid(self._database, account_sid, found[1])
        if kept is None:
            raise LookupError(f"{account_sid} has no TwiML bin {found[1]}")
        return kept.filled(dict(asked))


def _twimlet(path: str, asked: Sequence[tuple[str, str]]) -> str:
    document = twimlets.answer(path, asked)
    if document is None:
        raise LookupError(f"there is no twimlet {path}")
    return document
