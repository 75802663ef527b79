"""Every block's numbers are numbers of its country and kind, by phonenumbers' own metadata."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from offhook.kit.phone import country_of, normalise
from offhook.products.numbers.inventory import countries
from offhook.products.numbers.kinds import kind_of

ASKED_FOR = {"US", "CA", "GB", "DE", "AU", "FR", "NL", "SE", "ES", "IT", "BR", "MX", "JP", "IN"}
ELSEWHERE = [code for code in countries() if code not in ("US", "CA", "PR")]


def test_the_countries_that_programs_ask_for_are_there():
    assert set(countries()) >= ASKED_FOR
    assert countries()["GB"].name == "United Kingdom"


def test_local_numbers_are_sold_everywhere_and_toll_free_ones_almost():
    assert all("local" in country.kinds for country in countries().values())
    assert [code for code, country in countries().items() if "toll-free" not in country.kinds] == ["PR"]


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_numbers_shown_first_are_of_their_country_and_kind(code):
    for block in countries()[code].blocks:
        for digit in "0159":
            e164 = "+" + block.templates[0].replace("?", digit)
            assert normalise(e164) == e164
            assert (country_of(e164), kind_of(e164)) == (code, block.kind), e164


@pytest.mark.parametrize("code", ELSEWHERE)
def test_every_kind_is_what_phonenumbers_says_or_nobodys(code):
    wanted = {"mobile": PhoneNumberType.MOBILE, "toll-free": PhoneNumberType.TOLL_FREE}
    for block in countries()[code].blocks:
        number = phonenumbers.parse("+" + block.templates[0].replace("?", "5"))
        kind = phonenumbers.number_type(number)
        assert kind in (wanted.get(block.kind, kind), PhoneNumberType.UNKNOWN)


def test_the_country_code_ends_where_the_national_number_begins():
    for code in ELSEWHERE:
        for block in countries()[code].blocks:
            assert block.templates[0][: block.national] == str(phonenumbers.country_code_for_region(code))
