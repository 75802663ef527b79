"""An owned number as its caller sees it: at IncomingPhoneNumbers and in its Local, Mobile and TollFree lists."""

from typing import Any

import msgspec

from offhook.products.numbers.kinds import capabilities_of
from offhook.products.numbers.number import PhoneNumber
from offhook.web import Call, rfc2822


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
    type: str
    uri: str
    voice_application_sid: str
    voice_caller_id_lookup: bool
    voice_fallback_method: str
    voice_fallback_url: str
    voice_method: str
    voice_receive_mode: str
    voice_url: str
    subresource_uris: dict[str, str]
    emergency_address_sid: str | None
    emergency_address_status: str
    emergency_status: str


def view(number: PhoneNumber, _call: Call) -> PhoneNumberView:
    """The number. Like Twilio's, a webhook that is not set is an empty text; addresses are taken as they are given."""
    uri = f"/2010-04-01/Accounts/{number.account_sid}/IncomingPhoneNumbers/{number.sid}"
    kept: dict[str, Any] = {name: getattr(number, name) for name in _SAME}
    kept |= {name: getattr(number, name) or "" for name in _EMPTY_IF_UNSET}
    return PhoneNumberView(
        **kept,
        address_requirements="none",
        beta=False,
        capabilities=msgspec.structs.asdict(capabilities_of(number.phone_number)),
        date_created=rfc2822(number.date_created),
        date_updated=rfc2822(number.date_updated),
        origin="twilio",
        status="in-use",
        uri=f"{uri}.json",
        subresource_uris={"assigned_add_ons": f"{uri}/AssignedAddOns.json"},
        emergency_address_status="registered" if number.emergency_address_sid else "unregistered",
    )


_EMPTY_IF_UNSET = (
    "sms_application_sid",
    "sms_fallback_url",
    "sms_url",
    "status_callback",
    "voice_application_sid",
    "voice_fallback_url",
    "voice_url",
)
_DATES = ("date_created", "date_updated")
_SAME = tuple(
    name
    for name in PhoneNumberView.__struct_fields__
    if name in PhoneNumber.__struct_fields__ and name not in (*_EMPTY_IF_UNSET, *_DATES)
)
