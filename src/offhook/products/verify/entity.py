"""The entity: a user of an app, under a name that the app has chosen.

https://www.twilio.com/docs/verify/api/entity
"""

import re

import msgspec

from offhook.products.verify import factor_errors as errors

ENTITY = "YE"
_IDENTITY = re.compile(r"[A-Za-z0-9-]{8,64}")


class Entity(msgspec.Struct):
    """One entity as it is stored; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    identity: str
    date_created: int
    date_updated: int


def check_identity(text: str, name: str) -> str:
    """Raises ApiError 60306 for what Twilio does not take as an identity."""
    if not _IDENTITY.fullmatch(text):
        raise errors.invalid(name, "it must have 8 to 64 letters, digits and dashes, and be no personal data")
    return text
