"""Numbers that an account trusts: geographic permissions and the guard against fraud pass them over.

https://www.twilio.com/docs/verify/api/safelist
"""

import msgspec
from sqlalchemy import Index, Table, delete, exists

from offhook.kit.clock import Clock
from offhook.kit.phone import normalise
from offhook.kit.sids import new_sid
from offhook.products.verify import errors
from offhook.storage import Database, Query, Statement, Unit, given, instant, metadata, reading, seq, text

SAFE_NUMBER = "GN"

safe_numbers = Table(
    "verify_safe_numbers",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("phone_number"),
    instant("date_created"),
    Index("verify_safe_numbers_by_number", "account_sid", "phone_number", unique=True),
)
_c = safe_numbers.c
_ONE = (_c.account_sid == given("account_sid"), _c.phone_number == given("phone_number"))


class SafeNumber(msgspec.Struct):
    """One number; time in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    phone_number: str
    date_created: int


_INSERT = Statement.insert_unless(safe_numbers, exists().where(*_ONE))
_DELETE = Statement(delete(safe_numbers).where(*_ONE))
_FIND = Query(reading(safe_numbers, SafeNumber).where(*_ONE), SafeNumber)


class Safelist:
    """The trusted numbers of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, account_sid: str, phone_number: str) -> SafeNumber:
        """Trust a number; once is enough. Raises ApiError 60200 for what is none."""
        number = normalise(phone_number)
        if number is None:
            raise errors.parameter("PhoneNumber", phone_number)
        unit = Unit()
        made = SafeNumber(0, new_sid(SAFE_NUMBER), account_sid, number, self._clock.now())
        unit.add(_INSERT, msgspec.structs.asdict(made))
        await self._database.commit(unit)
        return await self.find(account_sid, number) or made

    async def find(self, account_sid: str, phone_number: str) -> SafeNumber | None:
        """A trusted number, None where it is not."""
        return await self._database.first(_FIND, account_sid=account_sid, phone_number=phone_number)

    async def remove(self, account_sid: str, phone_number: str) -> bool:
        """Trust a number no longer; False when that was so."""
        unit = Unit()
        step = unit.add(_DELETE, {"account_sid": account_sid, "phone_number": phone_number})
        await self._database.commit(unit)
        return step.changed > 0
