"""/v2/SafeList/Numbers: numbers that the guards let pass.

https://www.twilio.com/docs/verify/api/safelist
"""

from typing import Annotated

import msgspec

from offhook.products.verify.errors import NUMBER_REQUIRED
from offhook.products.verify.safelist import SafeNumber
from offhook.products.verify.verify import Verify
from offhook.web import VERSIONED, Call, Resource


class SafeNumberView(msgspec.Struct):
    """Twilio's Safelist."""

    sid: str
    phone_number: str
    url: str


def view(number: SafeNumber, call: Call) -> SafeNumberView:
    """The number."""
    return SafeNumberView(number.sid, number.phone_number, f"{call.base_url}/v2/SafeList/Numbers/{number.phone_number}")


safe_list_numbers = Resource("verify", "/v2/SafeList/Numbers", VERSIONED, view)


@safe_list_numbers.create
async def create(verify: Verify, call: Call, *, phone_number: Annotated[str, NUMBER_REQUIRED]) -> SafeNumber:
    """Trust a number: its country and its prefix stand in no code's way."""
    made = await verify.safelist.add(call.account_sid, phone_number)
    call.resource_sid = made.sid
    return made


@safe_list_numbers.fetch
async def fetch(verify: Verify, call: Call, phone_number: str) -> SafeNumber | None:
    """Fetch a trusted number."""
    return await verify.safelist.find(call.account_sid, phone_number)


@safe_list_numbers.delete
async def delete(verify: Verify, call: Call, phone_number: str) -> bool:
    """Trust a number no longer."""
    return await verify.safelist.remove(call.account_sid, phone_number)
