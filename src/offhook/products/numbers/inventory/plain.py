"""Names as people type them: "Zurich" and "zürich" are the same place, "M5H2N2" and "m5h 2n2" the same code."""

import unicodedata


def plain(text: str) -> str:
    """`text` without case, accents, spaces, dots and hyphens."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if character.isalnum())
