"""What is asked of a number, and what was found."""

from dataclasses import dataclass, field

from offhook.carriers import LineFacts
from offhook.kit.geography import Place
from offhook.kit.numbering import Numbered
from offhook.products.lookup.matching import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know, at the moment `now` (UTC microseconds): names of packages, and what those need."""

    packages: frozenset[str] = frozenset()
    now: int = 0
    person: Person = field(default_factory=Person)  # to compare the line's holder with
    last_verified: str = ""  # the day (YYYYMMDD) on which the number was this person's


@dataclass(frozen=True, slots=True)
class Finding:
    """A number, whether it counts as one, and what is known of its line."""

    number: Numbered
    is_valid: bool
    facts: LineFacts
    place: Place
    asked: Asked
