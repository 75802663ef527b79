"""Who can be called, and from which number.

A number is normalised to E.164; `client:name` and `sip:` addresses stay as they are. An account calls from its own
numbers, from those that it proved to be its own (outgoing caller IDs), and in dev mode from any: the first use of a
number that nobody owns makes it the account's.
"""

import re

import structlog

from offhook.kit.phone import is_client, normalise
from offhook.products.numbers import Numbers
from offhook.products.voice import errors, magic
from offhook.products.voice.call import Call
from offhook.storage import PageRequest
from offhook.web import ApiError

log = structlog.get_logger("offhook.voice")
SIP = re.compile(r"sips?:[^\s<>\"]{1,1024}")  # with its parameters and headers, as RFC 3261 section 19.1 has them
APPLICATION = "app:"  # one of the account's applications, called like a number


class Addressing:
    """Checks addresses."""

    def __init__(self, numbers: Numbers, *, adopts: bool) -> None:
        self._numbers = numbers
        self._adopts = adopts

    def recipient(self, to: str, *, is_test: bool = False) -> str:
        """Whom `to` names. Raises ApiError 21211, and those of magic numbers in dev mode and with test credentials."""
        found = address(to)
        if found is None:
            raise errors.to_invalid(to)
        if (self._adopts or is_test) and (refusal := magic.refuse_recipient(found)):
            raise refusal
        return found

    async def caller(self, account_sid: str, from_: str, *, is_test: bool = False) -> str:
        """The address that the account may call from. Raises ApiError 21212, 21210."""
        found = address(from_)
        if found is None:
            raise errors.from_invalid(from_)
        if is_test:
            return magic.caller_for_tests(found)
        if self._adopts and (refusal := magic.refuse_caller(found)):
            raise refusal
        if not found.startswith("+") or await self._is_own(account_sid, found):
            return found
        if not self._adopts:
            raise errors.from_not_verified(found)
        await self._adopt(account_sid, found)
        return found

    async def caller_for(self, call: Call, caller_id: str) -> str | None:
        """The caller ID of a call that is made for `call`; None where `caller_id` is not the account's to use."""
        if not caller_id:
            return call.from_
        found = address(caller_id)
        if found is None:
            return None
        if found in (call.from_, call.to) or not found.startswith("+"):
            return found
        return found if await self._is_own(call.account_sid, found) or self._adopts else None

    async def _is_own(self, account_sid: str, number: str) -> bool:
        owner = await self._numbers.owner(number)
        if owner is not None and owner.account_sid == account_sid:
            return True
        kept = await self._numbers.caller_ids.page(account_sid, PageRequest(size=1), number, None)
        return bool(kept.rows)

    async def _adopt(self, account_sid: str, number: str) -> None:
        owner = await self._numbers.owner(number)
        if owner is not None:
            log.warning("caller_shared", phone_number=number, owner=owner.account_sid, used_by=account_sid)
            return
        try:
            await self._numbers.adopt(account_sid, number)
        except ApiError as problem:
            if problem.code != 21422:  # somebody else was quicker: then it is owned, which is all we wanted
                raise


def address(text: str) -> str | None:
    """A number in E.164, a client or a SIP address; None for what is none of them."""
    if is_client(text) or SIP.fullmatch(text):
        return text
    return normalise(text, "US")
