"""/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers: buy numbers and say which webhooks they call.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from typing import Literal

from offhook.products.numbers import errors
from offhook.products.numbers.api.parameters import (
    AddressSid,
    ApiVersion,
    BundleSid,
    IdentitySid,
    Method,
    Name,
    TrunkSid,
    Url,
    settings_of,
)
from offhook.products.numbers.api.phone_number_view import view
from offhook.products.numbers.number import SETTINGS, PhoneNumber
from offhook.products.numbers.ownership import Numbers
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource

Origin = Literal["twilio", "hosted"]
EmergencyStatus = Literal["Active", "Inactive"]
ReceiveMode = Literal["voice", "fax"]

incoming_phone_numbers = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers",
    API_2010,
    view,
    key="incoming_phone_numbers",
    rehearsed=frozenset({"create"}),
)


@incoming_phone_numbers.create
async def create(
    numbers: Numbers,
    call: Call,
    *,
    phone_number: str | None = None,
    area_code: str | None = None,
    api_version: ApiVersion | None = None,
    friendly_name: Name | None = None,
    sms_application_sid: str | None = None,
    sms_fallback_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_method: Method | None = None,
    sms_url: Url | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
    voice_application_sid: str | None = None,
    voice_caller_id_lookup: bool | None = None,
    voice_fallback_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_method: Method | None = None,
    voice_url: Url | None = None,
    emergency_status: EmergencyStatus | None = None,
    emergency_address_sid: AddressSid | None = None,
    trunk_sid: TrunkSid | None = None,
    identity_sid: IdentitySid | None = None,
    address_sid: AddressSid | None = None,
    voice_receive_mode: ReceiveMode | None = None,
    bundle_sid: BundleSid | None = None,
) -> PhoneNumber:
    """Buy a number: this one, or any of an area code."""
    settings = settings_of(locals(), SETTINGS)
    if call.identity.tests is not None:
        return await numbers.rehearse(call.account_sid, phone_number, area_code, settings)
    number = await _buy(numbers, call.account_sid, phone_number, area_code, settings)
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
    beta: bool | None = None,
    friendly_name: str | None = None,
    phone_number: str | None = None,
    origin: Origin | None = None,
) -> Page[PhoneNumber]:
    """List numbers, newest first. None of them is beta or hosted, so `Beta` leaves nothing out."""
    if origin == "hosted":
        return Page([], page, None, None)
    return await numbers.page(call.account_sid, page, phone_number, friendly_name)


@incoming_phone_numbers.update
async def update(
    numbers: Numbers,
    call: Call,
    sid: str,
    *,
    account_sid: str | None = None,
    api_version: ApiVersion | None = None,
    friendly_name: Name | None = None,
    sms_application_sid: str | None = None,
    sms_fallback_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_method: Method | None = None,
    sms_url: Url | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
    voice_application_sid: str | None = None,
    voice_caller_id_lookup: bool | None = None,
    voice_fallback_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_method: Method | None = None,
    voice_url: Url | None = None,
    emergency_status: EmergencyStatus | None = None,
    emergency_address_sid: AddressSid | None = None,
    trunk_sid: TrunkSid | None = None,
    voice_receive_mode: ReceiveMode | None = None,
    identity_sid: IdentitySid | None = None,
    address_sid: AddressSid | None = None,
    bundle_sid: BundleSid | None = None,
) -> PhoneNumber | None:
    """Change a number's name, webhooks and addresses, or give it to another of the caller's accounts (AccountSid)."""
    settings = settings_of(locals(), SETTINGS)
    call.resource_sid = sid
    return await numbers.transfer(call.identity, call.account_sid, sid, account_sid or call.account_sid, settings)


@incoming_phone_numbers.delete
async def delete(numbers: Numbers, call: Call, sid: str) -> bool:
    """Release a number."""
    call.resource_sid = sid
    return await numbers.release(call.account_sid, sid)


async def _buy(
    numbers: Numbers,
    account_sid: str,
    phone_number: str | None,
    area_code: str | None,
    settings: dict[str, object],
) -> PhoneNumber:
    if phone_number is not None:
        return await numbers.buy(account_sid, phone_number, settings)
    if area_code is not None:
        return await numbers.buy_in_area(account_sid, area_code, settings)
    raise errors.number_required()
