"""/v2/Services/{service_sid}/Entities/{identity}/Factors: the authenticator apps of a user.

A new factor is shown with its secret, once, and never again. A wrong code is no error: the factor stays `unverified`.
https://www.twilio.com/docs/verify/api/factor
"""

from typing import Annotated, Any

import msgspec

from offhook.products.verify import factor_errors as errors
from offhook.products.verify.api.factor_parameters import (
    Code,
    FriendlyName,
    JsonObject,
    secret,
    shown,
    whole,
)
from offhook.products.verify.api.factor_parameters import (
    friendly_name as a_name,
)
from offhook.products.verify.entity import check_identity
from offhook.products.verify.factor import LATER, TOTP, Enrolment, Factor
from offhook.products.verify.factors import Factors
from offhook.products.verify.service import SKEWS, TIME_STEPS, TOTP_LENGTHS
from offhook.products.verify.totp import Algorithm
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, Wire, iso8601

PATH = "/v2/Services/{service_sid}/Entities/{identity}/Factors"
Alg = Annotated[Algorithm | None, Wire("Config.Alg")]
TimeStep = Annotated[int | None, Wire("Config.TimeStep"), whole(*TIME_STEPS)]
Skew = Annotated[int | None, Wire("Config.Skew"), whole(*SKEWS)]
CodeLength = Annotated[int | None, Wire("Config.CodeLength"), whole(*TOTP_LENGTHS)]


class ConfigView(msgspec.Struct):
    """How the factor's codes are made."""

    alg: str
    skew: int
    code_length: int
    time_step: int


class BindingView(msgspec.Struct):
    """What an authenticator app is told."""

    secret: str
    uri: str


class FactorView(msgspec.Struct, kw_only=True):
    """Twilio's Factor."""

    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    status: str
    factor_type: str
    config: ConfigView
    metadata: Any
    url: str


class NewFactorView(FactorView, kw_only=True):
    """Twilio's NewFactor: a factor with its secret."""

    binding: BindingView
    options: None = None


def view(factor: Factor, call: Call) -> FactorView:
    """The factor as its owner sees it."""
    return FactorView(**_shown(factor, call))


def new_view(enrolment: Enrolment, call: Call) -> NewFactorView:
    """The factor as its owner sees it this once."""
    return NewFactorView(**_shown(enrolment.factor, call), binding=BindingView(enrolment.secret, enrolment.uri))


def _shown(factor: Factor, call: Call) -> dict[str, Any]:
    same = ("sid", "account_sid", "service_sid", "entity_sid", "identity", "friendly_name", "status")
    entity = f"{call.base_url}/v2/Services/{factor.service_sid}/Entities/{factor.identity}"
    return {
        **{name: getattr(factor, name) for name in same},
        "date_created": iso8601(factor.date_created),
        "date_updated": iso8601(factor.date_updated),
        "factor_type": TOTP,
        "config": msgspec.convert(factor, ConfigView, from_attributes=True),
        "metadata": shown(factor.metadata),
        "url": f"{entity}/Factors/{factor.sid}",
    }


def factor_type(text: str, name: str) -> str:
    """Raises ApiError 60369 for a type that there is not, 20501 for one to come."""
    if text in LATER:
        raise errors.factor_type_later(text)
    if text != TOTP:
        raise errors.factor_type_unknown(text)
    return text


new_factors = Resource("verify", PATH, VERSIONED, new_view)
factors = Resource("verify", PATH, VERSIONED, view, key="factors")


@new_factors.create
async def create(
    service: Factors,
    call: Call,
    service_sid: str,
    identity: str,
    *,
    friendly_name: FriendlyName,
    factor_type: Annotated[str, errors.FACTOR_TYPE_REQUIRED, Checked(factor_type)],
    binding_secret: Annotated[str | None, Wire("Binding.Secret"), Checked(secret)] = None,
    config_alg: Alg = None,
    config_time_step: TimeStep = None,
    config_skew: Skew = None,
    config_code_length: CodeLength = None,
    metadata: JsonObject = None,
) -> Enrolment:
    """Make a factor: a secret that the user's authenticator app gets by QR code or by hand (`binding`).

    `BindingSecret`, in base32, brings one that the app has already. What `Config` does not say, the service does. The
    first right code verifies the factor.
    """
    check_identity(identity, "Identity")
    settings = _settings(config_alg, config_time_step, config_skew, config_code_length)
    made = await service.enrol(
        call.account_sid, service_sid, identity, friendly_name, binding_secret, settings, metadata
    )
    call.resource_sid = made.factor.sid
    return made


@factors.list
async def list_(service: Factors, call: Call, service_sid: str, identity: str, *, page: PageRequest) -> Page[Factor]:
    """List an entity's factors, newest first."""
    return await service.page(call.account_sid, service_sid, identity, page)


@factors.fetch
async def fetch(service: Factors, call: Call, service_sid: str, identity: str, sid: str) -> Factor | None:
    """Fetch a factor."""
    return await service.fetch(call.account_sid, service_sid, identity, sid)


@factors.update
async def update(
    service: Factors,
    call: Call,
    service_sid: str,
    identity: str,
    sid: str,
    *,
    auth_payload: Code = None,
    friendly_name: Annotated[str | None, Checked(a_name)] = None,
    config_alg: Alg = None,
    config_time_step: TimeStep = None,
    config_skew: Skew = None,
    config_code_length: CodeLength = None,
) -> Factor | None:
    """Verify a factor with a code (`AuthPayload`), rename it, or change how its codes are made."""
    factor = await service.fetch(call.account_sid, service_sid, identity, sid)
    if factor is None:
        return None
    changes = _settings(config_alg, config_time_step, config_skew, config_code_length)
    if friendly_name is not None:
        changes["friendly_name"] = friendly_name
    if changes:
        await service.change(factor, changes)
        factor = msgspec.structs.replace(factor, **changes)
    if auth_payload is not None:
        await service.verify(factor, auth_payload)
    return await service.fetch(call.account_sid, service_sid, identity, sid)


@factors.delete
async def delete(service: Factors, call: Call, service_sid: str, identity: str, sid: str) -> bool:
    """Delete a factor and its challenges."""
    factor = await service.fetch(call.account_sid, service_sid, identity, sid)
    return factor is not None and await service.delete(factor)


def _settings(
    alg: Algorithm | None, time_step: int | None, skew: int | None, code_length: int | None
) -> dict[str, Any]:
    given = {"alg": alg, "time_step": time_step, "skew": skew, "code_length": code_length}
    return {name: value for name, value in given.items() if value is not None}
