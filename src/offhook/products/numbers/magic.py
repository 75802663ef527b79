"""Twilio's magic numbers for buying: some can never be had, and with test credentials only one can.

They answer test credentials, and in dev mode everybody, since an app's tests may bring credentials that are adopted.
https://www.twilio.com/docs/iam/test-credentials#test-incoming-phone-numbers
"""

from offhook.kit.phone import normalise
from offhook.products.numbers import errors
from offhook.web import ApiError

UNAVAILABLE, INVALID, FREE = "+15005550000", "+15005550001", "+15005550006"
EMPTY_AREA, FULL_AREA = "533", "500"


def refuse_number(e164: str) -> ApiError | None:
    """What a magic number is refused with, or None."""
    if e164 == UNAVAILABLE:
        return errors.number_taken(e164)
    return errors.number_invalid(e164) if e164 == INVALID else None


def number_for_tests(phone_number: str) -> str:
    """The number that test credentials buy. Raises ApiError 21421, 21422."""
    wanted = normalise(phone_number, "US")
    if wanted is None:
        raise errors.number_invalid(phone_number)
    if wanted != FREE:
        raise refuse_number(wanted) or errors.number_taken(wanted)
    return wanted


def number_of_area_for_tests(area_code: str) -> str:
    """The number that test credentials buy in an area. Raises ApiError 21452 for all areas but one."""
    if area_code != FULL_AREA:
        raise errors.area_sold_out(area_code)
    return FREE
