"""`Contains`, in Twilio's words; a regular expression is the witness."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.products.numbers.inventory import Pattern

AMERICAN = "1415???????"


def narrowed(text, template=AMERICAN, national=1):
    return list(Pattern.parse(text).narrow(template, national))


def test_letters_are_the_digits_of_their_keys():
    assert Pattern.parse("Storm").pieces == ("78676",)
    assert Pattern.parse("ABCDEFGHIJKLM").pieces == ("2223334445556",)
    assert Pattern.parse("nopqrstuvwxyz").pieces == ("6677778889999",)


def test_a_pattern_fits_wherever_its_digits_agree():
    assert narrowed("99999") == ["141599999??", "1415?99999?", "1415??99999"]
    assert narrowed("4159") == ["14159??????", "14154159???", "1415?4159??", "1415??4159?", "1415???4159"]
    assert narrowed("2125551234") == []


def test_a_star_is_one_digit_and_takes_its_place():
    assert narrowed("415555****") == ["1415555????"]
    assert narrowed("415*****00$") == ["1415?????00"]


def test_a_percent_sign_is_any_digits_or_none():
    found = narrowed("12%34", "1415??????")
    assert "14151234??" in found
    assert "141512??34" in found
    assert all(re.search("12.*34", template) for template in found)


def test_plus_begins_at_the_country_code_and_dollar_ends_with_the_number():
    assert narrowed("+1415555") == ["1415555????"]
    assert narrowed("+415") == []
    assert narrowed("99$") == ["1415?????99"]


def test_the_country_code_is_only_matched_by_a_whole_number():
    assert narrowed("14", "1415???????")[0] != "1415???????"
    assert narrowed("14155550100") == ["14155550100"]


@pytest.mark.parametrize(
    "text", ["", "1", "**", "%%", "1*", "é1", "12-34", "1 2", "+", "12345678901234567", "1+2", "$12"]
)
def test_what_is_no_pattern_is_refused(text):
    with pytest.raises(ValueError, match="is not a pattern"):
        Pattern.parse(text)


@given(st.from_regex(r"\+?[0-9A-Z*%]{2,8}\$?", fullmatch=True))
def test_every_narrowed_template_matches_as_a_regular_expression_does(text):
    try:
        pattern = Pattern.parse(text)
    except ValueError:
        return
    keys = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
    inner = text.removeprefix("+").removesuffix("$").translate(keys)
    witness = re.compile(
        ("^" if text.startswith("+") else "")
        + inner.replace("*", "[0-9]").replace("%", "[0-9]*")
        + ("$" if text.endswith("$") else "")
    )
    for template in list(pattern.narrow(AMERICAN, 1))[:50]:
        assert len(template) == len(AMERICAN)
        for digit in "05":
            assert witness.search(template.replace("?", digit)), (template, digit)
