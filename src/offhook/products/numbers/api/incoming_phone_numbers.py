"""/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers: buy numbers and say which webhooks they call.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.numbers.number import SETTINGS, PhoneNumber
from offhook.products.numbers.ownership import Numbers
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, ApiError, Call, Checked, Resource, rfc2822
from offhook.web.urls import is_web_url

LONGEST_NAME = 64
Method = Literal["GET", "POST"]


def webhook_url(text: str, name: str) -> str:
    """A complete http(s) URL, or nothing, which removes the webhook. Raises ApiError 21402."""
    if text and not is_web_url(text):
        raise ApiError(21402, f"{name} {text!r} is not a valid URL; give it in full, with http:// or https://")
    return text


def name_of_a_number(text: str, name: str) -> str:
    """Raises ApiError 21511 for a name that is too long."""
    if len(text) > LONGEST_NAME:
        raise ApiError(21511, f"{name} is longer than {LONGEST_NAME} characters")
    return text


Url = Annotated[str, Checked(webhook_url)]
Name = Annotated[str, Checked(name_of_a_number)]


class PhoneNumberView(msgspec.Struct):
    """Twilio's IncomingPhoneNumber."""

    account_sid: str
    address_requirements: str
    address_sid: str | None
    api_version: str
    beta: bool
    bundle_sid: str | None
    capabilities: dict[str, bool]
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    identity_sid: str | None
    origin: str
    phone_number: str
    sid: str
    sms_application_sid: str
    sms_fallback_method: str
    sms_fallback_url: str
    sms_method: str
    sms_url: str
    status: str
    status_callback: str
    status_callback_method: str
    trunk_sid: str | None
    type: str | None
    uri: str
    voice_application_sid: str
    voice_caller_id_lookup: bool
    voice_fallback_method: str
    voice_fallback_url: str
    voice_method: str
    voice_receive_mode: str
    voice_url: str
    subresource_uris: dict[str, str]
    emergency_address_sid: str | None = None
    emergency_address_status: str = "unregistered"
    emergency_status: str = "Inactive"


def view(number: PhoneNumber, _call: Call) -> PhoneNumberView:
    """The number as its caller sees it. Like Twilio's, a webhook that is not set is an empty text."""
    uri = f"/2010-04-01/Accounts/{number.account_sid}/IncomingPhoneNumbers/{number.sid}"
    return PhoneNumberView(
        account_sid=number.account_sid,
        address_requirements="none",
        address_sid=None,
        api_version="2010-04-01",
        beta=False,
        bundle_sid=None,
        capabilities={"fax": False, "voice": True, "sms": True, "mms": True},
        date_created=rfc2822(number.date_created),
        date_updated=rfc2822(number.date_updated),
        friendly_name=number.friendly_name,
        identity_sid=None,
        origin="twilio",
        phone_number=number.phone_number,
        sid=number.sid,
        sms_application_sid=number.sms_application_sid or "",
        sms_fallback_method=number.sms_fallback_method,
        sms_fallback_url=number.sms_fallback_url or "",
        sms_method=number.sms_method,
        sms_url=number.sms_url or "",
        status="in-use",
        status_callback=number.status_callback or "",
        status_callback_method=number.status_callback_method,
        trunk_sid=None,
        type=None,
        uri=f"{uri}.json",
        voice_application_sid=number.voice_application_sid or "",
        voice_caller_id_lookup=number.voice_caller_id_lookup,
        voice_fallback_method=number.voice_fallback_method,
        voice_fallback_url=number.voice_fallback_url or "",
        voice_method=number.voice_method,
        voice_receive_mode="voice",
        voice_url=number.voice_url or "",
        subresource_uris={"assigned_add_ons": f"{uri}/AssignedAddOns.json"},
    )


incoming_phone_numbers = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers",
    API_2010,
    view,
    key="incoming_phone_numbers",
)


@incoming_phone_numbers.create
async def create(
    numbers: Numbers,
    call: Call,
    *,
    phone_number: str | None = None,
    area_code: str | None = None,
    friendly_name: Name | None = None,
    sms_url: Url | None = None,
    sms_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_fallback_method: Method | None = None,
    sms_application_sid: str | None = None,
    voice_url: Url | None = None,
    voice_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_fallback_method: Method | None = None,
    voice_application_sid: str | None = None,
    voice_caller_id_lookup: bool | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
) -> PhoneNumber:
    """Buy a number: this one, or any of an area code."""
    given = {name: value for name, value in locals().items() if name not in ("numbers", "call")}
    settings = _settings(given)
    if phone_number is not None:
        number = await numbers.buy(call.account_sid, phone_number, settings)
    elif area_code is not None:
        number = await numbers.buy_in_area(call.account_sid, area_code, settings)
    else:
        raise ApiError(20001, "One of 'PhoneNumber' and 'AreaCode' is required.")
    call.resource_sid = number.sid
    return number


@incoming_phone_numbers.fetch
async def fetch(numbers: Numbers, call: Call, sid: str) -> PhoneNumber | None:
    """Fetch a number."""
    return await numbers.fetch(call.account_sid, sid)


@incoming_phone_numbers.list
async def list_(
    numbers: Numbers,
    call: Call,
    *,
    page: PageRequest,
    phone_number: str | None = None,
    friendly_name: str | None = None,
) -> Page[PhoneNumber]:
    """List numbers, newest first."""
    return await numbers.page(call.account_sid, page, phone_number, friendly_name)


@incoming_phone_numbers.update
async def update(
    numbers: Numbers,
    call: Call,
    sid: str,
    *,
    friendly_name: Name | None = None,
    sms_url: Url | None = None,
    sms_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_fallback_method: Method | None = None,
    sms_application_sid: str | None = None,
    voice_url: Url | None = None,
    voice_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_fallback_method: Method | None = None,
    voice_application_sid: str | None = None,
    voice_caller_id_lookup: bool | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
) -> PhoneNumber | None:
    """Change a number's name and webhooks."""
    given = {name: value for name, value in locals().items() if name not in ("numbers", "call", "sid")}
    call.resource_sid = sid
    return await numbers.change(call.account_sid, sid, _settings(given))


@incoming_phone_numbers.delete
async def delete(numbers: Numbers, call: Call, sid: str) -> bool:
    """Release a number."""
    call.resource_sid = sid
    return await numbers.release(call.account_sid, sid)


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    """What was given of the fields that can be set; an empty URL or SID means none."""
    settings = {n: v for n, v in given.items() if v is not None and n in SETTINGS}
    return {n: (v or None) if n.endswith(("_url", "_callback", "_sid")) else v for n, v in settings.items()}
