"""/2010-04-01/Accounts/{account_sid}/Calls/{call_sid}/Recordings: recording a call that is under way.

https://www.twilio.com/docs/voice/api/recording#create-a-recording-resource
"""

from typing import Annotated, Literal

import msgspec

from offhook.products.voice.api.calls import callback_url
from offhook.products.voice.api.recordings import common
from offhook.products.voice.recording import Order, Recording
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, Wire
from offhook.web.dates import day_or_time, period

Method = Literal["GET", "POST"]


class CallRecordingView(msgspec.Struct):
    """Twilio's Recording of a call."""

    account_sid: str
    api_version: str
    call_sid: str
    conference_sid: str | None
    date_created: str | None
    date_updated: str | None
    start_time: str | None
    duration: str | None
    sid: str
    price: float | None
    uri: str
    encryption_details: dict[str, str] | None
    price_unit: str
    status: str
    channels: int
    source: str
    error_code: int | None
    track: str


def view(recording: Recording, _call: Call) -> CallRecordingView:
    """The recording as the call's owner sees it."""
    uri = f"/2010-04-01/Accounts/{recording.account_sid}/Calls/{recording.call_sid}/Recordings/{recording.sid}.json"
    return CallRecordingView(**common(recording), uri=uri, track=recording.track)


call_recordings = Resource(
    "api", "/2010-04-01/Accounts/{account_sid}/Calls/{call_sid}/Recordings", API_2010, view, key="recordings"
)


@call_recordings.create
async def create(
    voice: Voice,
    call: Call,
    call_sid: str,
    *,
    recording_status_callback_event: list[Literal["in-progress", "completed", "absent"]] = [],  # noqa: B006
    recording_status_callback: Annotated[str | None, Checked(callback_url)] = None,
    recording_status_callback_method: Method = "POST",
    trim: Literal["trim-silence", "do-not-trim"] = "do-not-trim",
    recording_channels: Literal["mono", "dual"] = "mono",
    recording_track: Literal["inbound", "outbound", "both"] = "both",
) -> Recording | None:
    """Record a call from now on. Raises ApiError 21220 for one that is not in progress."""
    order = Order(
        "StartCallRecordingAPI",
        track=recording_track,
        channels=2 if recording_channels == "dual" else 1,
        trims=trim == "trim-silence",
        status_callback=recording_status_callback or None,
        status_callback_method=recording_status_callback_method,
        events=tuple(recording_status_callback_event) or ("completed",),
    )
    return await voice.records.start(call.account_sid, call_sid, order)


@call_recordings.list
async def list_(
    voice: Voice,
    call: Call,
    call_sid: str,
    *,
    page: PageRequest,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
) -> Page[Recording] | None:
    """List the recordings of a call, newest first."""
    if await voice.calls.fetch(call.account_sid, call_sid) is None:
        return None
    made = period(date_created, date_created_before, date_created_after)
    return await voice.records.page(call.account_sid, page, equal={"call_sid": call_sid}, made=made)


@call_recordings.fetch
async def fetch(voice: Voice, call: Call, call_sid: str, sid: str) -> Recording | None:
    """Fetch what is known of a recording; `Twilio.CURRENT` is the one under way."""
    return await voice.records.of_call(call.account_sid, call_sid, sid)


@call_recordings.update
async def update(
    voice: Voice,
    call: Call,
    call_sid: str,
    sid: str,
    *,
    status: Literal["paused", "in-progress", "stopped"],
    pause_behavior: Literal["skip", "silence"] = "silence",
) -> Recording | None:
    """Pause a recording, go on with it, or stop it; `Twilio.CURRENT` is the one under way."""
    recording = await voice.records.of_call(call.account_sid, call_sid, sid)
    if recording is None:
        return None
    return await voice.records.steer(recording, status, silence=pause_behavior == "silence")


@call_recordings.delete
async def delete(voice: Voice, call: Call, call_sid: str, sid: str) -> bool:
    """Delete a recording."""
    recording = await voice.records.of_call(call.account_sid, call_sid, sid)
    return recording is not None and await voice.records.delete(call.account_sid, recording.sid)
