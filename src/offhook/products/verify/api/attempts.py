"""/v2/Attempts: what was sent, and whether it brought its owner back.

https://www.twilio.com/docs/verify/api/list-verification-attempts
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.verify.attempt import Attempt
from offhook.products.verify.attempt_store import Filters
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, Wire, iso8601
from offhook.web.dates import day_or_time, period

Channels = Literal["sms", "call", "email", "whatsapp", "rbm"]
Moment = Annotated[str | None, Checked(day_or_time)]
Country = Annotated[str | None, Checked(lambda text, _name: text.upper())]


class AttemptView(msgspec.Struct):
    """Twilio's VerificationAttempt. Nothing is billed, so there is no price."""

    sid: str
    account_sid: str
    service_sid: str
    verification_sid: str
    date_created: str | None
    date_updated: str | None
    conversion_status: str
    channel: str
    price: dict[str, Any] | None
    channel_data: dict[str, Any]
    url: str


def view(attempt: Attempt, call: Call) -> AttemptView:
    """The attempt as its owner sees it."""
    return AttemptView(
        sid=attempt.sid,
        account_sid=attempt.account_sid,
        service_sid=attempt.service_sid,
        verification_sid=attempt.verification_sid,
        date_created=iso8601(attempt.date_created),
        date_updated=iso8601(attempt.date_updated),
        conversion_status=attempt.conversion_status,
        channel=attempt.channel,
        price=None,
        channel_data=_channel_data(attempt),
        url=f"{call.base_url}/v2/Attempts/{attempt.sid}",
    )


def _channel_data(attempt: Attempt) -> dict[str, Any]:
    data: dict[str, Any] = {"to": attempt.to, "country": attempt.country or None, "error_code": attempt.error_code}
    if attempt.channel == "call":
        return {**data, "call_status": attempt.status, "call_sid": attempt.call_sid}
    return {**data, "message_status": attempt.status}


attempts = Resource("verify", "/v2/Attempts", VERSIONED, view, key="attempts")


@attempts.list
async def list_(
    verify: Verify,
    call: Call,
    *,
    page: PageRequest,
    date_created_after: Moment = None,
    date_created_before: Moment = None,
    channel_data_to: Annotated[str | None, Wire("ChannelData.To")] = None,
    country: Country = None,
    channel: Channels | None = None,
    verify_service_sid: str | None = None,
    verification_sid: str | None = None,
    status: Literal["converted", "unconverted"] | None = None,
) -> Page[Attempt]:
    """List attempts, newest first."""
    equal = {
        "to": channel_data_to,
        "country": country,
        "channel": channel,
        "service_sid": verify_service_sid,
        "verification_sid": verification_sid,
        "conversion_status": status,
    }
    return await verify.history.page(
        call.account_sid, page, filters(equal, after=date_created_after, before=date_created_before)
    )


@attempts.fetch
async def fetch(verify: Verify, call: Call, sid: str) -> Attempt | None:
    """Fetch an attempt."""
    call.resource_sid = sid
    return await verify.history.fetch(call.account_sid, sid)


def filters(
    equal: dict[str, str | None], *, after: str | None, before: str | None, prefix: str | None = None
) -> Filters:
    """The filters of a list, those that were given."""
    since, until = period(None, before, after)
    return Filters({name: value for name, value in equal.items() if value}, prefix or "", since, until)
