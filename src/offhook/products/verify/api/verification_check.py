"""/v2/Services/{service_sid}/VerificationCheck: is it the code?

https://www.twilio.com/docs/verify/api/verification-check
"""

from typing import Annotated, Any

import msgspec

from offhook.products.verify.checking import Guess
from offhook.products.verify.errors import CODE_REQUIRED
from offhook.products.verify.verification import Verification
from offhook.products.verify.verify import Verify
from offhook.web import VERSIONED, Call, Resource, iso8601


class VerificationCheckView(msgspec.Struct):
    """Twilio's VerificationCheck."""

    sid: str
    service_sid: str
    account_sid: str
    to: str
    channel: str
    status: str
    valid: bool
    amount: str | None
    payee: str | None
    date_created: str | None
    date_updated: str | None
    sna_attempts_error_codes: list[Any] | None


def view(known: Verification, _call: Call) -> VerificationCheckView:
    """How the check went: `approved`, or `pending` still."""
    return VerificationCheckView(
        sid=known.sid,
        service_sid=known.service_sid,
        account_sid=known.account_sid,
        to=known.to,
        channel=known.channel,
        status=known.status,
        valid=known.status == "approved",
        amount=known.amount,
        payee=known.payee,
        date_created=iso8601(known.date_created),
        date_updated=iso8601(known.date_updated),
        sna_attempts_error_codes=None,
    )


verification_check = Resource(
    "verify", "/v2/Services/{service_sid}/VerificationCheck", VERSIONED, view, statuses={"create": 200}
)


@verification_check.create
async def create(
    verify: Verify,
    call: Call,
    service_sid: str,
    *,
    code: Annotated[str, CODE_REQUIRED],
    to: str | None = None,
    verification_sid: str | None = None,
    amount: str | None = None,
    payee: str | None = None,
    sna_client_token: str | None = None,
) -> Verification | None:
    """Check a code of `To` or `VerificationSid`: a wrong one leaves the verification pending, five of them end it.

    `SnaClientToken` is taken and has no effect.
    """
    guess = Guess(code, to or None, verification_sid or None, amount, payee)
    checked = await verify.checking.check(call.account_sid, service_sid, guess)
    call.resource_sid = checked.sid if checked else None
    return checked
