"""/v2/Services: how an app wants its users verified.

https://www.twilio.com/docs/verify/api/service
"""

from typing import Annotated, Any

import msgspec

from offhook.products.verify import errors
from offhook.products.verify.service import (
    LONGEST_CODE,
    LONGEST_NAME,
    SHORTEST_CODE,
    SKEWS,
    TIME_STEPS,
    TOTP_LENGTHS,
    Service,
)
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, Wire, iso8601


def service_name(text: str, name: str) -> str:
    """Raises ApiError 60200 for a name that no message could carry."""
    if not 1 <= len(text) <= LONGEST_NAME or not text.isprintable() or "{{" in text:
        raise errors.parameter(name, f"1 to {LONGEST_NAME} characters")
    if sum(character.isdigit() for character in text) > 4:
        raise errors.parameter(name, "it has more than four digits, and would be taken for a code")
    return text


def _whole(least: int, most: int) -> Checked:
    def check(text: str, name: str) -> str:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise errors.parameter(name, f"a whole number from {least} to {most}")
        return text

    return Checked(check)


Name = Annotated[str, errors.NAME_REQUIRED, Checked(service_name)]
NewName = Annotated[str | None, Checked(service_name)]
CodeLength = Annotated[int | None, _whole(SHORTEST_CODE, LONGEST_CODE)]
PushIncludeDate = Annotated[bool | None, Wire("Push.IncludeDate")]
PushApn = Annotated[str | None, Wire("Push.ApnCredentialSid")]
PushFcm = Annotated[str | None, Wire("Push.FcmCredentialSid")]
TotpIssuer = Annotated[str | None, Wire("Totp.Issuer")]
TotpTimeStep = Annotated[int | None, Wire("Totp.TimeStep"), _whole(*TIME_STEPS)]
TotpCodeLength = Annotated[int | None, Wire("Totp.CodeLength"), _whole(*TOTP_LENGTHS)]
TotpSkew = Annotated[int | None, Wire("Totp.Skew"), _whole(*SKEWS)]
WhatsappService = Annotated[str | None, Wire("Whatsapp.MsgServiceSid")]
WhatsappFrom = Annotated[str | None, Wire("Whatsapp.From")]
PartyId = Annotated[str | None, Wire("Passkeys.RelyingParty.Id")]
PartyName = Annotated[str | None, Wire("Passkeys.RelyingParty.Name")]
PartyOrigins = Annotated[str | None, Wire("Passkeys.RelyingParty.Origins")]
Attachment = Annotated[str | None, Wire("Passkeys.AuthenticatorAttachment")]
Discoverable = Annotated[str | None, Wire("Passkeys.DiscoverableCredentials")]
UserVerification = Annotated[str | None, Wire("Passkeys.UserVerification")]
LINKS = {
    "verification_checks": "VerificationCheck",
    "verifications": "Verifications",
    "rate_limits": "RateLimits",
    "messaging_configurations": "MessagingConfigurations",
    "entities": "Entities",
    "webhooks": "Webhooks",
    "access_tokens": "AccessTokens",
}


class ServiceView(msgspec.Struct):
    """Twilio's Service."""

    sid: str
    account_sid: str
    friendly_name: str
    code_length: int
    lookup_enabled: bool
    psd2_enabled: bool
    skip_sms_to_landlines: bool
    dtmf_input_required: bool
    tts_name: str | None
    do_not_share_warning_enabled: bool
    custom_code_enabled: bool
    push: dict[str, Any]
    totp: dict[str, Any]
    default_template_sid: str | None
    whatsapp: dict[str, Any]
    passkeys: dict[str, Any]
    verify_event_subscription_enabled: bool
    date_created: str | None
    date_updated: str | None
    url: str
    links: dict[str, str]


def view(service: Service, call: Call) -> ServiceView:
    """The service as its owner sees it."""
    url = f"{call.base_url}/v2/Services/{service.sid}"
    shown = {name: getattr(service, name) for name in ServiceView.__struct_fields__ if hasattr(service, name)}
    return ServiceView(
        **shown
        | {
            "push": {
                "include_date": service.push_include_date,
                "apn_credential_sid": service.push_apn_credential_sid,
                "fcm_credential_sid": service.push_fcm_credential_sid,
            },
            "totp": {
                "issuer": service.totp_issuer or service.friendly_name,
                "time_step": service.totp_time_step,
                "code_length": service.totp_code_length,
                "skew": service.totp_skew,
            },
            "whatsapp": {"msg_service_sid": service.whatsapp_msg_service_sid, "from": service.whatsapp_from},
            "passkeys": _passkeys(service),
            "date_created": iso8601(service.date_created),
            "date_updated": iso8601(service.date_updated),
            "url": url,
            "links": {name: f"{url}/{path}" for name, path in LINKS.items()},
        }
    )


def _passkeys(service: Service) -> dict[str, Any]:
    origins = service.passkeys_relying_party_origins
    return {
        "relying_party": {
            "id": service.passkeys_relying_party_id,
            "name": service.passkeys_relying_party_name,
            "origins": origins.split(",") if origins else None,
        },
        "authenticator_attachment": service.passkeys_authenticator_attachment,
        "discoverable_credentials": service.passkeys_discoverable_credentials,
        "user_verification": service.passkeys_user_verification,
    }


services = Resource("verify", "/v2/Services", VERSIONED, view, key="services")


@services.create
async def create(
    verify: Verify,
    call: Call,
    *,
    friendly_name: Name,
    code_length: CodeLength = None,
    lookup_enabled: bool | None = None,
    skip_sms_to_landlines: bool | None = None,
    dtmf_input_required: bool | None = None,
    tts_name: str | None = None,
    psd2_enabled: bool | None = None,
    do_not_share_warning_enabled: bool | None = None,
    custom_code_enabled: bool | None = None,
    push_include_date: PushIncludeDate = None,
    push_apn_credential_sid: PushApn = None,
    push_fcm_credential_sid: PushFcm = None,
    totp_issuer: TotpIssuer = None,
    totp_time_step: TotpTimeStep = None,
    totp_code_length: TotpCodeLength = None,
    totp_skew: TotpSkew = None,
    default_template_sid: str | None = None,
    whatsapp_msg_service_sid: WhatsappService = None,
    whatsapp_from: WhatsappFrom = None,
    passkeys_relying_party_id: PartyId = None,
    passkeys_relying_party_name: PartyName = None,
    passkeys_relying_party_origins: PartyOrigins = None,
    passkeys_authenticator_attachment: Attachment = None,
    passkeys_discoverable_credentials: Discoverable = None,
    passkeys_user_verification: UserVerification = None,
    verify_event_subscription_enabled: bool | None = None,
) -> Service:
    """Create a service. `CodeLength` is from 4 to 10 digits, 6 if it is not given."""
    made = await verify.services.create(call.account_sid, _settings(locals()))
    call.resource_sid = made.sid
    return made


@services.fetch
async def fetch(verify: Verify, call: Call, sid: str) -> Service | None:
    """Fetch a service."""
    call.resource_sid = sid
    return await verify.services.fetch(call.account_sid, sid)


@services.list
async def list_(verify: Verify, call: Call, *, page: PageRequest) -> Page[Service]:
    """List services, newest first."""
    return await verify.services.page(call.account_sid, page)


@services.update
async def update(
    verify: Verify,
    call: Call,
    sid: str,
    *,
    friendly_name: NewName = None,
    code_length: CodeLength = None,
    lookup_enabled: bool | None = None,
    skip_sms_to_landlines: bool | None = None,
    dtmf_input_required: bool | None = None,
    tts_name: str | None = None,
    psd2_enabled: bool | None = None,
    do_not_share_warning_enabled: bool | None = None,
    custom_code_enabled: bool | None = None,
    push_include_date: PushIncludeDate = None,
    push_apn_credential_sid: PushApn = None,
    push_fcm_credential_sid: PushFcm = None,
    totp_issuer: TotpIssuer = None,
    totp_time_step: TotpTimeStep = None,
    totp_code_length: TotpCodeLength = None,
    totp_skew: TotpSkew = None,
    default_template_sid: str | None = None,
    whatsapp_msg_service_sid: WhatsappService = None,
    whatsapp_from: WhatsappFrom = None,
    passkeys_relying_party_id: PartyId = None,
    passkeys_relying_party_name: PartyName = None,
    passkeys_relying_party_origins: PartyOrigins = None,
    passkeys_authenticator_attachment: Attachment = None,
    passkeys_discoverable_credentials: Discoverable = None,
    passkeys_user_verification: UserVerification = None,
    verify_event_subscription_enabled: bool | None = None,
) -> Service | None:
    """Change a service. What has begun goes on as it was begun. An empty text is no value."""
    call.resource_sid = sid
    return await verify.services.change(call.account_sid, sid, _settings(locals()))


@services.delete
async def delete(verify: Verify, call: Call, sid: str) -> bool:
    """Delete a service; what is under way ends."""
    call.resource_sid = sid
    return await verify.services.delete(call.account_sid, sid)


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    """The settings among the arguments of a function; an empty text is none."""
    names = set(Service.__struct_fields__) - {"seq", "sid", "account_sid"}
    return {
        name: value if value != "" else None for name, value in given.items() if name in names and value is not None
    }
