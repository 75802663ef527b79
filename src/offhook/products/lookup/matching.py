"""How far what somebody says of a line's holder agrees with what the carrier knows (Lookup's identity_match).

Twilio does not say how its answers come about. Ours: texts are compared without case, accents and punctuation. Names,
streets and places may be partly right, by the share of characters that two texts have in common
(`difflib.SequenceMatcher`); codes, countries and dates are right or wrong. The score is the mean over what was given.
https://www.twilio.com/docs/lookup/v2-api/identity-match
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from offhook.carriers import LineFacts

Match = Literal["exact_match", "high_partial_match", "partial_match", "no_match", "no_data_available"]
HIGH, PARTLY = 0.8, 0.5  # shares of characters in common
WORTH: dict[Match, int] = {"exact_match": 100, "high_partial_match": 80, "partial_match": 40, "no_match": 0}
FUZZY = frozenset({"first_name", "last_name", "address_lines", "city", "state"})


class Person(msgspec.Struct, frozen=True):
    """What somebody says of the holder; None where nothing was said."""

    first_name: str | None = None
    last_name: str | None = None
    address_lines: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    address_country_code: str | None = None
    national_id: str | None = None
    date_of_birth: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What was said."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value}


def lines(first: str | None, second: str | None) -> str | None:
    """The two lines of an address as one text."""
    return " ".join(line for line in (first, second) if line) or None


def holder(facts: LineFacts) -> Person:
    """The person that the carrier has a contract with."""
    same = {name: getattr(facts, name) for name in Person.__struct_fields__ if hasattr(facts, name)}
    return Person(**same, address_lines=lines(facts.address_line1, facts.address_line2))


def matches(said: Person, known: Person) -> dict[str, Match]:
    """How far each thing that was said agrees with what is known."""
    return {name: _match(name, value, getattr(known, name)) for name, value in said.given.items()}


def score(found: dict[str, Match]) -> int | None:
    """From 0 (nothing agrees) to 100 (everything does); None where nothing could be compared."""
    worth = [WORTH[match] for match in found.values() if match in WORTH]
    return round(sum(worth) / len(worth)) if worth else None


def _match(name: str, said: str, known: str | None) -> Match:
    if not known:
        return "no_data_available"
    one, other = _plain(said), _plain(known)
    if one == other:
        return "exact_match"
    share = SequenceMatcher(None, one, other, autojunk=False).ratio() if name in FUZZY else 0.0
    if share >= HIGH:
        return "high_partial_match"
    return "partial_match" if share >= PARTLY else "no_match"


def _plain(text: str) -> str:
    """Letters and digits only, without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
