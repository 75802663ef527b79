"""/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers: the numbers that can be bought, by country and kind.

The inventory is simulated (`inventory/`). Like Twilio's, a list of numbers has one page: ask for a larger one, or for
something narrower, to see others. `capabilities` has its names in both spellings, since Twilio's own answers and its
documentation differ here, and programs exist for either.

https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource
"""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from offhook.kit.phone import friendly
from offhook.products.numbers.api.incoming_by_kind import KINDS, OfKind
from offhook.products.numbers.api.searches import pattern_given, search_for
from offhook.products.numbers.inventory import Available, Country, countries, search
from offhook.products.numbers.kinds import capabilities_of
from offhook.products.numbers.ownership import Numbers
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Operation, Resource

PATH = "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers"
NAMES = {"local": "Local", "mobile": "Mobile", "toll-free": "TollFree"}


class CountryView(msgspec.Struct):
    """Twilio's AvailablePhoneNumberCountry."""

    country_code: str
    country: str
    uri: str
    beta: bool
    subresource_uris: dict[str, str]


class AvailableView(msgspec.Struct):
    """Twilio's AvailablePhoneNumber. What is not known is null; latitude and longitude are decimal texts."""

    friendly_name: str
    phone_number: str
    lata: str | None
    locality: str | None
    rate_center: str | None
    latitude: str | None
    longitude: str | None
    region: str | None
    postal_code: str | None
    iso_country: str
    address_requirements: str
    beta: bool
    capabilities: dict[str, bool]


def view_of_country(country: Country, call: Call) -> CountryView:
    """A country with the lists that it has."""
    uri = f"{PATH.format(account_sid=call.account_sid)}/{country.code}"
    lists = {kind.replace("-", "_"): f"{uri}/{NAMES[kind]}.json" for kind in country.kinds}
    return CountryView(country.code, country.name, f"{uri}.json", beta=False, subresource_uris=lists)


def view(available: Available, _call: Call) -> AvailableView:
    """A number that can be bought."""
    place = available.place
    point = place.point if place else None
    able = capabilities_of(available.phone_number)
    return AvailableView(
        friendly_name=friendly(available.phone_number),
        phone_number=available.phone_number,
        lata=place.lata if place else None,
        locality=available.locality,
        rate_center=place.city if place else None,
        latitude=f"{point.latitude:.6f}" if point else None,
        longitude=f"{point.longitude:.6f}" if point else None,
        region=place.state if place else None,
        postal_code=place.zip if place else None,
        iso_country=available.country,
        address_requirements="none",
        beta=False,
        capabilities={**msgspec.structs.asdict(able), "SMS": able.sms, "MMS": able.mms},
    )


available_countries = Resource("api", PATH, API_2010, view_of_country, key="countries")


@available_countries.fetch
async def fetch(_numbers: Numbers, _call: Call, country_code: str) -> Country | None:
    """Fetch a country that has numbers to buy."""
    return countries().get(country_code.upper())


@available_countries.list
async def list_countries(_numbers: Numbers, _call: Call, *, page: PageRequest) -> Page[Country]:
    """List the countries that have numbers to buy, all on one page."""
    return Page([] if page.number else list(countries().values()), page, None, None)


async def list_(
    service: OfKind,
    call: Call,
    country_code: str,
    *,
    page: PageRequest,
    area_code: int | None = None,
    contains: Annotated[str | None, Checked(pattern_given)] = None,
    sms_enabled: bool = False,
    mms_enabled: bool = False,
    voice_enabled: bool = False,
    fax_enabled: bool = False,
    exclude_all_address_required: bool = False,
    exclude_local_address_required: bool = False,
    exclude_foreign_address_required: bool = False,
    beta: bool = True,
    near_number: str | None = None,
    near_lat_long: str | None = None,
    distance: int | None = None,
    in_postal_code: str | None = None,
    in_region: str | None = None,
    in_rate_center: str | None = None,
    in_lata: str | None = None,
    in_locality: str | None = None,
) -> Page[Available] | None:
    """Search the numbers of this kind. None is beta or requires an address, so those filters leave nothing out."""
    wanted = search_for(locals())
    country = countries().get(country_code.upper())
    if country is None or service.kind not in country.kinds:
        return None
    rows: list[Available] = []
    if wanted is not None and page.number == 0:
        rows = await service.numbers.on_sale(search(country, service.kind, wanted), page.size)
    return Page(rows, page, None, None)


def available_of_kind(name: str) -> Resource:
    """The numbers of one kind in a country; `name` is Twilio's, as in the path."""
    resource = Resource("api", f"{PATH}/{{country_code}}/{name}", API_2010, view, key="available_phone_numbers")
    resource.list(list_)
    return resource


available_by_kind = {name: available_of_kind(name) for name in KINDS}


def operations(numbers: Numbers) -> Sequence[Operation]:
    """The operations of the countries and of the three kinds."""
    bound = [resource.bind(OfKind(numbers, KINDS[name])) for name, resource in available_by_kind.items()]
    return [*available_countries.bind(numbers), *(operation for some in bound for operation in some)]
