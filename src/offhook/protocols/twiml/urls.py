"""URLs in a document, made absolute against the URL the document came from (RFC 3986, section 5).

The fragment stays: Twilio reads connection settings from it (`#rt=5000&rc=2`), and it is part of what a webhook
is configured with, though never sent. Spaces and letters beyond ASCII are escaped, as a browser does, since people
write URLs with both; what is already escaped is left alone.
"""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from .document import TwimlError

INVALID_URL = 11100

_SAFE = "%/:?@!$&'()*+,;=~[]"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def resolve(document_url: str, reference: str) -> str:
    """Give the absolute `http` or `https` URL that `reference` means in a document; an empty one means the document.

    Raises TwimlError 11100 for any other scheme, for a URL without a host and for what is no URL at all.
    """
    try:
        parts = urlsplit(_CONTROL.sub("", urljoin(document_url, reference.strip())))
        port = parts.port
    except ValueError as error:
        raise TwimlError(INVALID_URL, f"{reference!r} is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise TwimlError(INVALID_URL, f"{reference!r} is not an http or https URL")
    path, query = quote(parts.path, _SAFE), quote(parts.query, _SAFE)
    return urlunsplit(parts._replace(path=path, query=query))
