"""POST /2010-04-01/Accounts/{account_sid}/OutgoingCallerIds: proving that a number is one's own.

The number is called, and whoever answers is asked to type the code that is in the answer. Then the number is an
outgoing caller ID, and the status callback says `success`, or `failed` after three wrong codes or without any.

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
    """The validation as its caller sees it."""
    return ValidationRequestView(
        account_sid=validation.account_sid,
        call_sid=validation.call_sid,
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
    """Validate a number: it is called, `CallDelay` seconds from now, and asked for the code.

    `Extension` is dialled once somebody answers.
    """
    if not 0 <= call_delay <= LONGEST_DELAY:
        raise invalid_parameter("CallDelay", f"it must be from 0 to {LONGEST_DELAY}")
    asked = Validation(
        call.account_sid,
        phone_number,
        friendly_name or "",
        code="",
        delay=call_delay,
        extension=extension or "",
        callback=status_callback,
        callback_method=status_callback_method,
    )
    begun = await service.validate(call.unit, asked)
    call.resource_sid = begun.call_sid
    return begun
