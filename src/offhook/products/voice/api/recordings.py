"""/2010-04-01/Accounts/{account_sid}/Recordings: what was recorded, and its sound.

Without `.json` the path answers the sound: a WAV, or with `.mp3` an MP3; to whoever knows its URL, as Twilio does by
default; an account that wants it so has credentials asked for first.
https://www.twilio.com/docs/voice/api/recording
"""

from typing import Annotated, Any

import msgspec

from offhook.media import Format, SoundError
from offhook.products.voice.recording import Recording
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, ApiError, Call, Checked, Content, Resource, Wire, rfc2822
from offhook.web.dates import day_or_time, period
from offhook.web.errors import unauthorized

TYPES: dict[Format, str] = {"wav": "audio/x-wav", "mp3": "audio/mpeg"}


class RecordingView(msgspec.Struct):
    """Twilio's Recording."""

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
    uri: str
    encryption_details: dict[str, str] | None
    subresource_uris: dict[str, str]
    media_url: str


def view(recording: Recording, call: Call) -> RecordingView:
    """The recording as its owner sees it."""
    return RecordingView(
        **common(recording),
        uri=f"{recording.path}.json",
        subresource_uris={
            "add_on_results": f"{recording.path}/AddOnResults.json",
            "transcriptions": f"{recording.path}/Transcriptions.json",
        },
        media_url=f"{call.origin or 'https://api.twilio.com'}{recording.path}",
    )


def common(recording: Recording) -> dict[str, Any]:
    """The fields that a recording has wherever it is shown: by itself, below its call, below its conference."""
    return {
        "account_sid": recording.account_sid,
        "api_version": "2010-04-01",
        "call_sid": recording.call_sid,
        "conference_sid": recording.conference_sid,
        "date_created": rfc2822(recording.date_created),
        "date_updated": rfc2822(recording.date_updated),
        "start_time": rfc2822(recording.date_created),
        "duration": None if recording.duration is None else str(recording.duration),
        "sid": recording.sid,
        "price": None,
        "price_unit": "USD",
        "status": recording.status,
        "channels": recording.channels,
        "source": recording.source,
        "error_code": recording.error_code,
        "encryption_details": None,
    }


recordings = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Recordings",
    API_2010,
    view,
    key="recordings",
    public_content=True,
)


@recordings.list
async def list_(
    voice: Voice,
    call: Call,
    *,
    page: PageRequest,
    call_sid: str | None = None,
    conference_sid: str | None = None,
    date_created: Annotated[str | None, Checked(day_or_time)] = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
    include_soft_deleted: bool = False,
) -> Page[Recording]:
    """List recordings, newest first. `DateCreated` is a day (UTC), or bounds with `<` and `>`, inclusive.

    What is deleted is gone here, so `IncludeSoftDeleted` adds nothing.
    """
    wanted = {"call_sid": call_sid, "conference_sid": conference_sid}
    made = period(date_created, date_created_before, date_created_after)
    equal = {name: value for name, value in wanted.items() if value}
    return await voice.records.page(call.account_sid, page, equal=equal, made=made)


@recordings.fetch
async def fetch(voice: Voice, call: Call, sid: str, *, include_soft_deleted: bool = False) -> Recording | None:
    """Fetch what is known of a recording."""
    return await voice.records.fetch(call.account_sid, sid)


@recordings.content
async def content(voice: Voice, call: Call, sid: str, *, requested_channels: int | None = None) -> Content | None:
    """Fetch the sound of a recording: `RequestedChannels` is 1 or 2."""
    if call.identity.anonymous and await voice.accounts.settings.media_auth(call.account_sid):
        raise unauthorized()
    name, _, extension = sid.partition(".")
    format = _format(extension)
    if format is None:
        return None
    channels = requested_channels if requested_channels in (1, 2) else None
    try:
        sound = await voice.sounding.of(call.account_sid, name, format, channels)
    except SoundError as problem:
        raise ApiError(20503, f"The recording cannot be heard: {problem}", 503) from problem
    return None if sound is None else Content(sound.path, TYPES[format])


@recordings.delete
async def delete(voice: Voice, call: Call, sid: str) -> bool:
    """Delete a recording."""
    return await voice.records.delete(call.account_sid, sid)


def _format(extension: str) -> Format | None:
    if extension in ("", "wav"):
        return "wav"
    return "mp3" if extension == "mp3" else None
