"""The webhook of a service: which events an app is told of, and where.

https://www.twilio.com/docs/verify/api/webhooks
"""

from typing import Literal

import msgspec

WEBHOOK = "YW"
EVERY = "*"
EVENTS = ("factor.created", "factor.verified", "factor.deleted", "challenge.approved", "challenge.denied")
Event = Literal["factor.created", "factor.verified", "factor.deleted", "challenge.approved", "challenge.denied"]
Status = Literal["enabled", "disabled"]
Version = Literal["v1", "v2"]


class VerifyWebhook(msgspec.Struct):
    """One webhook as it is stored; `event_types` with commas, times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    friendly_name: str
    event_types: str
    status: Status
    version: Version
    webhook_url: str
    webhook_method: str
    date_created: int
    date_updated: int

    def wants(self, event: Event) -> bool:
        """Whether it is told of an event."""
        return self.status == "enabled" and bool({event, EVERY} & set(self.event_types.split(",")))
