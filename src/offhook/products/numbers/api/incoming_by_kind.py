"""/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/Local, /Mobile and /TollFree: the numbers of one kind.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
"""

from collections.abc import Sequence
from typing import NamedTuple

from offhook.products.numbers import errors
from offhook.products.numbers.api.incoming_phone_numbers import EmergencyStatus, Origin, ReceiveMode
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
from offhook.products.numbers.kinds import Kind
from offhook.products.numbers.number import SETTINGS, PhoneNumber
from offhook.products.numbers.ownership import Numbers
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Operation, Resource

KINDS: dict[str, Kind] = {"Local": "local", "Mobile": "mobile", "TollFree": "toll-free"}


class OfKind(NamedTuple):
    """The numbers of one kind; what the operations below are done by."""

    numbers: Numbers
    kind: Kind


async def create(
    service: OfKind,
    call: Call,
    *,
    phone_number: str,
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
    identity_sid: IdentitySid | None = None,
    address_sid: AddressSid | None = None,
    emergency_status: EmergencyStatus | None = None,
    emergency_address_sid: AddressSid | None = None,
    trunk_sid: TrunkSid | None = None,
    voice_receive_mode: ReceiveMode | None = None,
    bundle_sid: BundleSid | None = None,
) -> PhoneNumber:
    """Buy a number of this kind. `AreaCode` is refused with 21457, like Twilio's."""
    settings = settings_of(locals(), SETTINGS)
    if area_code is not None:
        raise errors.area_code_unsupported()
    number = await service.numbers.buy(call.account_sid, phone_number, settings, service.kind)
    call.resource_sid = number.sid
    return number


async def list_(
    service: OfKind,
    call: Call,
    *,
    page: PageRequest,
    beta: bool | None = None,
    friendly_name: str | None = None,
    phone_number: str | None = None,
    origin: Origin | None = None,
) -> Page[PhoneNumber]:
    """List the numbers of this kind, newest first. None of them is beta or hosted, so `Beta` leaves nothing out."""
    if origin == "hosted":
        return Page([], page, None, None)
    return await service.numbers.page(call.account_sid, page, phone_number, friendly_name, service.kind)


def incoming_of_kind(name: str) -> Resource:
    """The resource of the numbers of one kind; `name` is Twilio's, as in the path."""
    path = f"/2010-04-01/Accounts/{{account_sid}}/IncomingPhoneNumbers/{name}"
    resource = Resource("api", path, API_2010, view, key="incoming_phone_numbers")
    resource.create(create)
    resource.list(list_)
    return resource


incoming_by_kind = {name: incoming_of_kind(name) for name in KINDS}


def operations(numbers: Numbers) -> Sequence[Operation]:
    """The operations of all three."""
    bound = [resource.bind(OfKind(numbers, KINDS[name])) for name, resource in incoming_by_kind.items()]
    return [operation for operations in bound for operation in operations]
