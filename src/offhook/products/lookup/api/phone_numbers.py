"""lookups.twilio.com /v2/PhoneNumbers/{phone_number}: whether a number is one, and what is known of its line.

A number that is none is no error: the answer is 200 with `valid: false` and the reasons.
https://www.twilio.com/docs/lookup/v2-api
"""

from typing import Annotated, Any
from urllib.parse import quote

import msgspec

from offhook.products.lookup.api.parameters import HOME, country
from offhook.products.lookup.finding import Asked, Finding
from offhook.products.lookup.looking_up import Lookup
from offhook.products.lookup.matching import Person, lines
from offhook.products.lookup.packages import (
    PACKAGES,
    CallerName,
    CallForwarding,
    IdentityMatch,
    LineStatus,
    LineTypeIntelligence,
    PhoneNumberQualityScore,
    PreFill,
    ReassignedNumber,
    SimSwap,
    SmsPumpingRisk,
)
from offhook.web import VERSIONED, Call, Checked, Resource, invalid_parameter
from offhook.web.dates import compact_day

VALIDATION = "validation"  # asks for what every answer has


class PhoneNumberView(msgspec.Struct):
    """Twilio's Lookup v2; a package that was not asked for is null."""

    calling_country_code: str | None
    country_code: str | None
    phone_number: str
    national_format: str | None
    valid: bool
    validation_errors: list[str]
    caller_name: CallerName | None
    sim_swap: SimSwap | None
    call_forwarding: CallForwarding | None
    line_type_intelligence: LineTypeIntelligence | None
    line_status: LineStatus | None
    identity_match: IdentityMatch | None
    reassigned_number: ReassignedNumber | None
    sms_pumping_risk: SmsPumpingRisk | None
    phone_number_quality_score: PhoneNumberQualityScore | None
    pre_fill: PreFill | None
    url: str


def view(found: Finding, call: Call) -> PhoneNumberView:
    """The number as whoever asked sees it."""
    number, asked = found.number, found.asked.packages
    packages: dict[str, Any] = {name: make(found) if name in asked else None for name, make in PACKAGES.items()}
    return PhoneNumberView(
        calling_country_code=number.calling_code or None,
        country_code=number.country or None,
        phone_number=number.e164,
        national_format=number.national_format or None,
        valid=found.is_valid,
        validation_errors=[] if found.is_valid or number.problem is None else [number.problem],
        url=f"{call.base_url}/v2/PhoneNumbers/{quote(number.e164, safe='+')}",
        **packages,
    )


def known_packages(text: str, name: str) -> str:
    """Names of packages, separated by commas. Raises ApiError 20001 for one that there is not."""
    unknown = _names(text) - {*PACKAGES, VALIDATION}
    if unknown:
        allowed = ", ".join((VALIDATION, *PACKAGES))
        raise invalid_parameter(name, f"{', '.join(sorted(unknown))} is none of {allowed}")
    return text


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in text.split(",") if name.strip())


phone_numbers = Resource("lookups", "/v2/PhoneNumbers", VERSIONED, view, rehearsed=frozenset({"fetch"}))


@phone_numbers.fetch
async def fetch(
    service: Lookup,
    call: Call,
    phone_number: str,
    *,
    fields: Annotated[str, Checked(known_packages)] = "",
    country_code: Annotated[str, Checked(country)] = HOME,
    first_name: str | None = None,
    last_name: str | None = None,
    address_line1: str | None = None,
    address_line2: str | None = None,
    city: str | None = None,
    state: str | None = None,
    postal_code: str | None = None,
    address_country_code: str | None = None,
    national_id: str | None = None,
    date_of_birth: Annotated[str | None, Checked(compact_day)] = None,
    last_verified_date: Annotated[str, Checked(compact_day)] = "",
    verification_sid: str | None = None,
    partner_sub_id: str | None = None,
) -> Finding:
    """Fetch what is known of a number: the packages of `Fields`, separated by commas.

    `FirstName` to `DateOfBirth` are compared with the line's holder (`identity_match`), `LastVerifiedDate` (YYYYMMDD)
    with the day on which somebody else got the number (`reassigned_number`). `VerificationSid` and `PartnerSubId` are
    read and change nothing.
    """
    person = Person(
        first_name=first_name,
        last_name=last_name,
        address_lines=lines(address_line1, address_line2),
        city=city,
        state=state,
        postal_code=postal_code,
        address_country_code=address_country_code,
        national_id=national_id,
        date_of_birth=date_of_birth,
    )
    asked = Asked(_names(fields), call.now, person, last_verified_date)
    return await service.look_up(phone_number, country_code, asked)
