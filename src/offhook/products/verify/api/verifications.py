"""/v2/Services/{service_sid}/Verifications: sending a code to somebody.

https://www.twilio.com/docs/verify/api/verification
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.verify import errors
from offhook.products.verify.api.services import service_name
from offhook.products.verify.asking import Asked
from offhook.products.verify.verifications import Shown
from offhook.products.verify.verify import Verify
from offhook.web import VERSIONED, Call, Checked, Resource, iso8601, not_found

LOWER = Checked(lambda text, _name: text.lower())


class SendCodeAttempt(msgspec.Struct):
    """One sending of the code."""

    attempt_sid: str
    channel: str
    time: str | None


class VerificationView(msgspec.Struct):
    """Twilio's Verification."""

    sid: str
    service_sid: str
    account_sid: str
    to: str
    channel: str
    status: str
    valid: bool
    lookup: dict[str, Any]
    amount: str | None
    payee: str | None
    send_code_attempts: list[SendCodeAttempt]
    date_created: str | None
    date_updated: str | None
    sna: dict[str, Any] | None
    url: str


def view(shown: Shown, call: Call) -> VerificationView:
    """The verification as its owner sees it: never the code."""
    known = shown.verification
    attempts = [SendCodeAttempt(one.sid, one.channel, iso8601(one.date_created)) for one in shown.attempts]
    return VerificationView(
        sid=known.sid,
        service_sid=known.service_sid,
        account_sid=known.account_sid,
        to=known.to,
        channel=known.channel,
        status=known.status,
        valid=known.status == "approved",
        lookup=_lookup(shown.line),
        amount=known.amount,
        payee=known.payee,
        send_code_attempts=attempts,
        date_created=iso8601(known.date_created),
        date_updated=iso8601(known.date_updated),
        sna=None,
        url=f"{call.base_url}/v2/Services/{known.service_sid}/Verifications/{known.sid}",
    )


def _lookup(line: str | None) -> dict[str, Any]:
    if line is None:
        return {}
    carrier = {"type": line, "name": None, "mobile_country_code": None, "mobile_network_code": None, "error_code": None}
    return {"carrier": carrier}


verifications = Resource("verify", "/v2/Services/{service_sid}/Verifications", VERSIONED, view)


@verifications.create
async def create(
    verify: Verify,
    call: Call,
    service_sid: str,
    *,
    to: Annotated[str, errors.TO_REQUIRED],
    channel: Annotated[str, errors.CHANNEL_REQUIRED, LOWER],
    custom_friendly_name: Annotated[str | None, Checked(service_name)] = None,
    custom_message: str | None = None,
    send_digits: str | None = None,
    locale: str | None = None,
    custom_code: str | None = None,
    amount: str | None = None,
    payee: str | None = None,
    rate_limits: str | None = None,
    channel_configuration: str | None = None,
    app_hash: str | None = None,
    template_sid: str | None = None,
    template_custom_substitutions: str | None = None,
    templates: str | None = None,
    device_ip: str | None = None,
    enable_sna_client_token: bool | None = None,
    risk_check: Literal["enable", "disable"] = "enable",
    tags: str | None = None,
) -> Shown:
    """Send a code by `Channel` (sms, call, email or auto); while one counts for `To`, the same once more.

    `DeviceIp` and `EnableSnaClientToken` are taken and have no effect.
    """
    given = {name: value for name, value in locals().items() if name in Asked.__dataclass_fields__}
    asked = Asked(**given, checks_risk=risk_check == "enable")
    shown = await verify.verifications.start(call.unit, call.account_sid, service_sid, asked)
    call.resource_sid = shown.verification.sid
    return shown


@verifications.fetch
async def fetch(verify: Verify, call: Call, service_sid: str, sid: str) -> Shown | None:
    """Fetch a verification that has not ended, by its SID or its destination."""
    shown = await verify.verifications.fetch(call.account_sid, service_sid, sid)
    call.resource_sid = shown.verification.sid if shown else None
    return shown


@verifications.update
async def update(
    verify: Verify, call: Call, service_sid: str, sid: str, *, status: Literal["canceled", "approved"]
) -> Shown | None:
    """End a verification without its code, by its SID or its destination."""
    gone = not_found(call.path)
    shown = await verify.verifications.end(call.unit, call.account_sid, service_sid, sid, status, otherwise=gone)
    call.resource_sid = shown.verification.sid if shown else None
    return shown
