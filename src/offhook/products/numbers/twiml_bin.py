"""A TwiML bin: a document that is kept here, so that a number needs no app.

https://www.twilio.com/docs/serverless/twiml-bins
"""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

import msgspec

PLACE = re.compile(r"{{\s*([A-Za-z_][A-Za-z0-9_.]*)\s*}}")


class TwimlBin(msgspec.Struct):
    """One bin as it is stored; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    twiml: str
    date_created: int
    date_updated: int

    @property
    def path(self) -> str:
        """Where its document is served."""
        return f"/twiml/{self.sid}"

    def filled(self, parameters: Mapping[str, str]) -> str:
        """The document, with what stands in `{{double braces}}` replaced by the request's parameters, or by nothing."""
        return PLACE.sub(lambda place: escape(parameters.get(place[1], ""), {'"': "&quot;"}), self.twiml)
