"""/offhook/v1/Traffic: how many messages were sent and received in the last hour or day.

The first account sees the traffic of every account together, or of one; any other its own.
"""

from typing import Literal

import msgspec

from offhook.kit.clock import HOUR, MINUTE, SECOND
from offhook.products.messaging.service import Messaging
from offhook.products.messaging.traffic import Traffic
from offhook.web import VERSIONED, Call, Resource, iso8601

INTERVALS = {"minute": MINUTE, "hour": HOUR}


class CountsView(msgspec.Struct):
    """The messages that were made in the interval from `date_start` on; `failed` are those that did not arrive."""

    date_start: str | None
    sent: int
    received: int
    failed: int


class TrafficView(msgspec.Struct):
    """The intervals in order, the last one being the current; each has `interval` seconds."""

    account_sid: str | None
    interval: int
    counts: list[CountsView]


def view(shown: Traffic, _call: Call) -> TrafficView:
    """The traffic as its caller sees it."""
    return TrafficView(
        account_sid=shown.account_sid,
        interval=shown.interval // SECOND,
        counts=[CountsView(iso8601(one.begin), one.sent, one.received, one.failed) for one in shown.counts],
    )


traffic = Resource("offhook", "/v1/Traffic", VERSIONED, view, alone=True)


@traffic.fetch
async def fetch(
    messaging: Messaging, call: Call, *, interval: Literal["minute", "hour"] = "minute", account_sid: str | None = None
) -> Traffic:
    """How many messages there were in each minute of the last hour, or in each hour of the last day.

    `Interval` is `minute` or `hour`. `AccountSid` is for the first account; without it, it sees all of them together.
    """
    whose = account_sid if call.identity.owns_all else call.account_sid
    return await messaging.traffic(whose, INTERVALS[interval], call.now)
