"""Twilio's magic numbers: senders and recipients that always end the same way, for tests of an app's error paths.

They work in dev mode, for every account, as they do at Twilio for test credentials.
https://www.twilio.com/docs/iam/test-credentials#test-sms-messages
"""

from offhook.products.messaging import errors
from offhook.web import ApiError

ALWAYS_VALID = "+15005550006"
_PREFIX = "+1500555000"


def refuse_recipient(to: str) -> ApiError | None:
    """What a magic recipient is refused with, or None."""
    match to.removeprefix(_PREFIX):
        case "1":
            return errors.to_invalid(to)
        case "2":
            return ApiError(21612, f"The message to {to} cannot be routed from this sender")
        case "3":
            return ApiError(21408, f"Permission to send a message to the region of {to} has not been enabled")
        case "4":
            return errors.opted_out(to)
        case "9":
            return ApiError(21614, f"'To' number {to} is not a valid mobile number")
    return None


def refuse_sender(from_: str) -> ApiError | None:
    """What a magic sender is refused with, or None."""
    match from_.removeprefix(_PREFIX):
        case "1":
            return errors.from_invalid(from_)
        case "7":
            return errors.from_not_owned(from_)
        case "8":
            return ApiError(21611, f"The queue of messages from {from_} is full", 429)
    return None
