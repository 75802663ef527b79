"""/2010-04-01/Accounts/{account_sid}/Calls: make a call, see what became of it, tell it to do something else.

https://www.twilio.com/docs/voice/api/call-resource
"""

import re
from typing import Annotated, Literal

import msgspec

from offhook.kit.phone import friendly
from offhook.products.voice import errors
from offhook.products.voice.addressing import address
from offhook.products.voice.call import Call
from offhook.products.voice.calls import Instructions, Wishes
from offhook.products.voice.recording import Order
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Checked, Missing, Resource, Wire, invalid_parameter, rfc2822
from offhook.web import Call as Request
from offhook.web.dates import day_or_time, period
from offhook.web.urls import is_web_url

Status = Literal["queued", "ringing", "in-progress", "canceled", "completed", "failed", "busy", "no-answer"]
Method = Literal["GET", "POST"]
Event = Literal["initiated", "ringing", "answered", "completed"]
KEYS = re.compile(r"[0-9*#wW]{0,32}")
LONGEST_RINGING = 600  # seconds
LONGEST_CALL = 24 * 60 * 60
PARTS = (
    "notifications",
    "recordings",
    "streams",
    "payments",
    "events",
    "siprec",
    "transcriptions",
    "user_defined_message_subscriptions",
    "user_defined_messages",
)


def document_url(text: str, _name: str) -> str:
    """Raises ApiError 21205 for what is no URL."""
    if text and not is_web_url(text):
        raise errors.url_invalid(text)
    return text


def fallback_url(text: str, _name: str) -> str:
    """Raises ApiError 21205 for what is no URL."""
    if text and not is_web_url(text):
        raise errors.fallback_invalid(text)
    return text


def callback_url(text: str, _name: str) -> str:
    """Raises ApiError 21609 for what is no URL."""
    if text and not is_web_url(text):
        raise errors.callback_invalid(text)
    return text


def keys(text: str, _name: str) -> str:
    """Raises ApiError 21206 for what cannot be pressed."""
    if not KEYS.fullmatch(text):
        raise errors.digits_invalid(text)
    return text


class CallView(msgspec.Struct, rename={"from_": "from"}):
    """Twilio's Call."""

    sid: str
    date_created: str | None
    date_updated: str | None
    parent_call_sid: str | None
    account_sid: str
    to: str
    to_formatted: str
    from_: str
    from_formatted: str
    phone_number_sid: str | None
    status: str
    start_time: str | None
    end_time: str | None
    duration: str | None
    price: str | None
    price_unit: str
    direction: str
    answered_by: str | None
    api_version: str
    forwarded_from: str | None
    group_sid: str | None
    caller_name: str | None
    queue_time: str
    trunk_sid: str | None
    uri: str
    subresource_uris: dict[str, str]


def view(call: Call, _request: Request) -> CallView:
    """The call as its caller sees it."""
    uri = f"/2010-04-01/Accounts/{call.account_sid}/Calls/{call.sid}"
    return CallView(
        sid=call.sid,
        date_created=rfc2822(call.date_created),
        date_updated=rfc2822(call.date_updated),
        parent_call_sid=call.parent_call_sid,
        account_sid=call.account_sid,
        to=call.to,
        to_formatted=_formatted(call.to),
        from_=call.from_,
        from_formatted=_formatted(call.from_),
        phone_number_sid=call.phone_number_sid,
        status=call.status,
        start_time=rfc2822(call.start_time),
        end_time=rfc2822(call.end_time),
        duration=None if call.duration is None else str(call.duration),
        price=None,
        price_unit="USD",
        direction=call.direction,
        answered_by=call.answered_by,
        api_version="2010-04-01",
        forwarded_from=call.forwarded_from,
        group_sid=call.group_sid,
        caller_name=call.caller_name,
        queue_time=str(call.queue_time),
        trunk_sid=call.trunk_sid,
        uri=f"{uri}.json",
        subresource_uris={part: f"{uri}/{_camel(part)}.json" for part in PARTS},
    )


def _formatted(address: str) -> str:
    return friendly(address) if address.startswith("+") else address


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


calls = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Calls",
    API_2010,
    view,
    key="calls",
    rehearsed=frozenset({"create"}),
)


@calls.create
async def create(
    voice: Voice,
    request: Request,
    *,
    to: Annotated[str, Missing(*errors.TO_REQUIRED)],
    from_: Annotated[str, Missing(*errors.FROM_REQUIRED)],
    url: Annotated[str | None, Checked(document_url)] = None,
    method: Method = "POST",
    fallback_url: Annotated[str | None, Checked(fallback_url)] = None,
    fallback_method: Method = "POST",
    twiml: str | None = None,
    application_sid: str | None = None,
    status_callback: Annotated[str | None, Checked(callback_url)] = None,
    status_callback_event: list[Event] = [],  # noqa: B006 - never changed
    status_callback_method: Method = "POST",
    send_digits: Annotated[str, Checked(keys)] = "",
    timeout: int = 60,  # noqa: ASYNC109 - Twilio's name, of a call
    time_limit: int | None = None,
    caller_id: str | None = None,
    record: bool = False,
    recording_channels: Literal["mono", "dual"] = "mono",
    recording_status_callback: Annotated[str | None, Checked(callback_url)] = None,
    recording_status_callback_method: Method = "POST",
    recording_status_callback_event: list[Literal["in-progress", "completed", "absent"]] = [],  # noqa: B006
    recording_track: Literal["inbound", "outbound", "both"] = "both",
    trim: Literal["trim-silence", "do-not-trim"] = "do-not-trim",
    machine_detection: Literal["Enable", "DetectMessageEnd"] | None = None,
    machine_detection_timeout: int = 30,
    machine_detection_speech_threshold: int | None = None,
    machine_detection_speech_end_threshold: int | None = None,
    machine_detection_silence_timeout: int | None = None,
    async_amd: bool = False,
    async_amd_status_callback: Annotated[str | None, Checked(callback_url)] = None,
    async_amd_status_callback_method: Method = "POST",
    call_reason: str | None = None,
) -> Call:
    """Make a call. `Url`, `Twiml` or `ApplicationSid` says what happens when somebody answers.

    `Timeout` and `TimeLimit` are in seconds. The thresholds of `MachineDetection`, and `CallReason`, change nothing
    here: on the simulated network it is known who answers.
    """
    order = Order(
        "OutboundAPI",
        track=recording_track,
        channels=2 if recording_channels == "dual" else 1,
        trims=trim == "trim-silence",
        status_callback=recording_status_callback or None,
        status_callback_method=recording_status_callback_method,
        events=tuple(recording_status_callback_event) or ("completed",),
    )
    call = await voice.calls.create(
        request.unit,
        request.account_sid,
        to=to,
        from_=from_,
        instructions=Instructions(url or None, method, fallback_url or None, fallback_method, twiml, application_sid),
        tests=request.identity.tests,
        wishes=Wishes(
            status_callback=status_callback or None,
            status_callback_method=status_callback_method,
            events=tuple(status_callback_event) or ("completed",),
            send_digits=send_digits,
            timeout=in_range("Timeout", timeout, 1, LONGEST_RINGING),
            time_limit=None if time_limit is None else in_range("TimeLimit", time_limit, 1, LONGEST_CALL),
            caller_id=caller_id,
            detection=machine_detection,
            detection_timeout=in_range("MachineDetectionTimeout", machine_detection_timeout, 3, 59),
            asynchronous=async_amd,
            detection_callback=async_amd_status_callback or None,
            detection_callback_method=async_amd_status_callback_method,
            recording=order if record else None,
        ),
    )
    request.resource_sid = call.sid
    return call


@calls.fetch
async def fetch(voice: Voice, request: Request, sid: str) -> Call | None:
    """Fetch a call."""
    request.resource_sid = sid
    return await voice.calls.fetch(request.account_sid, sid)


@calls.list
async def list_(
    voice: Voice,
    request: Request,
    *,
    page: PageRequest,
    to: str | None = None,
    from_: str | None = None,
    parent_call_sid: str | None = None,
    status: Status | None = None,
    start_time: Annotated[str | None, Checked(day_or_time)] = None,
    start_time_before: Annotated[str | None, Checked(day_or_time), Wire("StartTime<")] = None,
    start_time_after: Annotated[str | None, Checked(day_or_time), Wire("StartTime>")] = None,
    end_time: Annotated[str | None, Checked(day_or_time)] = None,
    end_time_before: Annotated[str | None, Checked(day_or_time), Wire("EndTime<")] = None,
    end_time_after: Annotated[str | None, Checked(day_or_time), Wire("EndTime>")] = None,
) -> Page[Call]:
    """List calls, newest first. `StartTime` and `EndTime` are days (UTC), or bounds with `<` and `>`, inclusive."""
    wanted = {
        "to": (address(to) or to) if to else None,
        "from_": (address(from_) or from_) if from_ else None,
        "parent_call_sid": parent_call_sid,
        "status": status,
    }
    return await voice.calls.page(
        request.account_sid,
        page,
        equal={name: value for name, value in wanted.items() if value},
        started=period(start_time, start_time_before, start_time_after),
        ended=period(end_time, end_time_before, end_time_after),
    )


@calls.update
async def update(
    voice: Voice,
    request: Request,
    sid: str,
    *,
    url: Annotated[str | None, Checked(document_url)] = None,
    method: Method = "POST",
    status: Literal["canceled", "completed"] | None = None,
    fallback_url: Annotated[str | None, Checked(fallback_url)] = None,
    fallback_method: Method = "POST",
    status_callback: Annotated[str | None, Checked(callback_url)] = None,
    status_callback_method: Method = "POST",
    twiml: str | None = None,
    time_limit: int | None = None,
) -> Call | None:
    """Let a call do something else (`Url`, `Twiml`), or end it: `Status` "completed", or "canceled" while it rings.

    `TimeLimit` counts from the answer; `StatusCallback` takes the place of the one before.
    """
    request.resource_sid = sid
    call = await voice.calls.fetch(request.account_sid, sid)
    if call is None:
        return None
    limit = None if time_limit is None else in_range("TimeLimit", time_limit, 1, LONGEST_CALL)
    if url or twiml:
        said = Instructions(url or None, method, fallback_url or None, fallback_method, twiml)
        await voice.calls.redirect(call, said)
    if status_callback:
        await voice.calls.tell_elsewhere(call, status_callback, status_callback_method)
    if limit is not None:
        voice.calls.limit(call, limit)
    if status is not None:
        await voice.calls.end(call, status)
    return await voice.calls.fetch(request.account_sid, sid)


@calls.delete
async def delete(voice: Voice, request: Request, sid: str) -> bool:
    """Delete the record of a call that is over."""
    request.resource_sid = sid
    call = await voice.calls.fetch(request.account_sid, sid)
    if call is None:
        return False
    await voice.calls.delete(call)
    return True


def in_range(name: str, value: int, least: int, most: int) -> int:
    """Raises ApiError 20001 for a number that is out of range."""
    if not least <= value <= most:
        raise invalid_parameter(name, f"it must be from {least} to {most}")
    return value
