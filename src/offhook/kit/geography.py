"""Where a number is, as Twilio tells a webhook: FromCity, FromState, FromZip, FromCountry.

Twilio knows North American numbers by their exchange; an area code's principal city is as near as an assumption
needs to be, and lets an app that reads these parameters see real values. Elsewhere only the country is known, as
with Twilio. The table, `area_codes.txt`, is beside this file and read when it is first needed.

A search for numbers to buy also asks how far apart two places are, and in which LATA (the area in which one local
carrier may carry a call, https://en.wikipedia.org/wiki/Local_access_and_transport_area) they lie: again the city's.
"""

import math
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from .phone import country_of

_LINE = re.compile(r"([A-Z]{2}) ([A-Z]{2}) ([0-9A-Z]+) (-?[0-9.]+) (-?[0-9.]+) ([0-9]{3}) ([A-Z .']+?)((?: [0-9]{3})+)")
_EARTH = 3958.8  # miles, the mean radius


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the globe, in degrees; south and west are negative."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `city` in capitals, `state` in two letters, postal code, ISO 3166 country; empty where not known.

    `point` and `lata` are the city's, and are no part of what makes two places equal.
    """

    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    point: Point | None = field(default=None, compare=False)
    lata: str = field(default="", compare=False)


def place_of(e164: str) -> Place:
    """Give the place of an E.164 number; every part is empty for what is no number."""
    if e164.startswith("+1") and len(e164) == 12:
        place = _places().get(e164[2:5])
        if place is not None:
            return place
    return Place(country=country_of(e164))


def distance(one: Point, other: Point) -> float:
    """Give the miles between two points, along the great circle (the haversine formula)."""
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(chord, 1.0)))


@cache
def area_codes(region: str = "US") -> tuple[str, ...]:
    """List the geographic area codes of a North American country ("US", "CA", "PR"), ascending; empty for others."""
    return tuple(code for code, place in _places().items() if place.country == region)


@cache
def _places() -> dict[str, Place]:
    """Read the table; keys are area codes, ascending."""
    table = resources.files(__package__).joinpath("area_codes.txt").read_text("utf-8")
    places: dict[str, Place] = {}
    for line in table.splitlines():
        entry = _LINE.fullmatch(line)
        if entry is not None:
            country, state, postal_code, latitude, longitude, lata, city, codes = entry.groups()
            point = Point(float(latitude), float(longitude))
            place = Place(city, state, _written(postal_code, country), country, point, lata)
            places.update(dict.fromkeys(codes.split(), place))
    return dict(sorted(places.items()))


def _written(postal_code: str, country: str) -> str:
    """Write a postal code with the space that Canada puts in its middle."""
    return f"{postal_code[:3]} {postal_code[3:]}" if country == "CA" else postal_code
