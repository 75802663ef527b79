"""Numbers as people write them, and what Offhook makes of them."""

import time

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.kit import phone


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("+15550001111", None, "+15550001111"),
        ("+1 (555) 000-1111", None, "+15550001111"),
        (" +1.555.000.1111 ", None, "+15550001111"),
        ("+1\u00a0555\u2013000\u20131111", None, "+15550001111"),
        ("+15005550006", None, "+15005550006"),
        ("+19732644152", None, "+19732644152"),
        ("(415) 555-1212", "US", "+14155551212"),
        ("14155551212", "US", "+14155551212"),
        ("07400 123456", "GB", "+447400123456"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("+39 06 1234 5678", None, "+390612345678"),
        ("+61491570006", None, "+61491570006"),
    ],
)
def test_a_possible_number_becomes_e164(text, region, e164):
    assert phone.normalise(text, region) == e164


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", None),
        ("+", None),
        ("hello", "US"),
        ("4155551212", None),  # no plus sign and no country to dial from
        ("+1555000111", None),
        ("+155500011112", None),
        ("+15551234", None),  # seven digits reach a phone only inside its area
        ("555-1234", "US"),
        ("+999123456789", None),
        ("+1-800-FLOWERS", None),
        ("+1 555 000 1111 x5", None),
        ("++15550001111", None),
        ("whatsapp:+15550001111", None),
        ("client:ann", None),
        ("tel:+15550001111", None),
        ("+١٥٥٥٠٠٠١١١١", None),
        ("+1555" + "0" * 100, None),
        ("12345", None),
    ],
)
def test_what_cannot_be_a_number_is_none(text, region):
    assert phone.normalise(text, region) is None


def judged_by_phonenumbers(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else None


@given(st.from_regex(r"\+[1-9][0-9]{4,15}", fullmatch=True))
def test_a_number_is_accepted_when_its_length_is_possible_and_at_most_fifteen_digits(text):
    e164 = judged_by_phonenumbers(text)
    assert phone.normalise(text) == (e164 if e164 and len(e164) <= 16 else None)


@given(st.text(max_size=30), st.sampled_from([None, "US", "GB"]))
def test_any_text_is_a_number_or_none_and_a_number_stays_as_it_is(text, region):
    e164 = phone.normalise(text, region)
    assert e164 is None or phone.normalise(e164) == e164


@pytest.mark.parametrize(
    ("e164", "country"),
    [
        ("+14155550100", "US"),
        ("+15550001111", "US"),
        ("+18005550100", "US"),
        ("+15005550006", "US"),
        ("+14165550100", "CA"),
        ("+14160000000", "CA"),  # no such exchange, but Toronto's area code
        ("+17875550100", "PR"),
        ("+18765550100", "JM"),
        ("+442079460018", "GB"),
        ("+447400123456", "GB"),
        ("+447911123456", "GG"),
        ("+79161234567", "RU"),
        ("+77011234567", "KZ"),
        ("+61491570006", "AU"),
        ("+883510000000000", ""),  # international networks belong to no country
        ("hello", ""),
        ("12345", ""),
        ("client:ann", ""),
    ],
)
def test_the_country_of_a_number(e164, country):
    assert phone.country_of(e164) == country


@pytest.mark.parametrize(
    ("e164", "national", "friendly"),
    [
        ("+15550001111", "5550001111", "(555) 000-1111"),
        ("+14165550100", "4165550100", "(416) 555-0100"),
        ("+442079460018", "2079460018", "+44 20 7946 0018"),
        ("+390612345678", "0612345678", "+39 06 1234 5678"),
        ("Acme", "Acme", "Acme"),
    ],
)
def test_a_number_is_written_for_people(e164, national, friendly):
    assert phone.national(e164) == national
    assert phone.friendly(e164) == friendly


@pytest.mark.parametrize("text", ["12345", "894546", "123", "12345678"])
def test_a_short_code_is_three_to_eight_digits(text):
    assert phone.is_short_code(text)


@pytest.mark.parametrize("text", ["", "12", "123456789", "+12345", "1234a", "12345\n", "١٢٣٤٥"])
def test_anything_else_is_no_short_code(text):
    assert not phone.is_short_code(text)


@pytest.mark.parametrize("text", ["Acme", "A", "Acme Corp 1", "a-b_c+d&e f", "a.example", "1Z", "+1a"])
def test_an_alphanumeric_sender_has_up_to_eleven_characters_and_a_letter(text):
    assert phone.is_alphanumeric_sender(text)


@pytest.mark.parametrize("text", ["", "12345", " - ", "Twelve chars", "Acme!", "Ácme", "Acme\n", "+15550001111"])
def test_anything_else_is_no_alphanumeric_sender(text):
    assert not phone.is_alphanumeric_sender(text)


@pytest.mark.parametrize("text", ["client:ann", "client:ann@example.com", "client:" + "a" * 121])
def test_a_client_address_has_an_identity(text):
    assert phone.is_client(text)


@pytest.mark.parametrize("text", ["client:", "client:a b", "Client:ann", "ann", "client:ann\n", "client:" + "a" * 122])
def test_anything_else_is_no_client_address(text):
    assert not phone.is_client(text)


def test_a_number_seen_before_is_answered_within_microseconds():
    phone.normalise("+15550001111")
    started = time.process_time()
    for _ in range(10_000):
        phone.normalise("+15550001111")
    assert time.process_time() - started < 0.1  # 10 us each; about 0.1 on an idle machine


@pytest.mark.parametrize(
    ("e164", "fixed"),
    [
        ("+33142685300", True),
        ("+442079460018", True),
        ("+390612345678", True),
        ("+33612345678", False),
        ("+447400123456", False),
        ("+14155550100", False),  # nobody can tell in North America
        ("+15550001111", False),
        ("+34500000000", False),  # in no range that was given out
        ("+883510000000000", False),
        ("client:anna", False),
    ],
)
def test_a_landline_is_one_only_where_the_numbering_plan_leaves_no_doubt(e164, fixed):
    assert phone.is_fixed_line(e164) is fixed


def test_countries_are_codes_of_two_letters_in_order():
    assert {"US", "CA", "GB", "DE", "PR"} <= {*phone.countries()}
    assert list(phone.countries()) == sorted(phone.countries())
    assert all(len(code) == 2 and code.isupper() for code in phone.countries())
