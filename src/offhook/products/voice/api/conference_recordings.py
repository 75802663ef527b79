"""/2010-04-01/Accounts/{account_sid}/Conferences/{conference_sid}/Recordings: what was recorded of a conference.

https://www.twilio.com/docs/voice/api/recording#get-recording-resource
"""

from typing import Annotated, Literal

import msgspec

from offhook.products.voice.api.recordings import common
from offhook.products.voice.recording import Recording
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, Wire
from offhook.web.dates import day_or_time, period


class ConferenceRecordingView(msgspec.Struct):
    """Twilio's Recording of a conference."""

    account_sid: str
    api_version: str
    call_sid: str
    conference_sid: str | None
    date_created: str | None
    date_updated: str | None
    start_time: str | None
    duration: str | None
    sid: str
    price: str | None
    price_unit: str
    status: str
    channels: int
    source: str
    error_code: int | None
    encryption_details: dict[str, str] | None
    uri: str


def view(recording: Recording, _call: Call) -> ConferenceRecordingView:
    """The recording as the conference's owner sees it."""
    conference = f"/2010-04-01/Accounts/{recording.account_sid}/Conferences/{recording.conference_sid}"
    return ConferenceRecordingView(**common(recording), uri=f"{conference}/Recordings/{recording.sid}.json")


conference_recordings = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Conferences/{conference_sid}/Recordings",
    API_2010,
    view,
    key="recordings",
)


@conference_recordings.list
async def list_(
    voice: Voice,
    call: Call,
    conference_sid: str,
    *,
    page: PageRequest,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
) -> Page[Recording] | None:
    """List the recordings of a conference, newest first."""
    if await voice.conferences.fetch(call.account_sid, conference_sid) is None:
        return None
    made = period(date_created, date_created_before, date_created_after)
    return await voice.records.page(call.account_sid, page, equal={"conference_sid": conference_sid}, made=made)


@conference_recordings.fetch
async def fetch(voice: Voice, call: Call, conference_sid: str, sid: str) -> Recording | None:
    """Fetch what is known of a recording; `Twilio.CURRENT` is the one under way."""
    return await voice.records.of_conference(call.account_sid, conference_sid, sid)


@conference_recordings.update
async def update(
    voice: Voice,
    call: Call,
    conference_sid: str,
    sid: str,
    *,
    status: Literal["paused", "in-progress", "stopped"],
    pause_behavior: Literal["skip", "silence"] = "silence",
) -> Recording | None:
    """Pause a recording, go on with it, or stop it; `Twilio.CURRENT` is the one under way."""
    recording = await voice.records.of_conference(call.account_sid, conference_sid, sid)
    if recording is None:
        return None
    return await voice.records.steer(recording, status, silence=pause_behavior == "silence")


@conference_recordings.delete
async def delete(voice: Voice, call: Call, conference_sid: str, sid: str) -> bool:
    """Delete a recording."""
    recording = await voice.records.of_conference(call.account_sid, conference_sid, sid)
    return recording is not None and await voice.records.delete(call.account_sid, recording.sid)
