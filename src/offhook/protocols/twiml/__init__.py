"""TwiML: what a webhook answered, read into steps.

`parse` turns bytes into a `Document` or a `TwimlError` with Twilio's code; `messaging.read` turns a document into
the steps of a reply, `voice.read` into what to do on a call; `urls.resolve` makes their URLs absolute. The other way,
`writing.write` makes XML of elements, and `twimlets.answer` has ready-made documents.
"""

from .document import Document, Element, TwimlError, TwimlWarning
from .parsing import parse

__all__ = ["Document", "Element", "TwimlError", "TwimlWarning", "parse"]
