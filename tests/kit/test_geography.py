"""The area code table against phonenumbers' own metadata, and places as webhooks see them."""

import re
import subprocess
import sys

import phonenumbers
import pytest

from offhook.kit.geography import Place, area_codes, place_of

# Assigned by the numbering plan's administrator, but not yet in phonenumbers' patterns.
NEW = {"357", "436", "457", "471", "483", "621", "624", "679", "729", "837", "861", "924"}

# The first digits of the postal codes of each state (USPS) and province (Canada Post).
POSTAL = {
    "AL": "35 36", "AK": "99", "AZ": "85 86", "AR": "71 72", "CA": "90 91 92 93 94 95 96", "CO": "80 81",
    "CT": "06", "DC": "20", "DE": "19", "FL": "32 33 34", "GA": "30 31", "HI": "96", "IA": "50 51 52",
    "ID": "83", "IL": "60 61 62", "IN": "46 47", "KS": "66 67", "KY": "40 41 42", "LA": "70 71",
    "MA": "01 02", "MD": "20 21", "ME": "04", "MI": "48 49", "MN": "55 56", "MO": "63 64 65",
    "MS": "38 39", "MT": "59", "NC": "27 28", "ND": "58", "NE": "68 69", "NH": "03", "NJ": "07 08",
    "NM": "87 88", "NV": "88 89", "NY": "10 11 12 13 14", "OH": "43 44 45", "OK": "73 74", "OR": "97",
    "PA": "15 16 17 18 19", "RI": "02", "SC": "29", "SD": "57", "TN": "37 38", "TX": "75 76 77 78 79",
    "UT": "84", "VA": "20 22 23 24", "VT": "05", "WA": "98 99", "WI": "53 54", "WV": "24 25 26", "WY": "82",
    "AS": "967", "GU": "969", "MP": "969", "PR": "006 007 009", "VI": "008",
    "AB": "T", "BC": "V", "MB": "R", "NB": "E", "NL": "A", "NS": "B", "NT": "X", "ON": "K L M N P",
    "QC": "G H J", "SK": "S",
}  # fmt: skip
COUNTRIES = ("US", "CA", "PR", "VI", "GU", "MP", "AS")


def known_to_phonenumbers(region: str) -> set[str]:
    pattern = phonenumbers.PhoneMetadata.metadata_for_region(region).fixed_line.national_number_pattern
    lines = ("2345678", "5550100", "6331234")
    return {str(code) for code in range(200, 1000) if any(re.fullmatch(pattern, f"{code}{line}") for line in lines)}


def test_every_american_area_code_is_listed_and_no_other():
    assert set(area_codes("US")) == known_to_phonenumbers("US") | NEW


@pytest.mark.parametrize("region", COUNTRIES[1:])
def test_every_area_code_of_canada_and_the_territories_is_listed_and_no_other(region):
    assert set(area_codes(region)) == known_to_phonenumbers(region)


def test_area_codes_are_ascending_and_those_of_another_country_empty():
    assert list(area_codes()) == sorted(area_codes("US"))
    assert area_codes()[:3] == ("201", "202", "203")
    assert area_codes("GB") == ()


@pytest.mark.parametrize("region", COUNTRIES)
def test_every_place_is_complete_and_its_postal_code_is_of_its_state(region):
    form = r"[A-Z][0-9][A-Z] [0-9][A-Z][0-9]" if region == "CA" else r"[0-9]{5}"
    for code in area_codes(region):
        place = place_of(f"+1{code}5550100")
        assert place.country == region
        assert place.city == place.city.upper() != ""
        assert re.fullmatch(form, place.zip), place
        assert place.zip.startswith(tuple(POSTAL[place.state].split())), place


@pytest.mark.parametrize(
    ("e164", "place"),
    [
        ("+12125550111", Place("NEW YORK", "NY", "10001", "US")),
        ("+14155550111", Place("SAN FRANCISCO", "CA", "94102", "US")),
        ("+12023358536", Place("WASHINGTON", "DC", "20001", "US")),
        ("+19732644152", Place("NEWARK", "NJ", "07102", "US")),
        ("+14165550111", Place("TORONTO", "ON", "M5H 2N2", "CA")),
        ("+17095550111", Place("ST. JOHN'S", "NL", "A1C 5M2", "CA")),
        ("+17875550111", Place("SAN JUAN", "PR", "00901", "PR")),
        ("+15550001111", Place(country="US")),
        ("+18005550111", Place(country="US")),
        ("+18765550111", Place(country="JM")),
        ("+442079460018", Place(country="GB")),
        ("12345", Place()),
        ("client:ann", Place()),
        ("+1212", Place()),
    ],
)
def test_the_place_of_a_number(e164, place):
    assert place_of(e164) == place


def test_the_table_is_not_read_before_it_is_needed_and_the_large_geocoder_never():
    program = (
        "import sys; from offhook.kit import geography as g;"
        "before = g._places.cache_info().currsize; g.place_of('+12125550111');"
        "print(before, g._places.cache_info().currsize, 'phonenumbers.geocoder' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1", "False"]
