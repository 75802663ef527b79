"""Reading `application/x-www-form-urlencoded` text: query strings and bodies.

Own code, because this is the largest single cost of accepting a message: most values have nothing to decode.
Rules: https://url.spec.whatwg.org/#urlencoded-parsing, except that text that is not UTF-8 is an error, not replaced.
"""

from urllib.parse import unquote_to_bytes

from offhook.web.errors import ApiError

Form = dict[str, list[str]]
MOST_FIELDS = 1000


def parse_form(text: bytes) -> Form:
    """Each name with its values, in order. Raises ApiError 20001 for malformed text."""
    form: Form = {}
    pairs = text.split(b"&")
    if len(pairs) > MOST_FIELDS:
        raise ApiError(20001, f"More than {MOST_FIELDS} parameters")
    for pair in pairs:
        if pair:
            name, _, value = pair.partition(b"=")
            form.setdefault(_decode(name), []).append(_decode(value))
    return form


def _decode(raw: bytes) -> str:
    if b"+" in raw:
        raw = raw.replace(b"+", b" ")
    if b"%" in raw:
        raw = unquote_to_bytes(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise ApiError(20001, "A parameter is not valid UTF-8") from None
