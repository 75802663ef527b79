"""What numbering plans say of numbers."""

import pytest

from offhook.kit.numbering import Numbered, numbered


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("+1", "TOO_SHORT"),
        ("+4", "TOO_SHORT"),
        ("12", "TOO_SHORT"),
        ("+1415555", "TOO_SHORT"),
        ("5552671", "TOO_SHORT"),
        ("+1415555267123", "TOO_LONG"),
        ("+1234567890123456789", "TOO_LONG"),
        ("9" * 300, "TOO_LONG"),
        ("+999123456", "INVALID_COUNTRY_CODE"),
        ("+50122222222", "INVALID_LENGTH"),
        ("abc", "NOT_A_NUMBER"),
        ("", "NOT_A_NUMBER"),
        ("client:ann", "NOT_A_NUMBER"),
        ("+15550001111", "INVALID_BUT_POSSIBLE"),
        ("+14159929960", None),
    ],
)
def test_what_is_wrong_with_a_number_has_twilio_s_word(text: str, problem: str | None) -> None:
    found = numbered(text)
    assert found.problem == problem
    assert found.is_possible == (problem in (None, "INVALID_BUT_POSSIBLE"))


def test_a_number_has_its_formats_its_country_and_its_zone() -> None:
    assert numbered("(415) 992-9960") == Numbered(
        e164="+14159929960",
        problem=None,
        calling_code="1",
        country="US",
        national_format="(415) 992-9960",
        international_format="+1 415-992-9960",
        type=None,
        carrier="",
        time_zones=("America/Los_Angeles",),
    )


def test_the_region_says_how_a_national_number_is_read() -> None:
    assert numbered("07400 123456", "GB").e164 == "+447400123456"
    assert numbered("+447400123456", "US").country == "GB"


@pytest.mark.parametrize(
    ("e164", "kind", "carrier"),
    [
        ("+447400123456", "mobile", "Three"),
        ("+33612345678", "mobile", "SFR"),
        ("+442079460018", "landline", ""),
        ("+18005551234", "tollFree", ""),
        ("+19002345678", "premium", ""),
        ("+14155550100", None, ""),
    ],
)
def test_the_kind_and_the_carrier_are_the_plan_s_where_it_says(e164: str, kind: str | None, carrier: str) -> None:
    found = numbered(e164)
    assert (found.type, found.carrier) == (kind, carrier)


def test_an_extension_is_no_part_of_a_number() -> None:
    found = numbered("+1 415 992 9960 ext. 5")
    assert (found.e164, found.national_format) == ("+14159929960", "(415) 992-9960")


def test_a_range_that_nobody_was_given_is_in_no_zone() -> None:
    assert numbered("+15550001111").time_zones == ()
