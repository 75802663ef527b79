"""The default alphabet and its extension table (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1).

128 positions hold the characters that cost one septet. Position 0x1B is no character: it is the escape that opens
the extension table, whose ten characters therefore cost two septets. A text with any other character cannot be
written in this alphabet and is sent as UCS-2. The national language tables (section 6.2.1.2) are left out, because
Twilio does not use them.
"""

from gsm0338 import Codec

_ESCAPE = 0x1B

BASIC = frozenset(Codec().decode(bytes(at for at in range(128) if at != _ESCAPE))[0])
EXTENSION = frozenset("\f^{}\\[~]|€")

_ALPHABET = BASIC | EXTENSION
_BASIC_ASCII = "".join(BASIC).encode("ascii", "ignore")
_EXTENSION_ASCII = "".join(EXTENSION).encode("ascii", "ignore")


def septets(text: str) -> int | None:
    """Count the septets of a text, an extension character being two; None when it does not fit the alphabet."""
    if text.isascii():
        rare = text.encode("ascii").translate(None, _BASIC_ASCII)
        if not rare:
            return len(text)
        return None if rare.translate(None, _EXTENSION_ASCII) else len(text) + len(rare)
    if not _ALPHABET.issuperset(text):
        return None
    return len(text) + sum(map(text.count, EXTENSION))
