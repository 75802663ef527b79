"""POST /2010-04-01/Accounts/{account_sid}/OutgoingCallerIds: proving that a number is one's own.

Nothing calls yet. In dev mode the phone at the number answers at once and types the right code, so the caller ID is
there when the answer comes, and the status callback says `success`; in production the answer is 501.

https://www.twilio.com/docs/voice/api/outgoing-caller-ids#add-an-outgoing-caller-id
"""

import re
from typing import Annotated

import msgspec

from offhook.products.numbers.api.parameters import Method, Name, Url
from offhook.products.numbers.caller_id import Validation
from offhook.products.numbers.caller_ids import CallerIds
from offhook.web import API_2010, Call, Checked, Resource
from offhook.web.errors import invalid_parameter

LONGEST_DELAY = 60  # seconds
_EXTENSION = re.compile(r"[0-9wW*#]{0,64}")


class ValidationRequestView(msgspec.Struct):
    """Twilio's ValidationRequest."""

    account_sid: str
    call_sid: str | None
    friendly_name: str
    phone_number: str
    validation_code: str


def view(validation: Validation, _call: Call) -> ValidationRequestView:
    """The validation as its caller sees it; there was no call."""
    return ValidationRequestView(
        account_sid=validation.account_sid,
        call_sid=None,
        friendly_name=validation.friendly_name,
        phone_number=validation.phone_number,
        validation_code=validation.code,
    )


def extension(text: str, name: str) -> str:
    """What is dialled once somebody answers. Raises ApiError 20001."""
    if not _EXTENSION.fullmatch(text):
        raise invalid_parameter(name, f"{text!r} has more than digits, w, * and #")
    return text


validation_requests = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds",
    API_2010,
    view,
    key="validation_requests",
    statuses={"create": 200},
)


@validation_requests.create
async def create(
    service: CallerIds,
    call: Call,
    *,
    phone_number: str,
    friendly_name: Name | None = None,
    call_delay: int = 0,
    extension: Annotated[str | None, Checked(extension)] = None,
    status_callback: Url | None = None,
    status_callback_method: Method = "POST",
) -> Validation:
    """Validate a number: in dev mode its phone answers at once, in production nothing can be called yet (501).

    `CallDelay` and `Extension` are checked, and have no effect.
    """
    if not 0 <= call_delay <= LONGEST_DELAY:
        raise invalid_parameter("CallDelay", f"it must be from 0 to {LONGEST_DELAY}")
    done = await service.validate(
        call.account_sid, phone_number, friendly_name, status_callback, status_callback_method
    )
    call.resource_sid = done.sid
    return done
