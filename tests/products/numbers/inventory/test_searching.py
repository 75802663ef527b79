"""What a search finds: always the same numbers, all of them possible, all of them fitting."""

from itertools import islice

import phonenumbers
import pytest

from offhook.kit.geography import Point, place_of
from offhook.kit.phone import normalise
from offhook.products.numbers.inventory import Pattern, Search, countries, search
from offhook.products.numbers.kinds import kind_of

EVERYTHING = [(code, kind) for code, country in countries().items() for kind in country.kinds]


def found(country="US", kind="local", most=60, **wanted):
    return list(islice(search(countries()[country], kind, Search(**wanted)), most))


def digits(numbers):
    return [number.phone_number for number in numbers]


@pytest.mark.parametrize(("code", "kind"), EVERYTHING)
def test_what_is_found_is_possible_of_its_kind_and_only_once(code, kind):
    numbers = digits(found(code, kind, 120))
    assert len(set(numbers)) == len(numbers) >= 100
    for e164 in numbers:
        assert phonenumbers.is_possible_number(phonenumbers.parse(e164))
        assert normalise(e164) == e164
        assert kind_of(e164) == kind


@pytest.mark.parametrize(("code", "kind"), EVERYTHING)
def test_a_pattern_is_found_in_every_country(code, kind):
    numbers = digits(found(code, kind, 3, pattern=Pattern.parse("9999")))
    assert numbers
    assert all("9999" in e164 for e164 in numbers)


def test_the_same_search_finds_the_same_numbers():
    assert digits(found(pattern=Pattern.parse("COFFEE"))) == digits(found(pattern=Pattern.parse("COFFEE")))


def test_a_search_without_filters_shows_many_places():
    assert len({number.locality for number in found(most=50)}) > 40


def test_american_numbers_are_the_ones_that_no_real_person_has():
    for number in found(area_code="415", most=500):
        assert number.phone_number.startswith("+1415555")
        assert number.phone_number[8:] >= "0100"


def test_a_block_that_is_used_up_goes_on_with_other_numbers():
    numbers = digits(found(area_code="415", most=10_500))
    assert len(set(numbers)) == 10_500
    assert all(e164[5] >= "2" and e164[6:8] != "11" for e164 in numbers)


def test_a_pattern_that_no_number_has_ends():
    assert found(area_code="415", pattern=Pattern.parse("+14151")) == []
    assert found(pattern=Pattern.parse("+1999")) == []


def test_the_area_code_is_a_north_american_matter():
    assert {number.phone_number[:5] for number in found(area_code="212")} == {"+1212"}
    assert found("CA", area_code="212") == []
    assert found("GB", area_code="207") == []
    assert {number.phone_number[:5] for number in found("US", "toll-free", area_code="888")} == {"+1888"}


@pytest.mark.parametrize(
    ("country", "wanted", "city"),
    [
        ("US", {"locality": "san francisco"}, "San Francisco"),
        ("US", {"postal_code": "94105"}, "San Francisco"),
        ("US", {"region": "ri"}, "Providence"),
        ("US", {"lata": "974"}, "Rochester"),
        ("US", {"lata": "722", "rate_center": "OAKLAND"}, "Oakland"),
        ("CA", {"postal_code": "m5h2n2"}, "Toronto"),
        ("CA", {"locality": "St Johns"}, "St. John's"),
        ("CH", {"locality": "zurich"}, "Zürich"),
        ("DE", {"locality": "München"}, "München"),
    ],
)
def test_a_place_is_found_by_its_names(country, wanted, city):
    assert {number.locality for number in found(country, **wanted)} == {city}


def test_near_a_point_are_the_places_within_the_distance():
    oakland = Point(37.80, -122.27)
    assert {number.locality for number in found(near=oakland, within=10)} == {"Oakland", "San Francisco"}
    assert "San Jose" in {number.locality for number in found(near=oakland, within=50)}
    assert found("GB", near=oakland) == []


def test_numbers_without_a_needed_capability_are_left_out():
    assert found(needs=frozenset({"fax"})) == []
    assert found("GB", "toll-free", needs=frozenset({"sms"})) == []
    assert found("GB", "mobile", needs=frozenset({"sms"}))


def test_the_place_is_that_of_the_number():
    for number in found(most=400):
        assert number.place == place_of(number.phone_number)
