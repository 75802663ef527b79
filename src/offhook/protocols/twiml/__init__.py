"""TwiML: what a webhook answered, read into steps.

`parse` turns bytes into a `Document` or a `TwimlError` with Twilio's code; `messaging.read` turns a document into
the steps of a reply; `urls.resolve` makes its URLs absolute. Voice documents share `parse` and `schema.check`.
"""

from .document import Document, Element, TwimlError, TwimlWarning
from .parsing import parse

__all__ = ["Document", "Element", "TwimlError", "TwimlWarning", "parse"]
