"""What is on sale where: the countries, and for each kind of number the blocks that its numbers come from.

North America's blocks are its area codes (`kit.geography`), each with its city; the toll-free codes belong to all of
its countries. The other countries' blocks stand in `stock.txt`, beside this file, read when it is first needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import capwords

import msgspec
import phonenumbers

from offhook.kit.geography import Place, area_codes, place_of
from offhook.products.numbers.kinds import NANP_TOLL_FREE, Kind

NANP_TEMPLATE, NANP_FIRST = "1{code}???????", "1{code}555????"  # 555: numbers that no real person has
WITH_TOLL_FREE = ("US", "CA")


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers of one kind in one place. In a template `?` is any digit; numbers of the first are shown first."""

    country: str
    kind: Kind
    locality: str | None
    place: Place | None  # North America only
    templates: tuple[str, ...]
    national: int  # how many digits the country code has


class Country(msgspec.Struct, frozen=True):
    """A country with numbers on sale."""

    code: str
    name: str
    blocks: tuple[Block, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that can be bought here."""
        return tuple(dict.fromkeys(block.kind for block in self.blocks))


@cache
def countries() -> dict[str, Country]:
    """All countries by their ISO 3166 code, in the table's order."""
    found: dict[str, Country] = {}
    for section in _table().split("\n= ")[1:]:
        title, *lines = section.splitlines()
        code, _, name = title.partition(" ")
        found[code] = Country(code, name, (*_american(code), *(_block(code, line) for line in lines)))
    return found


def _table() -> str:
    return resources.files(__package__).joinpath("stock.txt").read_text("utf-8")


def _american(country: str) -> Iterator[Block]:
    for code in area_codes(country):
        place = place_of(f"+1{code}5550100")
        templates = (NANP_FIRST.format(code=code), NANP_TEMPLATE.format(code=code))
        yield Block(country, "local", capwords(place.city), place, templates, 1)
    if country in WITH_TOLL_FREE:
        for code in NANP_TOLL_FREE:
            templates = (NANP_FIRST.format(code=code), NANP_TEMPLATE.format(code=code))
            yield Block(country, "toll-free", None, None, templates, 1)


def _block(country: str, line: str) -> Block:
    kind, city, wide, first = line.split()
    if kind not in ("local", "mobile", "toll-free"):
        raise ValueError(f"stock.txt: {line!r} has no kind")
    locality = None if city == "-" else city.replace("_", " ")
    national = len(str(phonenumbers.country_code_for_region(country)))
    return Block(country, kind, locality, None, (first, wide), national)  # type: ignore[arg-type]
