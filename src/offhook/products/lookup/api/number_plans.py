"""/offhook/v1/PhoneNumbers/{phone_number}: what the numbering plan says of a number, beyond what Twilio's API has."""

from typing import Annotated

import msgspec

from offhook.products.lookup.api.parameters import HOME, country
from offhook.products.lookup.finding import Asked, Finding
from offhook.products.lookup.looking_up import Lookup
from offhook.web import VERSIONED, Call, Checked, Resource


class NumberPlanView(msgspec.Struct):
    """A number's formats, and where its plan places it; `null` where it does not say."""

    phone_number: str
    national_format: str | None
    international_format: str | None
    country_code: str | None
    calling_country_code: str | None
    type: str | None
    carrier_name: str | None
    city: str | None
    state: str | None
    time_zones: list[str]
    valid: bool
    validation_errors: list[str]


def view(found: Finding, _call: Call) -> NumberPlanView:
    """The number as its plan has it."""
    number, place = found.number, found.place
    return NumberPlanView(
        phone_number=number.e164,
        national_format=number.national_format or None,
        international_format=number.international_format or None,
        country_code=number.country or None,
        calling_country_code=number.calling_code or None,
        type=number.type,
        carrier_name=number.carrier or None,
        city=place.city or None,
        state=place.state or None,
        time_zones=list(number.time_zones),
        valid=found.is_valid,
        validation_errors=[] if number.problem is None else [number.problem],
    )


number_plans = Resource("offhook", "/v1/PhoneNumbers", VERSIONED, view)


@number_plans.fetch
async def fetch(
    service: Lookup, call: Call, phone_number: str, *, country_code: Annotated[str, Checked(country)] = HOME
) -> Finding:
    """Fetch what the numbering plan says of a number; `validation_errors` are those of the real world."""
    return await service.look_up(phone_number, country_code, Asked(now=call.now))
