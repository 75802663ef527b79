"""`Contains`: what the digits of a number must look like.

A pattern has 2 to 16 characters: digits; letters, which stand for the digits of their keys; `*` for any digit; `%` for
any digits or none; `+` in front to begin at the country code; `$` behind to end with the number.

Numbers are not searched, they are made: `narrow` takes a template of a number, in which `?` is any digit, and gives
the templates whose every number matches, one for each place where the pattern fits.

https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

_FORM = re.compile(r"\+?[0-9A-Za-z*%]{2,16}\$?")
_ENOUGH = re.compile(r"(?:[^0-9A-Za-z]*[0-9A-Za-z]){2}")  # two characters that are no wildcards
_KEYS = str.maketrans(string.ascii_uppercase + "*", "22233344455566677778889999?")
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Pattern:
    """Pieces of a number in their order, `?` standing for any digit; the ends may be fixed."""

    pieces: tuple[str, ...]
    from_start: bool = False
    to_end: bool = False

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Read a pattern. Raises ValueError when it is none."""
        if len(text) > LONGEST or not _FORM.fullmatch(text) or not _ENOUGH.match(text):
            raise ValueError(f"{text!r} is not a pattern of 2 to {LONGEST} digits, letters, * and %")
        inner = text.removeprefix("+").removesuffix("$")
        pieces = tuple(piece.upper().translate(_KEYS) for piece in inner.split("%") if piece)
        return cls(
            pieces,
            from_start=text.startswith("+") and not inner.startswith("%"),
            to_end=text.endswith("$") and not inner.endswith("%"),
        )

    def narrow(self, template: str, national: int) -> Iterator[str]:
        """The templates that match. Of `template`, `national` is where the part behind the country code begins."""
        longest = max(map(len, self.pieces))
        begin = 0 if self.from_start or longest > len(template) - national else national
        return self._narrow(template, begin, 0)

    def _narrow(self, template: str, begin: int, number: int) -> Iterator[str]:
        if number == len(self.pieces):
            yield template
            return
        piece = self.pieces[number]
        for place in self._places(template, begin, number):
            narrowed = _laid(piece, template, place)
            if narrowed is not None:
                yield from self._narrow(narrowed, place + len(piece), number + 1)

    def _places(self, template: str, begin: int, number: int) -> range:
        """Where a piece may begin."""
        last = len(template) - len(self.pieces[number])
        if self.to_end and number == len(self.pieces) - 1:
            begin = max(begin, last)
        if self.from_start and number == 0:
            last = min(last, 0)
        return range(begin, last + 1)


def _laid(piece: str, template: str, place: int) -> str | None:
    """`template` with `piece` laid upon it, or None where their digits differ."""
    merged = []
    for wanted, there in zip(piece, template[place:], strict=False):
        if "?" not in (wanted, there) and wanted != there:
            return None
        merged.append(there if wanted == "?" else wanted)
    return template[:place] + "".join(merged) + template[place + len(piece) :]
