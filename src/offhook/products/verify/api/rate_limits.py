"""/v2/Services/{service_sid}/RateLimits: keys that an app counts requests by.

https://www.twilio.com/docs/verify/api/service-rate-limits
"""

from typing import Annotated

import msgspec

from offhook.products.verify.errors import UNIQUE_NAME_REQUIRED
from offhook.products.verify.rate_limit import RateLimit
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601


class RateLimitView(msgspec.Struct):
    """Twilio's RateLimit."""

    sid: str
    service_sid: str
    account_sid: str
    unique_name: str
    description: str | None
    date_created: str | None
    date_updated: str | None
    url: str
    links: dict[str, str]


def view(limit: RateLimit, call: Call) -> RateLimitView:
    """The rate limit as its owner sees it."""
    url = f"{call.base_url}/v2/Services/{limit.service_sid}/RateLimits/{limit.sid}"
    return RateLimitView(
        sid=limit.sid,
        service_sid=limit.service_sid,
        account_sid=limit.account_sid,
        unique_name=limit.unique_name,
        description=limit.description,
        date_created=iso8601(limit.date_created),
        date_updated=iso8601(limit.date_updated),
        url=url,
        links={"buckets": f"{url}/Buckets"},
    )


rate_limits = Resource("verify", "/v2/Services/{service_sid}/RateLimits", VERSIONED, view, key="rate_limits")


@rate_limits.create
async def create(
    verify: Verify,
    call: Call,
    service_sid: str,
    *,
    unique_name: Annotated[str, UNIQUE_NAME_REQUIRED],
    description: str | None = None,
) -> RateLimit:
    """Create a rate limit. It limits nothing before it has buckets."""
    await verify.services.known(call.account_sid, service_sid)
    made = await verify.rate_limits.create(call.account_sid, service_sid, unique_name, description or None)
    call.resource_sid = made.sid
    return made


@rate_limits.fetch
async def fetch(verify: Verify, call: Call, service_sid: str, sid: str) -> RateLimit | None:
    """Fetch a rate limit."""
    call.resource_sid = sid
    return await verify.rate_limits.fetch(call.account_sid, service_sid, sid)


@rate_limits.list
async def list_(verify: Verify, call: Call, service_sid: str, *, page: PageRequest) -> Page[RateLimit]:
    """List the rate limits of a service, newest first."""
    await verify.services.known(call.account_sid, service_sid)
    return await verify.rate_limits.page(call.account_sid, service_sid, page)


@rate_limits.update
async def update(
    verify: Verify, call: Call, service_sid: str, sid: str, *, description: str | None = None
) -> RateLimit | None:
    """Give a rate limit another description."""
    call.resource_sid = sid
    known = await verify.rate_limits.fetch(call.account_sid, service_sid, sid)
    if known is None or description is None:
        return known
    return await verify.rate_limits.describe(known, description)


@rate_limits.delete
async def delete(verify: Verify, call: Call, service_sid: str, sid: str) -> bool:
    """Delete a rate limit with its buckets."""
    call.resource_sid = sid
    known = await verify.rate_limits.fetch(call.account_sid, service_sid, sid)
    return known is not None and await verify.rate_limits.delete(known)
