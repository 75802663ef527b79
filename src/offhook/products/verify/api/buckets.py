"""/v2/Services/{service_sid}/RateLimits/{rate_limit_sid}/Buckets: how many requests may come in how many seconds.

https://www.twilio.com/docs/verify/api/service-rate-limit-buckets
"""

from typing import Annotated

import msgspec

from offhook.products.verify import errors
from offhook.products.verify.rate_limit import LARGEST, Bucket, RateLimit
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Missing, Resource, iso8601, not_found


def _positive(text: str, name: str) -> str:
    """Raises ApiError 60200 for what is no whole number above 0."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST):
        raise errors.parameter(name, "a whole number from 1")
    return text


Number = Annotated[int, Missing(60200, "Missing required parameter Max or Interval"), Checked(_positive)]
NewNumber = Annotated[int | None, Checked(_positive)]


class BucketView(msgspec.Struct):
    """Twilio's Bucket; `interval` in seconds."""

    sid: str
    rate_limit_sid: str
    service_sid: str
    account_sid: str
    max: int
    interval: int
    date_created: str | None
    date_updated: str | None
    url: str


def view(bucket: Bucket, call: Call) -> BucketView:
    """The bucket as its owner sees it."""
    above = f"{call.base_url}/v2/Services/{bucket.service_sid}/RateLimits/{bucket.rate_limit_sid}"
    return BucketView(
        sid=bucket.sid,
        rate_limit_sid=bucket.rate_limit_sid,
        service_sid=bucket.service_sid,
        account_sid=bucket.account_sid,
        max=bucket.max,
        interval=bucket.interval,
        date_created=iso8601(bucket.date_created),
        date_updated=iso8601(bucket.date_updated),
        url=f"{above}/Buckets/{bucket.sid}",
    )


buckets = Resource(
    "verify", "/v2/Services/{service_sid}/RateLimits/{rate_limit_sid}/Buckets", VERSIONED, view, key="buckets"
)


@buckets.create
async def create(
    verify: Verify, call: Call, service_sid: str, rate_limit_sid: str, *, max: Number, interval: Number
) -> Bucket:
    """Allow `Max` requests with one value of the key in `Interval` seconds."""
    limit = await _limit(verify, call, service_sid, rate_limit_sid)
    made = await verify.rate_limits.add_bucket(limit, max, interval)
    call.resource_sid = made.sid
    return made


@buckets.fetch
async def fetch(verify: Verify, call: Call, service_sid: str, rate_limit_sid: str, sid: str) -> Bucket | None:
    """Fetch a bucket."""
    call.resource_sid = sid
    return await verify.rate_limits.bucket(await _limit(verify, call, service_sid, rate_limit_sid), sid)


@buckets.list
async def list_(
    verify: Verify, call: Call, service_sid: str, rate_limit_sid: str, *, page: PageRequest
) -> Page[Bucket]:
    """List the buckets of a rate limit, newest first."""
    return await verify.rate_limits.buckets(await _limit(verify, call, service_sid, rate_limit_sid), page)


@buckets.update
async def update(
    verify: Verify,
    call: Call,
    service_sid: str,
    rate_limit_sid: str,
    sid: str,
    *,
    max: NewNumber = None,
    interval: NewNumber = None,
) -> Bucket | None:
    """Change a bucket."""
    call.resource_sid = sid
    limit = await _limit(verify, call, service_sid, rate_limit_sid)
    changes = {name: value for name, value in (("max", max), ("interval", interval)) if value is not None}
    return await verify.rate_limits.change_bucket(limit, sid, changes)


@buckets.delete
async def delete(verify: Verify, call: Call, service_sid: str, rate_limit_sid: str, sid: str) -> bool:
    """Delete a bucket."""
    call.resource_sid = sid
    return await verify.rate_limits.delete_bucket(await _limit(verify, call, service_sid, rate_limit_sid), sid)


async def _limit(verify: Verify, call: Call, service_sid: str, sid: str) -> RateLimit:
    found = await verify.rate_limits.fetch(call.account_sid, service_sid, sid)
    if found is None:
        raise not_found(call.path)
    return found
