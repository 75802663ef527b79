"""The simulated inventory: a pure function from a search to numbers, the same ones every time; nothing is stored.

Each block of numbers (an area code, a city) makes its own numbers from its templates, and the blocks take turns, so
that a search without filters shows a bit of everything. A pattern narrows the templates before numbers are made of
them: `STORM` is found at once among a billion numbers, because only matching ones are ever made.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

import msgspec

from offhook.kit.geography import Place, Point, distance
from offhook.kit.phone import country_of, normalise
from offhook.products.numbers.inventory.pattern import Pattern
from offhook.products.numbers.inventory.plain import plain
from offhook.products.numbers.inventory.stock import Block, Country
from offhook.products.numbers.kinds import Kind, capabilities_of, kind_of

GOLDEN = 0.618  # the next number is so far ahead among all of a template: they come scattered, none twice
MOST_MISSES = 200  # numbers in a row that are none, before a template is given up


class Available(msgspec.Struct, frozen=True):
    """A number on sale. `place` is known in North America only, `locality` for local numbers."""

    phone_number: str
    country: str
    kind: Kind
    locality: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for; None means anything. Texts are compared without regard to case and accents."""

    area_code: str | None = None
    pattern: Pattern | None = None
    near: Point | None = None
    within: float = 25.0  # miles
    postal_code: str | None = None
    region: str | None = None
    rate_center: str | None = None
    lata: str | None = None
    locality: str | None = None
    needs: frozenset[str] = frozenset()  # names of Capabilities


def search(country: Country, kind: Kind, wanted: Search) -> Iterator[Available]:
    """The numbers on sale that fit, without end for most searches."""
    blocks = [block for block in country.blocks if block.kind == kind and _fits(block, wanted)]
    return _in_turn(_numbers(block, wanted.pattern) for block in blocks)


def _fits(block: Block, wanted: Search) -> bool:
    number = "+" + block.templates[0].replace("?", "1")
    able = capabilities_of(number)
    if not all(getattr(able, name) for name in wanted.needs):
        return False
    if wanted.area_code is not None and not (block.national == 1 and number[2:5] == wanted.area_code):
        return False
    if wanted.locality is not None and plain(wanted.locality) != plain(block.locality or ""):
        return False
    return _lies_there(block.place or Place(), wanted)


def _lies_there(place: Place, wanted: Search) -> bool:
    if wanted.near is not None and (place.point is None or distance(place.point, wanted.near) > wanted.within):
        return False
    if wanted.postal_code is not None and not _same_district(wanted.postal_code, place.zip):
        return False
    pairs = ((wanted.region, place.state), (wanted.lata, place.lata), (wanted.rate_center, place.city))
    return all(asked is None or plain(asked) == plain(there) for asked, there in pairs)


def _same_district(asked: str, there: str) -> bool:
    """Postal codes are of one district when their first three characters are the same: a city has many."""
    return there != "" and plain(asked)[:3] == plain(there)[:3]


def _in_turn(sources: Iterable[Iterator[Available]]) -> Iterator[Available]:
    waiting = deque(sources)
    while waiting:
        source = waiting.popleft()
        for number in source:
            yield number
            waiting.append(source)
            break


def _numbers(block: Block, pattern: Pattern | None) -> Iterator[Available]:
    seen: set[str] = set()
    for template in block.templates:
        narrowed = [template] if pattern is None else pattern.narrow(template, block.national)
        for one in narrowed:
            for e164 in _of_template(one, block):
                if e164 not in seen:
                    seen.add(e164)
                    yield Available(e164, block.country, block.kind, block.locality, block.place)


def _of_template(template: str, block: Block) -> Iterator[str]:
    misses = 0
    for digits in _completed(template):
        e164 = f"+{digits}"
        if _is_number(e164, block):
            misses = 0
            yield e164
        elif (misses := misses + 1) > MOST_MISSES:
            return


def _completed(template: str) -> Iterator[str]:
    """Every number of a template, each once, in an order that is always the same."""
    places = [place for place, digit in enumerate(template) if digit == "?"]
    count = 10 ** len(places)
    start = crc32(template.encode())
    step = int(count * GOLDEN) // 10 * 10 + 3  # shares no divisor with a power of ten
    digits = list(template)
    for turn in range(count):
        filling = f"{(start + turn * step) % count:0{len(places)}}"
        for place, digit in zip(places, filling, strict=False):
            digits[place] = digit
        yield "".join(digits)


def _is_number(e164: str, block: Block) -> bool:
    if block.national == 1 and e164.startswith("+1"):
        return _is_american(e164)
    return normalise(e164) == e164 and kind_of(e164) == block.kind and country_of(e164) == block.country


def _is_american(e164: str) -> bool:
    """An exchange begins with 2 to 9 and is no N11; of 555, the lines below 0100 are services."""
    exchange, line = e164[5:8], e164[8:]
    return exchange[0] >= "2" and exchange[1:] != "11" and not (exchange == "555" and line < "0100")
