"""/v2/Attempts/Summary: how many attempts brought their owners back.

https://www.twilio.com/docs/verify/api/verification-attempts-summary
"""

import msgspec

from offhook.products.verify.api.attempts import Channels, Country, Moment, filters
from offhook.products.verify.attempt_store import Counted
from offhook.products.verify.verify import Verify
from offhook.web import VERSIONED, Call, Resource


class AttemptsSummaryView(msgspec.Struct):
    """Twilio's VerificationAttemptsSummary; the rate in percent, with two decimals."""

    total_attempts: int
    total_converted: int
    total_unconverted: int
    conversion_rate_percentage: str
    url: str


def view(counted: Counted, call: Call) -> AttemptsSummaryView:
    """The counts."""
    rate = 100 * counted.converted / counted.total if counted.total else 0.0
    return AttemptsSummaryView(
        total_attempts=counted.total,
        total_converted=counted.converted,
        total_unconverted=counted.total - counted.converted,
        conversion_rate_percentage=f"{rate:.2f}",
        url=f"{call.base_url}/v2/Attempts/Summary",
    )


attempts_summary = Resource("verify", "/v2/Attempts/Summary", VERSIONED, view, alone=True)


@attempts_summary.fetch
async def fetch(
    verify: Verify,
    call: Call,
    *,
    verify_service_sid: str | None = None,
    date_created_after: Moment = None,
    date_created_before: Moment = None,
    country: Country = None,
    channel: Channels | None = None,
    destination_prefix: str | None = None,
) -> Counted:
    """Count attempts, all or those that the parameters name."""
    equal = {"service_sid": verify_service_sid, "country": country, "channel": channel}
    wanted = filters(equal, after=date_created_after, before=date_created_before, prefix=destination_prefix)
    return await verify.history.count(call.account_sid, wanted)
