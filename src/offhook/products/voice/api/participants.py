"""/2010-04-01/Accounts/{account_sid}/Conferences/{conference_sid}/Participants: calls in a conference.

A participant is named by its call or by its label. To invite somebody the conference may be named as it is called,
too. https://www.twilio.com/docs/voice/api/conference-participant-resource

On the simulated network `EarlyMedia`, `JitterBufferSize`, `CallReason` and the thresholds of `MachineDetection` change
nothing. Who is invited comes in without waiting for what is detected; `AmdStatusCallback` hears of it.
"""

from dataclasses import replace
from typing import Annotated, Literal

import msgspec

from offhook.carriers.calls import Track
from offhook.products.voice import errors
from offhook.products.voice.api.calls import Event, Method, callback_url, document_url, in_range
from offhook.products.voice.calls import Instructions, Wishes
from offhook.products.voice.conference import Kind
from offhook.products.voice.conferences import Shown, invitation
from offhook.products.voice.interpreter.effects import Page as Document
from offhook.products.voice.meeting import Change
from offhook.products.voice.recording import Order
from offhook.products.voice.service import Voice
from offhook.protocols.twiml.voice import Conference
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Missing, Resource, invalid_parameter, rfc2822

Callback = Annotated[str | None, Checked(callback_url)]
DocumentUrl = Annotated[str | None, Checked(document_url)]
Trim = Literal["trim-silence", "do-not-trim"]
RecordingEvent = Literal["in-progress", "completed", "absent"]
ConferenceRecord = Literal["true", "false", "record-from-start", "do-not-record"]
DEFAULT_KINDS: tuple[Kind, ...] = ("start", "end")
LONGEST_RINGING, SHORTEST_RINGING = 600, 5  # seconds
FEWEST, MOST = 2, 250  # participants


class ParticipantView(msgspec.Struct):
    """Twilio's Participant; `queue_time` in milliseconds."""

    account_sid: str
    call_sid: str
    label: str | None
    call_sid_to_coach: str | None
    coaching: bool
    conference_sid: str
    date_created: str | None
    date_updated: str | None
    end_conference_on_exit: bool
    muted: bool
    hold: bool
    start_conference_on_enter: bool
    status: str
    queue_time: str | None
    uri: str


def view(shown: Shown, _call: Call) -> ParticipantView:
    """The participant as the conference's owner sees it."""
    participant = shown.participant
    conference = f"/2010-04-01/Accounts/{participant.account_sid}/Conferences/{participant.conference_sid}"
    return ParticipantView(
        account_sid=participant.account_sid,
        call_sid=participant.call_sid,
        label=participant.label,
        call_sid_to_coach=participant.call_sid_to_coach,
        coaching=participant.coaching,
        conference_sid=participant.conference_sid,
        date_created=rfc2822(participant.date_created),
        date_updated=rfc2822(participant.date_updated),
        end_conference_on_exit=participant.end_conference_on_exit,
        muted=participant.muted,
        hold=participant.hold,
        start_conference_on_enter=participant.start_conference_on_enter,
        status=shown.status,
        queue_time="0" if shown.status == "queued" else None,
        uri=f"{conference}/Participants/{participant.call_sid}.json",
    )


participants = Resource(
    "api",
    "/2010-04-01/Accounts/{account_sid}/Conferences/{conference_sid}/Participants",
    API_2010,
    view,
    key="participants",
)


@participants.create
async def create(
    voice: Voice,
    call: Call,
    conference_sid: str,
    *,
    from_: Annotated[str, Missing(*errors.FROM_REQUIRED)],
    to: Annotated[str, Missing(*errors.TO_REQUIRED)],
    status_callback: Callback = None,
    status_callback_method: Method = "POST",
    status_callback_event: list[Event] = [],  # noqa: B006 - never changed
    label: str | None = None,
    timeout: int = 60,  # noqa: ASYNC109 - Twilio's name, of a call
    record: bool = False,
    muted: bool = False,
    beep: Literal["true", "false", "onEnter", "onExit"] = "true",
    start_conference_on_enter: bool = True,
    end_conference_on_exit: bool = False,
    wait_url: DocumentUrl = None,
    wait_method: Method = "POST",
    early_media: bool = True,
    max_participants: int = MOST,
    conference_record: ConferenceRecord = "false",
    conference_trim: Trim = "trim-silence",
    conference_status_callback: Callback = None,
    conference_status_callback_method: Method = "POST",
    conference_status_callback_event: list[Kind] = [],  # noqa: B006 - never changed
    recording_channels: Literal["mono", "dual"] = "mono",
    recording_status_callback: Callback = None,
    recording_status_callback_method: Method = "POST",
    recording_status_callback_event: list[RecordingEvent] = [],  # noqa: B006 - never changed
    recording_track: Track = "both",
    conference_recording_status_callback: Callback = None,
    conference_recording_status_callback_method: Method = "POST",
    conference_recording_status_callback_event: list[RecordingEvent] = [],  # noqa: B006 - never changed
    region: Literal["us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1"] | None = None,
    coaching: bool | None = None,
    call_sid_to_coach: str | None = None,
    jitter_buffer_size: Literal["off", "small", "medium", "large"] = "large",
    caller_id: str | None = None,
    call_reason: str | None = None,
    time_limit: int | None = None,
    machine_detection: Literal["Enable", "DetectMessageEnd"] | None = None,
    machine_detection_timeout: int = 30,
    machine_detection_speech_threshold: int | None = None,
    machine_detection_speech_end_threshold: int | None = None,
    machine_detection_silence_timeout: int | None = None,
    amd_status_callback: Callback = None,
    amd_status_callback_method: Method = "POST",
    trim: Trim = "do-not-trim",
) -> Shown | None:
    """Call somebody, who takes part in the conference after answering. The conference is made if it is not there."""
    noun = Conference(
        name="",
        muted=muted,
        start_on_enter=start_conference_on_enter,
        end_on_exit=end_conference_on_exit,
        beep=beep,
        wait_url=wait_url,
        wait_method=wait_method,
        max_participants=in_range("MaxParticipants", max_participants, FEWEST, MOST),
        record="record-from-start" if conference_record in ("true", "record-from-start") else "do-not-record",
        trim=conference_trim,
        coach=_coached(coaching, call_sid_to_coach),
        participant_label=label or None,
        region=region,
        status_callback=conference_status_callback or None,
        status_callback_method=conference_status_callback_method,
        status_callback_event=tuple(conference_status_callback_event) or DEFAULT_KINDS,
        recording_status_callback=conference_recording_status_callback or None,
        recording_status_callback_method=conference_recording_status_callback_method,
        recording_status_callback_event=tuple(conference_recording_status_callback_event) or ("completed",),
    )
    told = recording_status_callback or None, recording_status_callback_method, tuple(recording_status_callback_event)
    order = _order(recording_track, recording_channels, trim, told) if record else None
    wishes = Wishes(
        status_callback=status_callback or None,
        status_callback_method=status_callback_method,
        events=tuple(status_callback_event) or ("completed",),
        timeout=in_range("Timeout", timeout, SHORTEST_RINGING, LONGEST_RINGING),
        time_limit=time_limit,
        caller_id=caller_id,
        detection=machine_detection,
        detection_timeout=in_range("MachineDetectionTimeout", machine_detection_timeout, 3, 59),
        asynchronous=True,
        detection_callback=amd_status_callback or None,
        detection_callback_method=amd_status_callback_method,
        recording=order,
    )
    return await _invite(voice, call, conference_sid, from_, to, noun, wishes)


@participants.fetch
async def fetch(voice: Voice, call: Call, conference_sid: str, call_sid: str) -> Shown | None:
    """Fetch a participant."""
    call.resource_sid = call_sid
    return await voice.conferences.participant(call.account_sid, conference_sid, call_sid)


@participants.list
async def list_(
    voice: Voice,
    call: Call,
    conference_sid: str,
    *,
    page: PageRequest,
    muted: bool | None = None,
    hold: bool | None = None,
    coaching: bool | None = None,
) -> Page[Shown] | None:
    """List those who take part in a conference or are on the way there, newest first."""
    wanted = {"muted": muted, "hold": hold, "coaching": coaching}
    given = {name: value for name, value in wanted.items() if value is not None}
    return await voice.conferences.participants(call.account_sid, conference_sid, page, given)


@participants.update
async def update(
    voice: Voice,
    call: Call,
    conference_sid: str,
    call_sid: str,
    *,
    muted: bool | None = None,
    hold: bool | None = None,
    hold_url: DocumentUrl = None,
    hold_method: Method = "GET",
    announce_url: DocumentUrl = None,
    announce_method: Method = "POST",
    wait_url: DocumentUrl = None,
    wait_method: Method = "POST",
    beep_on_exit: bool | None = None,
    end_conference_on_exit: bool | None = None,
    coaching: bool | None = None,
    call_sid_to_coach: str | None = None,
) -> Shown | None:
    """Mute or hold a participant, let it hear something, or change whom it coaches and what its leaving does.

    An empty `HoldUrl` or `WaitUrl` is silence; without `HoldUrl` who is held hears music.
    """
    call.resource_sid = call_sid
    if await voice.conferences.participant(call.account_sid, conference_sid, call_sid) is None:
        return None
    change = Change(
        muted=muted,
        hold=hold,
        music=None if hold_url is None else Document(hold_url, hold_method),
        wait=None if wait_url is None else Document(wait_url, wait_method),
        beep_on_exit=beep_on_exit,
        end_conference_on_exit=end_conference_on_exit,
        call_sid_to_coach="" if coaching is False else _coached(coaching, call_sid_to_coach),
    )
    await voice.conferences.change(call.account_sid, conference_sid, call_sid, change)
    if announce_url:
        announced = Document(announce_url, announce_method)
        voice.conferences.announce_to(call.account_sid, conference_sid, call_sid, announced)
    return await voice.conferences.participant(call.account_sid, conference_sid, call_sid)


@participants.delete
async def delete(voice: Voice, call: Call, conference_sid: str, call_sid: str) -> bool:
    """Put a participant out of the conference; its call goes on behind `<Dial>`."""
    call.resource_sid = call_sid
    return await voice.conferences.kick(call.account_sid, conference_sid, call_sid)


async def _invite(
    voice: Voice, call: Call, name: str, from_: str, to: str, noun: Conference, wishes: Wishes
) -> Shown | None:
    found = voice.conferences.name_of(call.account_sid, name, noun.participant_label)
    if found is None:
        return None
    noun = replace(noun, name=found)
    said = Instructions(twiml=invitation(noun))
    made = await voice.calls.create(call.unit, call.account_sid, to=to, from_=from_, instructions=said, wishes=wishes)
    call.resource_sid = made.sid
    return await voice.conferences.invite(call.unit, made, noun)


def _coached(coaching: bool | None, call_sid: str | None) -> str | None:
    """Whom somebody coaches. Raises ApiError 20001 where it should be said and is not."""
    if coaching and not call_sid:
        raise invalid_parameter("CallSidToCoach", "with 'Coaching' it is required")
    return None if coaching is False else call_sid or None


def _order(
    track: Track, channels: Literal["mono", "dual"], trim: Trim, told: tuple[str | None, Method, tuple[str, ...]]
) -> Order:
    url, method, kinds = told
    return Order(
        "OutboundAPI",
        track=track,
        channels=2 if channels == "dual" else 1,
        trims=trim == "trim-silence",
        status_callback=url,
        status_callback_method=method,
        events=kinds or ("completed",),
    )
