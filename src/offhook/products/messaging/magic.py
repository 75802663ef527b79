"""Twilio's magic numbers: senders and recipients that always end the same way, for tests of an app's error paths.

They answer test credentials, and in dev mode everybody, since an app's tests may bring credentials that are adopted.
https://www.twilio.com/docs/iam/test-credentials#test-sms-messages
"""

from offhook.kit.phone import is_alphanumeric_sender, is_short_code, normalise
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
            return errors.region_not_permitted(to)
        case "4":
            return errors.opted_out(to)
        case "9":
            return errors.not_mobile(to)
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


def sender_for_tests(from_: str) -> str:
    """The sender that test credentials may use. Raises ApiError 21212, 21606, 21611 for all but one."""
    sender = normalise(from_, "US")
    if sender == ALWAYS_VALID:
        return sender
    if sender is None and not (is_short_code(from_) or is_alphanumeric_sender(from_)):
        raise errors.from_invalid(from_)
    raise refuse_sender(sender or from_) or errors.from_not_owned(from_)
