"""URLs that callers give as parameters, and the paths that they ask for."""

from urllib.parse import unquote

from offhook.fetch import FetchError, as_sent

LONGEST = 4000  # characters


def is_web_url(text: str) -> bool:
    """Whether `text` is a complete http or https URL that can be called; which may be, the guard decides later."""
    if len(text) > LONGEST or any(character <= " " or character == "\x7f" for character in text):
        return False
    try:
        as_sent(text)
    except FetchError:
        return False
    return True


def segments_of(path: str) -> list[str] | None:
    """The segments of a path, decoded (RFC 3986 §2.1). None where one is no text or has a NUL."""
    segments = path[1:].split("/")
    if "%" not in path:
        return segments
    try:
        decoded = [unquote(segment, errors="strict") for segment in segments]
    except UnicodeDecodeError:
        return None
    return None if any("\x00" in segment for segment in decoded) else decoded
