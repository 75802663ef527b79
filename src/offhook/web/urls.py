"""URLs that callers give as parameters."""

from urllib.parse import urlsplit

LONGEST = 4000  # characters


def is_web_url(text: str) -> bool:
    """Whether `text` is a complete http or https URL. Which addresses may be called, `fetch` decides."""
    if len(text) > LONGEST or any(character <= " " or character == "\x7f" for character in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
