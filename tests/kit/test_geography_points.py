"""Where the cities of the table are, and how far apart."""

import pytest

from offhook.kit.geography import Point, area_codes, distance, place_of

# Roughly where each country lies: latitudes and longitudes from, to.
BOXES = {
    "US": (18.0, 72.0, -162.0, -66.0),
    "CA": (42.0, 63.0, -130.0, -52.0),
    "PR": (17.5, 18.8, -67.5, -65.0),
    "VI": (17.5, 18.8, -65.2, -64.4),
    "GU": (13.0, 14.0, 144.0, 145.5),
    "MP": (14.0, 16.0, 145.0, 146.5),
    "AS": (-15.0, -14.0, -171.5, -169.0),
}


def of(code):
    return place_of(f"+1{code}5550100")


@pytest.mark.parametrize("region", BOXES)
def test_every_city_lies_in_its_country(region):
    south, north, west, east = BOXES[region]
    for code in area_codes(region):
        point = of(code).point
        assert south <= point.latitude <= north, code
        assert west <= point.longitude <= east, code


def test_every_city_of_a_state_is_within_a_states_size_of_the_others():
    cities = [of(code) for region in BOXES for code in area_codes(region)]
    for one in cities:
        for other in cities:
            if (one.country, one.state) == (other.country, other.state):
                assert distance(one.point, other.point) < 900, (one, other)


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [("415", "510", 8), ("212", "213", 2446), ("212", "617", 190), ("907", "808", 2782), ("305", "204", 1900)],
)
def test_the_distance_of_two_cities(one, other, miles):
    assert distance(of(one).point, of(other).point) == pytest.approx(miles, rel=0.06)
    assert distance(of(one).point, of(other).point) == distance(of(other).point, of(one).point)


def test_the_distance_over_the_date_line_is_the_short_way():
    assert distance(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(69, rel=0.01)
    assert distance(Point(10, 20), Point(10, 20)) == 0


def test_a_lata_has_three_digits_and_canadas_are_888():
    for region in BOXES:
        for code in area_codes(region):
            assert len(of(code).lata) == 3
            assert (of(code).lata == "888") == (region == "CA")


def test_elsewhere_no_point_and_no_lata_are_known():
    for e164 in ("+442079460018", "+18005550100", "+15550001111"):
        assert (place_of(e164).point, place_of(e164).lata) == (None, "")
