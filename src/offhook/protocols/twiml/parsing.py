"""Reading a webhook's answer without trusting it.

The answer comes from somebody else's server, so everything that makes XML dangerous is refused before it can cost
anything: a document type declaration (and with it every entity but the five of XML) at its first character, more
than 64 kB, more than 100 levels. What remains is linear in 64 kB. Whatever is wrong ends as a TwimlError with
Twilio's code; no other exception leaves this file.

An empty answer, and `204 No Content`, is no document and no error: nothing is to be done.
"""

from xml.parsers import expat

from .decoding import INVALID_CONTENT_TYPE, NOT_XML, decode, media_type
from .document import Document, Element, TwimlError

MAX_BYTES = 64 * 1024
MAX_DEPTH = 100
TOO_LARGE = 11750
WRONG_ROOT = 12102

_XML = frozenset({"text/xml", "application/xml", "text/html"})


def parse(body: bytes, content_type: str | None) -> Document:
    """Read an answer of `text/xml`, `application/xml`, `text/html` or any `+xml` type as TwiML, `text/plain` as text.

    Raises TwimlError: 11750 over 64 kB, 12300 for another or no Content-Type, 12100 when it is not well-formed, has
    a DTD, nests too deeply or is wrongly encoded, 12102 when the root is not `<Response>`.
    Source: Twilio's pages on these errors and "TwiML for Programmable Messaging".
    """
    if len(body) > MAX_BYTES:
        raise TwimlError(TOO_LARGE, f"The response body is {len(body)} bytes, more than {MAX_BYTES}")
    if not body.strip():
        return Document()
    named, charset = media_type(content_type)
    if named == "text/plain":
        return Document(text=decode(body, charset))
    if named not in _XML and not named.endswith("+xml"):
        raise TwimlError(INVALID_CONTENT_TYPE, f"The Content-Type {content_type!r} is neither XML nor text")
    text = decode(body, charset)
    return Document(root=_read(text)) if text.strip() else Document()


def _read(text: str) -> Element:
    builder = _Builder()
    try:
        builder.parser.Parse(text, True)
    except expat.ExpatError as error:
        raise TwimlError(NOT_XML, f"The document is not well-formed: {error}", error.lineno) from error
    root = builder.root
    if root.name != "Response":
        raise TwimlError(WRONG_ROOT, f"The root element must be Response, not {root.name}", root.line)
    return root


class _Builder:
    """Turns expat's events into elements, on a stack of our own, so that depth costs no recursion."""

    def __init__(self) -> None:
        self._open = [Element("")]
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    @property
    def root(self) -> Element:
        """The outermost element; a well-formed document has one."""
        return next(part for part in self._open[0].content if isinstance(part, Element))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self._open) > MAX_DEPTH:
            raise TwimlError(NOT_XML, f"The document is nested more than {MAX_DEPTH} levels deep", line)
        element = Element(name, attributes, line)
        self._open[-1].content.append(element)
        self._open.append(element)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _refuse_doctype(self, name: str, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        raise TwimlError(NOT_XML, "A document type declaration is not allowed", line)
