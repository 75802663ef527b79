"""/offhook/v1/Handsets/{address}/Line: what Lookup finds out about the line of a phone."""

from typing import Annotated, Any

import msgspec

from offhook.carriers import NEVER, CallerType, LineFacts, LineStatus, LineType, Risk
from offhook.products.network.api.messages import check_owner
from offhook.products.network.lines import PhoneLine, PhoneLines
from offhook.web import VERSIONED, Call, Checked, Resource, invalid_parameter, iso8601
from offhook.web.dates import compact_day, date_time, day_or_time

LONGEST = 256  # characters
HIGHEST_SCORE = 100
MOMENTS = ("sim_swapped", "number_blocked")


class LineView(msgspec.Struct):
    """The facts as `POST` takes them; what is not known is `null`."""

    address: str
    type: str | None
    carrier_name: str | None
    mobile_country_code: str | None
    mobile_network_code: str | None
    status: str | None
    caller_name: str | None
    caller_type: str | None
    call_forwarding: bool | None
    sim_swapped: str | None
    reassigned: str | None
    carrier_risk_category: str | None
    sms_pumping_risk_score: int | None
    number_blocked: str | None
    quality_score: int | None
    first_name: str | None
    last_name: str | None
    address_line1: str | None
    address_line2: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    address_country_code: str | None
    national_id: str | None
    date_of_birth: str | None
    url: str


def view(line: PhoneLine, call: Call) -> LineView:
    """The line as the person who runs the network sees it."""
    facts = msgspec.structs.asdict(line.facts)
    written = {name: _written(facts[name]) for name in MOMENTS}
    url = f"{call.base_url}/v1/Handsets/{line.address}/Line"
    return LineView(address=line.address, url=url, **{**facts, **written})


def _written(moment: int | str | None) -> str | None:
    return iso8601(moment) if isinstance(moment, int) else moment


def short(text: str, name: str) -> str:
    """Raises ApiError 20001 for a text that is too long."""
    if len(text) > LONGEST:
        raise invalid_parameter(name, f"it must have {LONGEST} characters at most")
    return text


def digits(least: int, most: int) -> Checked:
    """Digits only, so many of them, or nothing."""

    def check(text: str, name: str) -> str:
        if text and not (text.isascii() and text.isdecimal() and least <= len(text) <= most):
            raise invalid_parameter(name, f"it must have {least} to {most} digits")
        return text

    return Checked(check)


def moment(text: str, name: str) -> str:
    """A moment, `never`, or nothing. Raises ApiError 20001."""
    return text if text in ("", NEVER) else day_or_time(text, name)


def day_or_never(text: str, name: str) -> str:
    """A day as `YYYYMMDD`, `never`, or nothing. Raises ApiError 20001."""
    return text if text == NEVER else compact_day(text, name)


def score(text: str, name: str) -> str:
    """A whole number from 0 to 100. Raises ApiError 20001."""
    if text.startswith("-") or (text.isdecimal() and int(text) > HIGHEST_SCORE):
        raise invalid_parameter(name, f"it must be from 0 to {HIGHEST_SCORE}")
    return text


Short = Annotated[str | None, Checked(short)]
line = Resource("offhook", "/v1/Handsets/{address}/Line", VERSIONED, view, alone=True)


@line.fetch
async def fetch(service: PhoneLines, call: Call, address: str) -> PhoneLine:
    """What is known of a phone's line."""
    check_owner(call)
    return await service.find(address)


@line.update
async def update(
    service: PhoneLines,
    call: Call,
    address: str,
    *,
    type: LineType | None = None,
    carrier_name: Short = None,
    mobile_country_code: Annotated[str | None, digits(3, 3)] = None,
    mobile_network_code: Annotated[str | None, digits(2, 3)] = None,
    status: LineStatus | None = None,
    caller_name: Short = None,
    caller_type: CallerType | None = None,
    call_forwarding: bool | None = None,
    sim_swapped: Annotated[str | None, Checked(moment)] = None,
    reassigned: Annotated[str | None, Checked(day_or_never)] = None,
    carrier_risk_category: Risk | None = None,
    sms_pumping_risk_score: Annotated[int | None, Checked(score)] = None,
    number_blocked: Annotated[str | None, Checked(moment)] = None,
    quality_score: Annotated[int | None, Checked(score)] = None,
    first_name: Short = None,
    last_name: Short = None,
    address_line1: Short = None,
    address_line2: Short = None,
    city: Short = None,
    state: Short = None,
    postal_code: Short = None,
    address_country_code: Short = None,
    national_id: Short = None,
    date_of_birth: Annotated[str | None, Checked(compact_day)] = None,
) -> PhoneLine:
    """Set what Lookup finds out about a phone's line; what is not given stays as it is, an empty text is taken back.

    `SimSwapped` and `NumberBlocked` are the moment at which that happened, `Reassigned` the day (`YYYYMMDD`) on which
    somebody else got the number; or `never`. Scores are from 0 to 100. The names, the address and what follows are the
    person's whom Lookup compares with (`identity_match`) and knows (`pre_fill`).
    """
    given = {name: value for name, value in locals().items() if name in LineFacts.__struct_fields__}
    check_owner(call)
    return await service.change(
        address, {name: _kept(name, value) for name, value in given.items() if value is not None}
    )


def _kept(name: str, value: Any) -> Any:
    """A fact as it is kept: an empty text takes it back, moments are microseconds."""
    if value == "":
        return None
    return date_time(value) if name in MOMENTS and value != NEVER else value


@line.delete
async def delete(service: PhoneLines, call: Call, address: str) -> bool:
    """Take back everything that was set of a phone's line."""
    check_owner(call)
    return await service.forget(address)
