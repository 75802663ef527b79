"""Words for tests of texts: who talks to whom, what is refused, what an app was told, files to send."""

from collections.abc import Callable
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import Offhook

OURS, PERSON, ALSO_OURS, OTHER = "+12023358536", "+19732644152", "+12125550199", "+12125550100"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


def refusal(call: Callable[..., Any], *arguments: Any, **parameters: Any) -> tuple[int, int]:
    """HTTP status and Twilio's code of a call that is refused."""
    with pytest.raises(TwilioRestException) as caught:
        call(*arguments, **parameters)
    return caught.value.status, caught.value.code


def say(*bodies: str) -> str:
    """A document that sends these."""
    return f"<Response>{''.join(f'<Message><Body>{body}</Body></Message>' for body in bodies)}</Response>"


def came(offhook: Offhook, to: str = PERSON) -> list[str]:
    """What came to a phone, in order."""
    return [text.body for text in offhook.handset(to).inbox if text.direction == "inbound"]


def statuses(offhook: Offhook, app: Any, path: str = "/status") -> list[tuple[str, str | None]]:
    """The statuses that an app was told, with their error codes."""
    offhook.clock.settle()
    return [(asked.parameters["MessageStatus"], asked.parameters.get("ErrorCode")) for asked in app.at(path)]


def codes(offhook: Offhook) -> list[int]:
    """The alerts' codes, oldest first."""
    return [alert.error_code for alert in offhook.alerts()]
