"""What numbering plans say of a number: whether and why not it is one, its country, its kind, its carrier, its zones.

All of it is libphonenumber's data, which comes with the package. Its table of carriers, 10 MB in memory, is read when
somebody asks for one. Its table of places is left out: it takes 150 MB and seconds to read, and `kit.geography` knows
the places of North America.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from offhook.kit.phone import country_of

Problem = Literal[
    "TOO_SHORT", "TOO_LONG", "INVALID_BUT_POSSIBLE", "INVALID_COUNTRY_CODE", "INVALID_LENGTH", "NOT_A_NUMBER"
]
PlannedType = Literal[
    "mobile",
    "landline",
    "tollFree",
    "fixedVoip",
    "personal",
    "premium",
    "voicemail",
    "sharedCost",
    "uan",
    "pager",
]
_REMEMBERED = 4096
_LONGEST = 250  # characters that libphonenumber looks at
_NO_ZONE = "Etc/Unknown"
_NOT_PARSED: dict[int, Problem] = {
    NumberParseException.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    NumberParseException.NOT_A_NUMBER: "NOT_A_NUMBER",
    NumberParseException.TOO_SHORT_AFTER_IDD: "TOO_SHORT",
    NumberParseException.TOO_SHORT_NSN: "TOO_SHORT",
    NumberParseException.TOO_LONG: "TOO_LONG",
}
_NOT_POSSIBLE: dict[int, Problem] = {
    ValidationResult.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    ValidationResult.TOO_SHORT: "TOO_SHORT",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "TOO_SHORT",  # without its area it reaches nobody from elsewhere
    ValidationResult.TOO_LONG: "TOO_LONG",
    ValidationResult.INVALID_LENGTH: "INVALID_LENGTH",
}
_TYPES: dict[int, PlannedType] = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.TOLL_FREE: "tollFree",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "sharedCost",
    PhoneNumberType.VOIP: "fixedVoip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number as somebody wrote it, read by its numbering plan; `problem` says what is wrong with it.

    Texts are empty and `type` is None where the plan does not say: in North America a number may be either a mobile
    phone's or a landline's, and which carrier has it is not in any table.
    """

    e164: str
    problem: Problem | None
    calling_code: str = ""
    country: str = ""
    national_format: str = ""
    international_format: str = ""
    type: PlannedType | None = None
    carrier: str = ""
    time_zones: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether it has a length that its country's numbers can have."""
        return self.problem in (None, "INVALID_BUT_POSSIBLE")


@lru_cache(_REMEMBERED)
def numbered(text: str, region: str = "US") -> Numbered:
    """Read a number as people write it; without a plus sign it is one of `region` ("US")."""
    if len(text) > _LONGEST:
        return Numbered(text[:_LONGEST], "TOO_LONG")
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as unreadable:
        return Numbered(text, _why(text, unreadable.error_type))
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    problem = _NOT_POSSIBLE.get(phonenumbers.is_possible_number_with_reason(number))
    if problem is not None:
        return Numbered(e164, problem, str(number.country_code))
    return _described(e164, number)


def _why(text: str, reason: int) -> Problem:
    """Why it cannot be read. A few digits are a number that is too short, and not none at all."""
    digits = text.strip().lstrip("+")
    return "TOO_SHORT" if digits.isdecimal() and len(digits) < 3 else _NOT_PARSED[reason]


def _described(e164: str, number: PhoneNumber) -> Numbered:
    from phonenumbers import carrier, timezone  # the large tables

    number.extension = None  # it is nobody's to dial, and no part of the number
    zones = timezone.time_zones_for_number(number)
    return Numbered(
        e164=e164,
        problem=None if phonenumbers.is_valid_number(number) else "INVALID_BUT_POSSIBLE",
        calling_code=str(number.country_code),
        country=country_of(e164),
        national_format=phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        international_format=phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        type=_TYPES.get(phonenumbers.number_type(number)),
        carrier=carrier.name_for_number(number, "en"),
        time_zones=() if zones == (_NO_ZONE,) else tuple(zones),
    )
