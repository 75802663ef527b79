"""Reading `application/x-www-form-urlencoded` text: query strings and bodies.

Own code, because this is the largest single cost of accepting a message: most values have nothing to decode.
Rules: https://url.spec.whatwg.org/#urlencoded-parsing, except that text that is not UTF-8 is an error, not replaced,
and so is the character U+0000, which PostgreSQL cannot store and no phone can show.
"""

from urllib.parse import unquote_to_bytes

from offhook.web.errors import malformed

Form = dict[str, list[str]]
MOST_FIELDS = 1000


def parse_form(text: bytes) -> Form:
    """Each name with its values, in order. Raises ApiError 20001 for malformed text."""
    form: Form = {}
    if not text:
        return form
    pairs = text.split(b"&")
    if len(pairs) > MOST_FIELDS:
        raise malformed(f"More than {MOST_FIELDS} parameters")
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
    if b"\x00" in raw:
        raise malformed("A parameter contains the character U+0000")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise malformed("A parameter is not valid UTF-8") from None
