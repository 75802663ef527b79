"""/offhook/v1/Handsets/{address}/Calls: the calls that a phone has had, calling from it, and being in a call."""

from typing import Annotated, Literal

import msgspec

from offhook.carriers.simulator import LineKind
from offhook.kit.clock import SECOND
from offhook.products.network.api.messages import check_owner
from offhook.products.network.calling import Calling, Conversation
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Missing, Resource, iso8601


class LineView(msgspec.Struct):
    """Something that is to be heard, from `at` on, in seconds since the call was made."""

    at: float
    kind: LineKind
    text: str


class HandsetCallView(msgspec.Struct, rename={"from_": "from"}):
    """A call of a phone: `direction` is the phone's view, `call_sid` the app's Call where there is one.

    `duration` is in seconds, null until it has ended; `pending` is how much the person has still to say or to press.
    """

    sid: str
    direction: str
    status: str
    from_: str
    to: str
    call_sid: str | None
    date_created: str | None
    duration: float | None
    pending: int
    transcript: list[LineView]
    url: str


def view(shown: Conversation, call: Call) -> HandsetCallView:
    """The call as the phone shows it."""
    kept = shown.call
    ended = kept.date_ended
    lasted = None if ended is None else (ended - (kept.date_answered or ended)) / SECOND
    return HandsetCallView(
        sid=kept.sid,
        direction=kept.direction,
        status=kept.status,
        from_=kept.from_,
        to=kept.to,
        call_sid=kept.call_sid,
        date_created=iso8601(kept.date_created),
        duration=lasted,
        pending=shown.pending,
        transcript=[LineView(line.at / SECOND, line.kind, line.text) for line in shown.lines],
        url=f"{call.base_url}/v1/Handsets/{kept.address}/Calls/{kept.sid}",
    )


calls = Resource("offhook", "/v1/Handsets/{address}/Calls", VERSIONED, view, key="calls")


@calls.create
async def create(
    calling: Calling,
    call: Call,
    address: str,
    *,
    to: Annotated[str, Missing(20001, "A 'To' phone number is required.")],
) -> Conversation:
    """The person with this phone calls somebody."""
    check_owner(call)
    made = await calling.dial(call.account_sid, address, to)
    call.resource_sid = made.call.call_sid
    return made


@calls.list
async def list_(
    calling: Calling,
    call: Call,
    address: str,
    *,
    page: PageRequest,
    order: Literal["asc", "desc"] = "asc",
    call_sid: str | None = None,
) -> Page[Conversation]:
    """The phone's calls, oldest first, or with `Order=desc` newest first; with `CallSid` its part in an app's Call."""
    check_owner(call)
    call.is_confidential = True
    return await calling.page(address, page, oldest_first=order == "asc", call_sid=call_sid or None)


@calls.fetch
async def fetch(calling: Calling, call: Call, address: str, sid: str) -> Conversation | None:
    """One call, with all that has been heard in it."""
    check_owner(call)
    call.is_confidential = True
    return await calling.find(address, sid)


@calls.update
async def update(
    calling: Calling,
    call: Call,
    address: str,
    sid: str,
    *,
    action: Literal["answer", "reject", "hangup"] | None = None,
    digits: str = "",
    speech: str = "",
) -> Conversation | None:
    """The person does something: answers, rejects or hangs up (`Action`), presses `Digits`, says `Speech`.

    Of several in one request, that is the order. `w` among the digits waits half a second, `W` a whole one. What is
    said takes its time, and what is pressed or said after it waits for its end.
    """
    check_owner(call)
    call.is_confidential = True
    done = await calling.act(address, sid, action, digits, speech)
    call.resource_sid = done.call.call_sid if done else None
    return done
