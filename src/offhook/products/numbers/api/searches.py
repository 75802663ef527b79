"""From the filters of a request to a search of the inventory. A place may also be given as a phone number there."""

from typing import Any

from offhook.kit.geography import Place, Point, place_of
from offhook.kit.phone import normalise
from offhook.products.numbers import errors
from offhook.products.numbers.inventory import Pattern, Search
from offhook.web.errors import invalid_parameter

DISTANCE, LONGEST_DISTANCE = 25, 500  # miles
NEEDS = ("voice", "sms", "mms", "fax")


def pattern_given(text: str, name: str) -> str:
    """Check a pattern. Raises ApiError 20001."""
    if text:
        try:
            Pattern.parse(text)
        except ValueError as problem:
            raise invalid_parameter(name, str(problem)) from None
    return text


def search_for(given: dict[str, Any]) -> Search | None:
    """The search that the filters ask for, None when no number can fit. Raises ApiError 20001, 21401."""
    near = _near(given)
    if near is None and (given["near_number"] or given["near_lat_long"]):
        return None
    if given["in_rate_center"] and not given["in_lata"]:
        raise invalid_parameter("InRateCenter", "InLata is required with it")
    return Search(
        area_code=None if given["area_code"] is None else str(given["area_code"]),
        pattern=Pattern.parse(given["contains"]) if given["contains"] else None,
        near=near,
        within=_distance(given["distance"]),
        postal_code=_of_place(given["in_postal_code"], "zip"),
        region=_of_place(given["in_region"], "state"),
        rate_center=_of_place(given["in_rate_center"], "city"),
        lata=_of_place(given["in_lata"], "lata"),
        locality=_of_place(given["in_locality"], "city"),
        needs=frozenset(name for name in NEEDS if given[f"{name}_enabled"]),
    )


def _distance(miles: int | None) -> float:
    if miles is None:
        return DISTANCE
    if not 0 < miles <= LONGEST_DISTANCE:
        raise invalid_parameter("Distance", f"{miles} is not from 1 to {LONGEST_DISTANCE} miles")
    return miles


def _near(given: dict[str, Any]) -> Point | None:
    """The point to search around; None when none is given, or nothing is known of it."""
    if given["near_number"]:
        number = normalise(given["near_number"], "US")
        if number is None:
            raise errors.near_number_invalid(given["near_number"])
        return place_of(number).point
    if given["near_lat_long"]:
        return _point(given["near_lat_long"])
    return None


def _point(text: str) -> Point:
    latitude, comma, longitude = text.partition(",")
    try:
        point = Point(float(latitude), float(longitude))
    except ValueError:
        comma = ""
    if not comma or not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):
        raise invalid_parameter("NearLatLong", f"{text!r} is not a latitude, a comma and a longitude, in degrees")
    return point


def _of_place(text: str | None, part: str) -> str | None:
    """A part of a place; given a phone number, that of the place where it is."""
    number = normalise(text, "US") if text else None
    place: Place | None = place_of(number) if number else None
    return (text or None) if place is None else getattr(place, part)
