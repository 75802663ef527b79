"""/v2/Services/{service_sid}/Entities/{identity}/Challenges: asking a user for a code of a factor.

A wrong code is no error: the challenge stays `pending`, until the fifth.
https://www.twilio.com/docs/verify/api/challenge
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.verify import factor_errors as errors
from offhook.products.verify.api.factor_parameters import Code, JsonObject, decoded, shown
from offhook.products.verify.challenge import LIVES_AT_MOST, Challenge
from offhook.products.verify.challenges import Challenges, Particulars
from offhook.products.verify.factor import TOTP
from offhook.products.verify.factoring import Factoring
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, Wire, iso8601, not_found
from offhook.web.dates import date_time

LONGEST_MESSAGE, MOST_FIELDS, LONGEST_LABEL, LONGEST_VALUE = 256, 20, 36, 128


class Field(msgspec.Struct):
    """A line of what a challenge is about."""

    label: str
    value: str


class ChallengeView(msgspec.Struct):
    """Twilio's Challenge."""

    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    factor_sid: str
    date_created: str | None
    date_updated: str | None
    date_responded: str | None
    expiration_date: str | None
    status: str
    responded_reason: str | None
    details: Any
    hidden_details: Any
    metadata: Any
    factor_type: str
    url: str
    links: dict[str, str]


def view(challenge: Challenge, call: Call) -> ChallengeView:
    """The challenge as its owner sees it."""
    same = ("sid", "account_sid", "service_sid", "entity_sid", "identity", "factor_sid")
    entity = f"{call.base_url}/v2/Services/{challenge.service_sid}/Entities/{challenge.identity}"
    url = f"{entity}/Challenges/{challenge.sid}"
    return ChallengeView(
        **{name: getattr(challenge, name) for name in same},
        date_created=iso8601(challenge.date_created),
        date_updated=iso8601(challenge.date_updated),
        date_responded=iso8601(challenge.date_responded),
        expiration_date=iso8601(challenge.expires),
        status=challenge.status_at(call.now),
        responded_reason=None,
        details=shown(challenge.details),
        hidden_details=shown(challenge.hidden_details),
        metadata=shown(challenge.metadata),
        factor_type=TOTP,
        url=url,
        links={"notifications": f"{url}/Notifications"},
    )


PATH = "/v2/Services/{service_sid}/Entities/{identity}/Challenges"
new_challenges = Resource("verify", PATH, VERSIONED, view)
challenges = Resource("verify", PATH, VERSIONED, view, key="challenges")


@new_challenges.create
async def create(
    service: Factoring,
    call: Call,
    service_sid: str,
    identity: str,
    *,
    factor_sid: str,
    expiration_date: str | None = None,
    details_message: Annotated[str, Wire("Details.Message")] = "",
    details_fields: Annotated[list[str], Wire("Details.Fields")] = [],  # noqa: B006 - never changed
    hidden_details: JsonObject = None,
    auth_payload: Code = None,
) -> Challenge:
    """Ask a user for a code of a verified factor; with `AuthPayload`, the code that came, in the same request.

    It expires at `ExpirationDate`: five minutes from now if not given, an hour at most. Details are kept and shown.
    """
    factor = await service.factors.fetch(call.account_sid, service_sid, identity, factor_sid)
    if factor is None:
        raise not_found(f"/Services/{service_sid}/Entities/{identity}/Factors/{factor_sid}")
    about = Particulars(
        expires=_expiration(expiration_date, call.now),
        details=_details(details_message, details_fields),
        hidden_details=hidden_details,
    )
    made = await service.challenges.create(factor, about, auth_payload)
    call.resource_sid = made.sid
    return made


@challenges.list
async def list_(
    service: Challenges,
    call: Call,
    service_sid: str,
    identity: str,
    *,
    page: PageRequest,
    factor_sid: str | None = None,
    status: Literal["pending", "expired", "approved", "denied"] | None = None,
    order: Literal["asc", "desc"] = "desc",
) -> Page[Challenge]:
    """List an entity's challenges, newest first, or with `Order=asc` oldest first."""
    return await service.page(
        call.account_sid,
        service_sid,
        identity,
        page,
        factor_sid=factor_sid,
        status=status,
        oldest_first=order == "asc",
    )


@challenges.fetch
async def fetch(service: Challenges, call: Call, service_sid: str, identity: str, sid: str) -> Challenge | None:
    """Fetch a challenge."""
    return await service.fetch(call.account_sid, service_sid, identity, sid)


@challenges.update
async def update(
    service: Challenges,
    call: Call,
    service_sid: str,
    identity: str,
    sid: str,
    *,
    auth_payload: Code = None,
    metadata: JsonObject = None,
) -> Challenge | None:
    """Answer a challenge with a code (`AuthPayload`); `Metadata`, of the user's device, is kept and shown."""
    found = await service.fetch(call.account_sid, service_sid, identity, sid)
    if found is not None and metadata is not None:
        found = await service.note(found, metadata)
    if found is None or auth_payload is None:
        return found
    return await service.answer(found, auth_payload)


def _expiration(text: str | None, now: int) -> int | None:
    if not text:
        return None
    try:
        expires = date_time(text)
    except ValueError:
        raise errors.invalid("ExpirationDate", f"{text!r} is no ISO 8601 time") from None
    if not now < expires <= now + LIVES_AT_MOST:
        raise errors.invalid("ExpirationDate", "it must lie ahead, by an hour at most")
    return expires


def _details(message: str, fields: list[str]) -> str | None:
    """What a challenge is about, as JSON. Raises ApiError 60306."""
    if not message and not fields:
        return None
    if len(message) > LONGEST_MESSAGE or len(fields) > MOST_FIELDS:
        raise errors.invalid("Details", f"{LONGEST_MESSAGE} characters and {MOST_FIELDS} fields at most")
    return msgspec.json.encode({"message": message, "fields": [_field(text) for text in fields]}).decode()


def _field(text: str) -> Field:
    name = "Details.Fields"
    try:
        field = msgspec.convert(decoded(text, name), Field)
    except msgspec.ValidationError:
        raise errors.invalid(name, 'each is a JSON object: {"label": "…", "value": "…"}') from None
    if len(field.label) > LONGEST_LABEL or len(field.value) > LONGEST_VALUE:
        raise errors.invalid(name, f"{LONGEST_LABEL} and {LONGEST_VALUE} characters at most")
    return field
