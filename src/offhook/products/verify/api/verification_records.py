"""/offhook/v1/Verifications: every verification, those that have ended too. Twilio has no list of them."""

from typing import Literal

import msgspec

from offhook.products.verify.verification import LIVE, MOST_CHECKS, MOST_SENDS, Verification
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601

Statuses = Literal["pending", "approved", "canceled", "max_attempts_reached", "deleted", "failed", "expired"]


class VerificationRecordView(msgspec.Struct):
    """A verification: never its code. `checks_left` and `sends_left` are 0 when it has ended."""

    sid: str
    account_sid: str
    service_sid: str
    to: str
    country: str | None
    channel: str
    status: str
    wrong_checks: int
    checks_left: int
    sends: int
    sends_left: int
    date_created: str | None
    date_updated: str | None
    expires: str | None


def view(known: Verification, call: Call) -> VerificationRecordView:
    """The verification as its owner sees it."""
    is_over = known.status in LIVE and known.expires <= call.now
    counts = known.status == "pending" and not is_over
    return VerificationRecordView(
        sid=known.sid,
        account_sid=known.account_sid,
        service_sid=known.service_sid,
        to=known.to,
        country=known.country or None,
        channel=known.channel,
        status="expired" if is_over else known.status,
        wrong_checks=known.wrong,
        checks_left=MOST_CHECKS - known.wrong if counts else 0,
        sends=known.sends,
        sends_left=MOST_SENDS - known.sends if counts else 0,
        date_created=iso8601(known.date_created),
        date_updated=iso8601(known.date_updated),
        expires=iso8601(known.expires),
    )


verification_records = Resource("offhook", "/v1/Verifications", VERSIONED, view, key="verifications")


@verification_records.list
async def list_(
    verify: Verify,
    call: Call,
    *,
    page: PageRequest,
    service_sid: str | None = None,
    to: str | None = None,
    status: Statuses | None = None,
    country: str | None = None,
) -> Page[Verification]:
    """List verifications, newest first. What ended by itself a moment ago may be listed as `pending` still."""
    given = {"service_sid": service_sid, "to": to, "status": status, "country": country}
    equal = {name: value for name, value in given.items() if value}
    return await verify.verifications.page(call.account_sid, page, equal)
