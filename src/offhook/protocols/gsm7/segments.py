"""How many messages a text needs, and where it is cut (3GPP TS 23.040, section 9.2.3.24.1).

A message has 140 bytes: 160 septets or 70 UTF-16 units. When one is not enough, six bytes of each part go to the
header that lets the phone join them again, which leaves 153 septets or 67 units. A character that needs two units
(an extension character, a surrogate pair) is never torn: a part that would tear it ends one unit early. So the
number of parts can be larger than units divided by 153, and only a walk over the text finds it.

"UCS-2" is the name the specification and Twilio use; phones read it as UTF-16, and so is it counted here.
"""

from dataclasses import dataclass
from typing import Literal

from .alphabet import EXTENSION, septets
from .smart_encoding import smart_encode

Encoding = Literal["GSM-7", "UCS-2"]

_WHOLE = {"GSM-7": 160, "UCS-2": 70}
_PART = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a text on the air: `units` are septets (GSM-7) or 16-bit units (UCS-2)."""

    encoding: Encoding
    units: int
    segments: int


def measure(text: str, *, smart: bool = False) -> Measure:
    """Say how a text is encoded, how long it is and how many segments it takes; with `smart`, after `smart_encode`.

    The empty text is one segment: a message that carries only media is billed as one.
    Source: Twilio, "What the heck is a segment?" and the Message resource's `num_segments`.
    """
    if smart:
        text = smart_encode(text)
    units = septets(text)
    if units is not None:
        return Measure("GSM-7", units, _count(text, "GSM-7", units))
    units = _utf16_units(text)
    return Measure("UCS-2", units, _count(text, "UCS-2", units))


def split(text: str) -> list[str]:
    """Cut a text into the parts a carrier sends; joined they give the text again. The empty text is one empty part."""
    units = septets(text)
    encoding: Encoding = "GSM-7"
    if units is None:
        encoding, units = "UCS-2", _utf16_units(text)
    if units <= _WHOLE[encoding]:
        return [text]
    cuts = [*_cuts(text, encoding), len(text)]
    return [text[start:end] for start, end in zip([0, *cuts], cuts, strict=False)]


def _count(text: str, encoding: Encoding, units: int) -> int:
    if units <= _WHOLE[encoding]:
        return 1
    if units == len(text):  # nothing takes two units, so nothing can be torn
        return -(-units // _PART[encoding])
    return len(_cuts(text, encoding)) + 1


def _cuts(text: str, encoding: Encoding) -> list[int]:
    """Find the indexes at which a new part starts, the first part excepted."""
    room, cuts, used = _PART[encoding], [], 0
    for index, character in enumerate(text):
        width = 2 if _is_wide(character, encoding) else 1
        if used + width > room:
            cuts.append(index)
            used = 0
        used += width
    return cuts


def _is_wide(character: str, encoding: Encoding) -> bool:
    return character in EXTENSION if encoding == "GSM-7" else character > "\uffff"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
