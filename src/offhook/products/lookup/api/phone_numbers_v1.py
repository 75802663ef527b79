"""lookups.twilio.com /v1/PhoneNumbers/{phone_number}: Lookup as older SDKs know it; what is no number is not found.

There are no add-ons: `AddOns` is a parameter that is not read, and noted as such.
https://www.twilio.com/docs/lookup/v1-api
"""

from typing import Annotated, Literal
from urllib.parse import quote

import msgspec

from offhook.products.lookup.api.parameters import HOME, country
from offhook.products.lookup.finding import Asked, Finding
from offhook.products.lookup.looking_up import Lookup
from offhook.products.lookup.packages import CallerName, caller_name, line_type_intelligence
from offhook.web import VERSIONED, Call, Checked, Resource

CARRIER, CALLER_NAME = "carrier", "caller-name"
TYPES = {"mobile": "mobile", "landline": "landline", "fixedVoip": "voip", "nonFixedVoip": "voip"}


class CarrierView(msgspec.Struct):
    """Whose line it is; `type` is mobile, landline or voip."""

    mobile_country_code: str | None
    mobile_network_code: str | None
    name: str | None
    type: str | None
    error_code: int | None


class PhoneNumberV1View(msgspec.Struct):
    """Twilio's Lookup v1; what was not asked for is null."""

    caller_name: CallerName | None
    carrier: CarrierView | None
    country_code: str | None
    phone_number: str
    national_format: str | None
    add_ons: None
    url: str


def view(found: Finding, call: Call) -> PhoneNumberV1View:
    """The number as whoever asked sees it."""
    number, asked = found.number, found.asked.packages
    return PhoneNumberV1View(
        caller_name=caller_name(found) if CALLER_NAME in asked else None,
        carrier=_carrier(found) if CARRIER in asked else None,
        country_code=number.country or None,
        phone_number=number.e164,
        national_format=number.national_format or None,
        add_ons=None,
        url=f"{call.base_url}/v1/PhoneNumbers/{quote(number.e164, safe='+')}",
    )


def _carrier(found: Finding) -> CarrierView:
    known = line_type_intelligence(found)
    return CarrierView(
        mobile_country_code=known.mobile_country_code,
        mobile_network_code=known.mobile_network_code,
        name=known.carrier_name,
        type=TYPES.get(known.type or ""),
        error_code=known.error_code,
    )


phone_numbers_v1 = Resource("lookups", "/v1/PhoneNumbers", VERSIONED, view, rehearsed=frozenset({"fetch"}))


@phone_numbers_v1.fetch
async def fetch(
    service: Lookup,
    call: Call,
    phone_number: str,
    *,
    country_code: Annotated[str, Checked(country)] = HOME,
    type: list[Literal["carrier", "caller-name"]] = [],  # noqa: B006 - never changed
) -> Finding | None:
    """Fetch a number's formats, and with `Type` its carrier and the name of who calls."""
    found = await service.look_up(phone_number, country_code, Asked(frozenset(type), call.now))
    return found if found.is_valid else None
