"""URLs that callers give as parameters."""

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
