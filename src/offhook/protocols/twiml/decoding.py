"""From the bytes of an answer and its Content-Type to characters.

Which encoding holds: a byte order mark, else the `charset` of the header, else the XML declaration, else UTF-8
(RFC 7303, section 3). Only encodings that people serve XML in are known, so that no answer can reach for an unusual
codec of Python. After this step the declaration no longer matters.
"""

import codecs
import re

from .document import TwimlError

NOT_XML = 12100
INVALID_CONTENT_TYPE = 12300

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""")
_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "utf-16": "utf-16-be",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}


def media_type(content_type: str | None) -> tuple[str, str | None]:
    """Split a Content-Type header into its type and its charset, in small letters; None where it names none."""
    header = (content_type or "").lower()
    charset = _CHARSET.search(header)
    return header.split(";", 1)[0].strip(), charset[1] if charset else None


def decode(body: bytes, charset: str | None) -> str:
    """Turn the body into text. Raises TwimlError 12100 for an unknown encoding and for bytes that do not fit it."""
    encoding, skip = _encoding_of(body, charset)
    try:
        return body[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start + skip) + 1
        raise TwimlError(NOT_XML, f"The document is not {encoding} at byte {error.start + skip}", line) from error


def _encoding_of(body: bytes, charset: str | None) -> tuple[str, int]:
    """Name the Python codec for the body, and how many bytes of byte order mark to skip."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding, len(mark)
    if charset in (None, "utf-16"):
        for start, encoding in _UNMARKED:
            if body.startswith(start):
                return encoding, 0
    charset = charset or _declared(body)
    if charset not in _KNOWN:
        raise TwimlError(NOT_XML, f"The encoding {charset!r} is not supported", 1)
    return _KNOWN[charset], 0


def _declared(body: bytes) -> str:
    declared = _DECLARED.match(body)
    return declared[1].decode("ascii").lower() if declared else "utf-8"
