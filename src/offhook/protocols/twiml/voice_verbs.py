"""What a voice document can ask for: one class for each verb and for each noun of `<Dial>`.

The values are those that hold, Twilio's defaults filled in. Durations are whole seconds. URLs are as written, None
where there is none; an empty one means this document again, except `wait_url`, where it means silence. `line` says
where the element stands, and two steps that differ only there are equal.

Source: Twilio, "TwiML for Programmable Voice" and the page of each verb.
"""

from dataclasses import dataclass, field
from typing import Literal

Method = Literal["GET", "POST"]
Input = Literal["dtmf", "speech"]
Trim = Literal["trim-silence", "do-not-trim"]
Track = Literal["inbound", "outbound", "both"]
CallEvent = Literal["initiated", "ringing", "answered", "completed"]
RecordingEvent = Literal["in-progress", "completed", "absent"]
ConferenceEvent = Literal["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"]
Beep = Literal["true", "false", "onEnter", "onExit"]
DialRecord = Literal[
    "do-not-record",
    "record-from-answer",
    "record-from-ringing",
    "record-from-answer-dual",
    "record-from-ringing-dual",
]
ConferenceRecord = Literal["do-not-record", "record-from-start"]
Detection = Literal["Enable", "DetectMessageEnd"]

ALL_KEYS = "1234567890*#"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name and a value for the other side: custom parameters of a client, headers of SIP."""

    name: str
    value: str


# Sounds: verbs that may also stand in <Gather>


@dataclass(frozen=True, slots=True)
class Say:
    """Words to speak, `loop` times; 0 is without end, which Twilio ends after 1,000 times.

    `text` is plain, or SSML in `<speak>` when `ssml` is true; `plain` is what is heard, as words, in both cases.
    """

    text: str
    plain: str = ""
    ssml: bool = False
    voice: str = ""
    language: str = ""
    loop: int = 1
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Play:
    """A sound file to play, or keys to press (`w` and `W` are half a second and a second of silence)."""

    url: str = ""
    digits: str = ""
    loop: int = 1
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence."""

    length: int = 1
    line: int = field(default=0, compare=False)


Prompt = Say | Play | Pause


# Asking the caller


@dataclass(frozen=True, slots=True)
class Gather:
    """Keys or speech from the caller, while prompts are heard. Without `speech_timeout`, `timeout` holds for both."""

    input: frozenset[Input] = frozenset({"dtmf"})
    action: str | None = None
    method: Method = "POST"
    timeout: int = 5
    speech_timeout: int | Literal["auto"] | None = None
    max_speech_time: int = 60
    finish_on_key: str = "#"
    num_digits: int | None = None
    hints: str = ""
    language: str = "en-US"
    action_on_empty_result: bool = False
    partial_callback: str | None = None
    partial_method: Method = "POST"
    barge_in: bool = True
    speech_model: str = ""
    profanity_filter: bool = True
    enhanced: bool = False
    prompts: tuple[Prompt, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """The caller's voice to a file, until silence (`timeout`), a key of `finish_on_key`, or `max_length`."""

    action: str | None = None
    method: Method = "POST"
    timeout: int = 5
    finish_on_key: str = ALL_KEYS
    max_length: int = 3600
    play_beep: bool = True
    trim: Trim = "trim-silence"
    transcribe: bool = False
    transcribe_callback: str | None = None
    recording_status_callback: str | None = None
    recording_status_callback_method: Method = "POST"
    recording_status_callback_event: tuple[RecordingEvent, ...] = ("completed",)
    line: int = field(default=0, compare=False)


# Nouns of <Dial>


@dataclass(frozen=True, slots=True)
class MachineDetection:
    """Finding out who answers. `timeout` is in seconds, the others, as with Twilio, in milliseconds."""

    mode: Detection = "Enable"
    timeout: int = 30
    speech_threshold: int = 2400
    speech_end_threshold: int = 1200
    silence_timeout: int = 5000
    callback: str | None = None
    callback_method: Method = "POST"


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number, as written. `url` is a document that is carried out for the called party before the bridge."""

    number: str
    url: str | None = None
    method: Method = "POST"
    send_digits: str = ""
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_event: tuple[CallEvent, ...] = ("completed",)
    machine_detection: MachineDetection | None = None
    byoc: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Client:
    """A program that is registered under a name, with parameters for it."""

    identity: str
    parameters: tuple[Parameter, ...] = ()
    url: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_event: tuple[CallEvent, ...] = ("completed",)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sip:
    """A SIP URI (`sip:` or `sips:`), with credentials for who asks for them and headers to add."""

    uri: str
    username: str | None = None
    password: str | None = None
    headers: tuple[Parameter, ...] = ()
    url: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_event: tuple[CallEvent, ...] = ("completed",)
    machine_detection: MachineDetection | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference by name. `wait_url` None is Twilio's music, an empty one silence. `coach` is the SID of a call."""

    name: str
    muted: bool = False
    start_on_enter: bool = True
    end_on_exit: bool = False
    beep: Beep = "true"
    wait_url: str | None = None
    wait_method: Method = "POST"
    max_participants: int = 250
    record: ConferenceRecord = "do-not-record"
    trim: Trim = "trim-silence"
    coach: str | None = None
    participant_label: str | None = None
    region: str | None = None
    jitter_buffer_size: str | None = None
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_event: tuple[ConferenceEvent, ...] = ()
    recording_status_callback: str | None = None
    recording_status_callback_method: Method = "POST"
    recording_status_callback_event: tuple[RecordingEvent, ...] = ("completed",)
    event_callback_url: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Queue:
    """The first who waits in a queue. `url` is a document for that caller before the bridge."""

    name: str
    url: str | None = None
    method: Method = "POST"
    reservation_sid: str | None = None
    post_work_activity_sid: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ApplicationNoun:
    """Another of the account's applications, whose webhook answers the call."""

    sid: str
    parameters: tuple[Parameter, ...] = ()
    copy_parent_to: bool = False
    customer_id: str | None = None
    url: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    status_callback_method: Method = "POST"
    status_callback_event: tuple[CallEvent, ...] = ("completed",)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class UnsupportedNoun:
    """A noun that Twilio has and Offhook has not."""

    name: str
    line: int = field(default=0, compare=False)


Noun = Number | Client | Sip | Conference | Queue | ApplicationNoun | UnsupportedNoun


# Verbs that connect, send and end


@dataclass(frozen=True, slots=True)
class Dial:
    """Somebody else to connect the caller to; without nouns it fails at once."""

    nouns: tuple[Noun, ...] = ()
    action: str | None = None
    method: Method = "POST"
    timeout: int = 30
    time_limit: int = 14_400
    hangup_on_star: bool = False
    caller_id: str | None = None
    record: DialRecord = "do-not-record"
    trim: Trim = "do-not-trim"
    recording_track: Track = "both"
    recording_status_callback: str | None = None
    recording_status_callback_method: Method = "POST"
    recording_status_callback_event: tuple[RecordingEvent, ...] = ("completed",)
    answer_on_bridge: bool = False
    ring_tone: str | None = None
    sequential: bool = False
    refer_url: str | None = None
    refer_method: Method = "POST"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Task:
    """What a workflow is given about a caller: JSON, and perhaps a priority and a timeout."""

    attributes: str
    priority: int | None = None
    timeout: int | None = None


@dataclass(frozen=True, slots=True)
class Enqueue:
    """A queue to wait in. `wait_url` None is Twilio's music, an empty one silence; `max_queue_size` None is the
    queue's own.
    """

    name: str = ""
    action: str | None = None
    method: Method = "POST"
    wait_url: str | None = None
    wait_method: Method = "POST"
    max_queue_size: int | None = None
    workflow_sid: str | None = None
    task: Task | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the queue; the document that put the caller there goes on."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document; an empty URL is this one again."""

    url: str
    method: Method = "POST"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not take the call: the caller hears that the number is not in service, or that it is busy."""

    reason: Literal["rejected", "busy"] = "rejected"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sms:
    """A text to send; `to` None is the caller, `from_` None the number that was called."""

    body: str
    to: str | None = None
    from_: str | None = None
    action: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A verb that Twilio has and Offhook has not."""

    name: str
    line: int = field(default=0, compare=False)


Verb = Say | Play | Pause | Gather | Record | Dial | Enqueue | Leave | Redirect | Hangup | Reject | Sms | Unsupported
