"""Words for tests of codes: a service, codes that go out, guesses."""

from typing import Any

from offhook.testing import Offhook
from tests.products.messaging.talking import refusal as refusal

PERSON, OTHER, GERMAN = "+19732644152", "+12125550100", "+4915112345678"
MAIL = "ann@example.com"


def service(offhook: Offhook, **settings: Any) -> Any:
    """A new service, as the SDK reaches it."""
    services = offhook.client().verify.v2.services
    return services(services.create(**{"friendly_name": "Shop"} | settings).sid)


def begin(at: Any, to: str = PERSON, channel: str = "sms", **wishes: Any) -> Any:
    """A verification that begins, or one more sending."""
    return at.verifications.create(to=to, channel=channel, **wishes)


def guess(at: Any, code: str, to: str = PERSON) -> str:
    """The status after a guess."""
    checked = at.verification_checks.create(to=to, code=code)
    assert checked.valid is (checked.status == "approved")
    return str(checked.status)


def wrong(code: str) -> str:
    """Another code of the same length."""
    return "".join(str((int(digit) + 1) % 10) for digit in code)
