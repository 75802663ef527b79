"""A call as a phone shows it: `direction` is the phone's view, `inbound` came to the phone."""

from typing import Literal

import msgspec

from offhook.carriers.simulator import LineKind, PhoneCall, Status


class HandsetCall(msgspec.Struct):
    """One call in a phone's list; moments in UTC microseconds. `call_sid` is the app's Call, where there is one."""

    seq: int
    sid: str
    account_sid: str
    address: str
    direction: Literal["inbound", "outbound"]
    from_: str
    to: str
    status: Status
    call_sid: str | None
    date_created: int
    date_answered: int | None
    date_ended: int | None

    @classmethod
    def of(cls, call: PhoneCall) -> "HandsetCall":
        """What is kept of a call that is under way."""
        return cls(0, **{name: getattr(call, name) for name in cls.__struct_fields__ if name != "seq"})


class HandsetLine(msgspec.Struct):
    """Something that was to be heard in a call, from `at` on, in microseconds since the call was made."""

    call_sid: str
    at: int
    kind: LineKind
    text: str
