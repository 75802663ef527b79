"""Twilio's magic numbers of calls: callers and people called that always end the same way.

They answer test credentials, and in dev mode everybody, since an app's tests may bring credentials that are adopted.
https://www.twilio.com/docs/iam/test-credentials#test-calls
"""

from offhook.products.voice import errors
from offhook.web import ApiError

ALWAYS_VALID = "+15005550006"
_PREFIX = "+1500555000"


def refuse_recipient(to: str) -> ApiError | None:
    """What a magic number is refused with as `To`, or None."""
    match to.removeprefix(_PREFIX):
        case "1":
            return errors.number_invalid(to)
        case "2":
            return errors.not_routable(to)
        case "3":
            return errors.country_not_permitted(to)
        case "4":
            return errors.number_blocked(to)
    return None


def refuse_caller(from_: str) -> ApiError | None:
    """What a magic number is refused with as `From`, or None."""
    return errors.from_invalid(from_) if from_ == f"{_PREFIX}1" else None


def caller_for_tests(from_: str) -> str:
    """The caller that test credentials may name. Raises ApiError 21212, 21210 for all but one."""
    if from_ == ALWAYS_VALID:
        return from_
    raise refuse_caller(from_) or errors.from_not_verified(from_)
