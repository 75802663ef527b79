"""Phone numbers as Twilio writes them: E.164, a plus sign and up to fifteen digits (ITU-T E.164, section 6).

A number is accepted when its length is possible for its country (`phonenumbers.is_possible_number`), never by
whether it is assigned: tests and demos live on 555 numbers, which are not. A number that could only be dialled
inside its area (seven digits in North America) is not one, since E.164 is what reaches a phone from anywhere.

Every request looks at two numbers, mostly the same ones, so answers are remembered by number.
"""

import re
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

_REMEMBERED = 16_384
_MAX_TEXT = 40
_WRITTEN = re.compile(r"\+?[0-9() .\-/\u00a0\u2010-\u2015]+")
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &.\-+_]{1,11}")
_CLIENT = re.compile(r"client:[^\s\x00-\x1f\x7f]{1,121}")
_NANP = "1"
_EXCHANGES = ("2345678", "5550100")


def normalise(text: str, region: str | None = None) -> str | None:
    """Turn a number as people write it into E.164; None when it cannot be one.

    Without a plus sign it is read as dialled in `region` ("US"), and is None where no region is given. Letters and
    extensions are refused. Addresses of other channels (`whatsapp:`, `client:`) are not numbers.
    """
    return _normalise(text, region) if len(text) <= _MAX_TEXT else None


@lru_cache(_REMEMBERED)
def _normalise(text: str, region: str | None) -> str | None:
    text = text.strip()
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, None if text.startswith("+") else region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return e164 if _E164.fullmatch(e164) else None


@lru_cache(_REMEMBERED)
def country_of(e164: str) -> str:
    """Name the country ("US", "CA", "GB") of an E.164 number; empty when it has none or is no number.

    Where countries share a calling code the digits decide (the area code in North America); digits that are nobody's
    belong to the code's main country, so +1 555 is "US".
    """
    number = _parsed(e164)
    if number is None:
        return ""
    region = phonenumbers.region_code_for_number(number)
    if region is None and e164.startswith("+" + _NANP):
        region = _country_of_area(e164[2:5])
    region = region or phonenumbers.region_code_for_country_code(number.country_code or 0)
    return region if region.isalpha() and region != "ZZ" else ""


@cache
def countries() -> tuple[str, ...]:
    """List the countries (ISO 3166) that have phone numbers of their own, ascending: what `country_of` can name."""
    return tuple(sorted(phonenumbers.SUPPORTED_REGIONS))


@lru_cache(_REMEMBERED)
def is_fixed_line(e164: str) -> bool:
    """Say whether the numbering plan leaves no doubt that this is a landline.

    It does not where a number may as well be a mobile one (North America), or is in no range that was given out.
    """
    number = _parsed(e164)
    return number is not None and phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE


@lru_cache(_REMEMBERED)
def national(e164: str) -> str:
    """Give the national significant number ("5550001111"), or the text itself when it is no E.164 number."""
    number = _parsed(e164)
    return e164 if number is None else phonenumbers.national_significant_number(number)


@lru_cache(_REMEMBERED)
def friendly(e164: str) -> str:
    """Write a number for people: "(555) 000-1111" in North America, "+44 20 7946 0018" elsewhere.

    Twilio gives a bought number the first form as its `friendly_name`. What is no E.164 number comes back as it is.
    """
    number = _parsed(e164)
    if number is None:
        return e164
    if e164.startswith("+" + _NANP) and len(e164) == 12:
        return f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def is_short_code(text: str) -> bool:
    """Say whether this has a short code's form: 3 to 8 digits (5 or 6 in North America) and nothing else."""
    return _SHORT_CODE.fullmatch(text) is not None


def is_alphanumeric_sender(text: str) -> bool:
    """Say whether this can be an alphanumeric sender: 1 to 11 of A-Z a-z 0-9 space & . - + _, with one letter.

    Source: Twilio's AlphaSender resource.
    """
    return _ALPHANUMERIC.fullmatch(text) is not None


def is_client(text: str) -> bool:
    """Say whether this is the address of a browser or app phone: `client:` and an identity of 1 to 121 characters."""
    return _CLIENT.fullmatch(text) is not None


def _parsed(e164: str) -> PhoneNumber | None:
    if not _E164.fullmatch(e164):
        return None
    try:
        return phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None


@lru_cache
def _country_of_area(area: str) -> str | None:
    """Name the country of a North American area code, asking for lines that exist in any assigned one."""
    for exchange in _EXCHANGES:
        region = phonenumbers.region_code_for_number(PhoneNumber(1, int(area + exchange)))
        if region is not None:
            return region
    return None
