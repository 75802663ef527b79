"""/2010-04-01/Accounts/{account_sid}/Transcriptions, and those of one recording: the words that were said.

https://www.twilio.com/docs/voice/api/recording-transcription
"""

import msgspec

from offhook.products.voice.recording import Transcription
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource, rfc2822


class TranscriptionView(msgspec.Struct):
    """Twilio's Transcription; `duration` in seconds."""

    account_sid: str
    api_version: str
    date_created: str | None
    date_updated: str | None
    duration: str
    price: float | None
    price_unit: str
    recording_sid: str
    sid: str
    status: str
    transcription_text: str
    type: str
    uri: str


def view(words: Transcription, _call: Call) -> TranscriptionView:
    """The transcription as its owner sees it."""
    return TranscriptionView(
        account_sid=words.account_sid,
        api_version="2010-04-01",
        date_created=rfc2822(words.date_created),
        date_updated=rfc2822(words.date_updated),
        duration=str(words.duration),
        price=None,
        price_unit="USD",
        recording_sid=words.recording_sid,
        sid=words.sid,
        status=words.status,
        transcription_text=words.text,
        type="fast",
        uri=f"{words.path}.json",
    )


transcriptions = Resource(
    "api", "/2010-04-01/Accounts/{account_sid}/Transcriptions", API_2010, view, key="transcriptions"
)
of_recording = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Recordings/{recording_sid}/Transcriptions",
    API_2010,
    view,
    key="transcriptions",
)


@transcriptions.list
async def list_(voice: Voice, call: Call, *, page: PageRequest) -> Page[Transcription]:
    """List transcriptions, newest first."""
    return await voice.records.texts(call.account_sid, page)


@transcriptions.fetch
async def fetch(voice: Voice, call: Call, sid: str) -> Transcription | None:
    """Fetch a transcription."""
    return await voice.records.text(call.account_sid, sid)


@transcriptions.delete
async def delete(voice: Voice, call: Call, sid: str) -> bool:
    """Delete a transcription."""
    return await voice.records.delete_text(call.account_sid, sid)


@of_recording.list
async def list_of_recording(
    voice: Voice, call: Call, recording_sid: str, *, page: PageRequest
) -> Page[Transcription] | None:
    """List the transcriptions of a recording."""
    if await voice.records.fetch(call.account_sid, recording_sid) is None:
        return None
    return await voice.records.texts(call.account_sid, page, recording_sid)


@of_recording.fetch
async def fetch_of_recording(voice: Voice, call: Call, recording_sid: str, sid: str) -> Transcription | None:
    """Fetch a transcription of a recording."""
    words = await voice.records.text(call.account_sid, sid)
    return words if words is not None and words.recording_sid == recording_sid else None


@of_recording.delete
async def delete_of_recording(voice: Voice, call: Call, recording_sid: str, sid: str) -> bool:
    """Delete a transcription of a recording."""
    words = await voice.records.text(call.account_sid, sid)
    if words is None or words.recording_sid != recording_sid:
        return False
    return await voice.records.delete_text(call.account_sid, sid)
