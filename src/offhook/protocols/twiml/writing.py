"""An element as XML. Whatever is in its text and attributes, the result is well-formed.

Characters that XML 1.0 has no way to write (section 2.2: most below the space, and halves of surrogate pairs) are left
out.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from .document import Element

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(root: Element) -> str:
    """The document with this root; names must be names of XML."""
    return _DECLARATION + _element(root)


def _element(element: Element) -> str:
    attributes = "".join(f" {name}={quoteattr(clean(value))}" for name, value in element.attributes.items())
    content = "".join(escape(clean(part)) if isinstance(part, str) else _element(part) for part in element.content)
    return f"<{element.name}{attributes}>{content}</{element.name}>" if content else f"<{element.name}{attributes}/>"


def clean(text: str) -> str:
    """The text without what XML cannot write."""
    return _UNWRITABLE.sub("", text)
