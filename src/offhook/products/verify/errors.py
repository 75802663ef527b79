"""Twilio's errors of Verify, with their texts.

https://www.twilio.com/docs/verify/api/error-codes
"""

from typing import Any

from offhook.web import ApiError, Missing
from offhook.web.errors import not_found

TO_REQUIRED = Missing(60200, "Missing required parameter To")
CHANNEL_REQUIRED = Missing(60200, "Missing required parameter Channel")
CODE_REQUIRED = Missing(60200, "Missing required parameter Code")
NUMBER_REQUIRED = Missing(60200, "Missing required parameter PhoneNumber")
UNIQUE_NAME_REQUIRED = Missing(60200, "Missing required parameter UniqueName")
NAME_REQUIRED = Missing(60200, "Missing required parameter FriendlyName")
LATER = ("whatsapp", "sna", "rcs", "rbm", "push", "passkeys")  # channels that Twilio has and Offhook has not


def parameter(name: str, reason: Any = "") -> ApiError:
    """60200"""
    return ApiError(60200, f"Invalid parameter `{name}`{f': {reason}' if reason else ''}")


def too_many_checks() -> ApiError:
    """60202"""
    return ApiError(60202, "Max check attempts reached", 429)


def too_many_sends() -> ApiError:
    """60203"""
    return ApiError(60203, "Max send attempts reached", 429)


def not_supported(what: str) -> ApiError:
    """60204"""
    return ApiError(60204, f"Service does not support this feature: {what}", 403)


def landline(to: str) -> ApiError:
    """60205"""
    return ApiError(60205, f"SMS is not supported by landline phone number {to}", 403)


def transaction_required() -> ApiError:
    """60206"""
    return ApiError(60206, "'Amount' & 'Payee' params are required")


def rate_limit_exists(name: str) -> ApiError:
    """60208"""
    return ApiError(60208, f"Rate limit with that UniqueName already exists: {name}")


def rate_limit_name(name: str) -> ApiError:
    """60209"""
    return ApiError(60209, f"UniqueName format is invalid: {name}")


def bucket_exists(interval: int) -> ApiError:
    """60211"""
    return ApiError(60211, f"Bucket with the given Interval already exists: {interval}")


def at_once(seconds: int = 1) -> ApiError:
    """60212: somebody else was asked for the same at the same time, or the last time is not long ago."""
    headers = {"Retry-After": str(seconds)}
    return ApiError(60212, "Too many concurrent requests for phone number", 429, headers=headers)


def no_transactions_by_call() -> ApiError:
    """60214"""
    return ApiError(60214, "Call channel is not supported when using PSD2", 403)


def no_target() -> ApiError:
    """60221"""
    return ApiError(60221, "No target verification specified: one of 'To' and 'VerificationSid' is required")


def channel_disabled(channel: str) -> ApiError:
    """60223"""
    return ApiError(60223, f"Delivery channel disabled: {channel}", 403)


def blocked(prefix: str) -> ApiError:
    """60410"""
    return ApiError(60410, f"Verification delivery attempt blocked: {prefix} is blocked for suspected fraud", 403)


def region_not_permitted(to: str) -> ApiError:
    """60605"""
    return ApiError(60605, f"The destination phone number {to} has been blocked by Verify Geo-Permissions", 403)


def rate_limited(name: str) -> ApiError:
    """20429: of a limit that the app has set itself."""
    return ApiError(20429, f"Too many requests: the rate limit {name} is reached", 429)


def channel_later(channel: str) -> ApiError:
    """20501"""
    return ApiError(20501, f"Offhook does not verify by {channel} yet: use sms, call or email", 501)


def service_unknown(sid: str) -> ApiError:
    """20404"""
    return not_found(f"/v2/Services/{sid}")
