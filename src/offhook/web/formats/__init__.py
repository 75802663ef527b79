"""The formats of an answer, and which one a request asks for.

In the 2010 API the end of the path says it: `.json`, `.xml` or `.csv`. A path without extension is answered as XML, as
Twilio does; a client whose `Accept` header refuses XML gets another format there. Elsewhere everything is JSON. An
`Accept` header that refuses what the extension says is a 406.
https://www.twilio.com/docs/usage/twilios-response#response-formats
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.exchanges import redaction
from offhook.web.accepting import accepts
from offhook.web.formats import csv, xml
from offhook.web.resource import Resource

PATH_2010 = "/2010-04-01"
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write what a view shows, a page of it as its dialect made it, or Twilio's error object."""

    extension: str
    content_type: str
    accepted_as: tuple[str, ...]  # media types
    one: Callable[[Resource, Any], bytes]
    page: Callable[[Resource, dict[str, Any]], bytes]
    error: Callable[[dict[str, Any]], bytes]
    kept: Callable[[bytes], str] = redaction.body  # a body as the record of exchanges may show it

    def is_accepted(self, header: str | None) -> bool:
        """Whether an `Accept` header admits this format."""
        return any(accepts(header, media_type) for media_type in self.accepted_as)


def _json(_resource: Resource, shown: Any) -> bytes:
    return _encoder.encode(shown)


JSON = Format(
    extension=".json",
    content_type="application/json",
    accepted_as=("application/json", "text/json", "text/event-stream"),  # an event is JSON too
    one=_json,
    page=_json,
    error=_encoder.encode,
)
XML = Format(
    extension=".xml",
    content_type="application/xml",
    accepted_as=("application/xml", "text/xml"),
    one=xml.one,
    page=xml.page,
    error=xml.error,
)
CSV = Format(
    extension=".csv",
    content_type="text/csv; charset=utf-8",
    accepted_as=("text/csv",),
    one=csv.one,
    page=csv.page,
    error=csv.error,
    kept=csv.kept,
)
WITHOUT_EXTENSION = (XML, JSON, CSV)  # the first that is accepted


def asked_for(path: str, extension: str, accept: str | None) -> Format:
    """The format for a path of Twilio's, its extension where it has one, and the `Accept` header."""
    if extension:
        return next(f for f in (JSON, XML, CSV) if f.extension == extension)
    if not path.startswith(PATH_2010):
        return JSON
    return next((f for f in WITHOUT_EXTENSION if f.is_accepted(accept)), XML)
