"""`<Dial>` and its nouns: whom to connect a caller to.

Source: Twilio, "TwiML Voice: <Dial>" and the pages of its nouns; the numbers of the warnings are from Twilio's
"Error and Warning Dictionary".
"""

from collections.abc import Callable, Iterator
from typing import Literal, get_args

from .attributes import Attributes
from .document import Element
from .voice_schema import VOICE
from .voice_verbs import (
    ApplicationNoun,
    Beep,
    CallEvent,
    Client,
    Conference,
    ConferenceEvent,
    ConferenceRecord,
    Detection,
    Dial,
    DialRecord,
    MachineDetection,
    Noun,
    Number,
    Parameter,
    Queue,
    RecordingEvent,
    Sip,
    Track,
    Trim,
    UnsupportedNoun,
)

TONES = "0123456789ABCD*#wW"
MOST_IN_CALLER_ID = 255
MOST_IN_NAME = 128
MOST_IN_CONFERENCE = 250
_DAY = 86_400
_RING_TONES = (
    "automatic at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th "
    "uk us us-old tw ve za"
)


def read_dial(verb: Attributes) -> Dial:
    """Read a `<Dial>`: text directly inside it is a phone number, if there are no nouns."""
    return Dial(
        nouns=_nouns(verb),
        action=verb.url("action"),
        method=verb.method(code=13210),
        timeout=verb.number("timeout", 30, 1, 600, 13212),
        time_limit=verb.number("timeLimit", 14_400, 1, _DAY, 13216),
        hangup_on_star=verb.flag("hangupOnStar", False, 13213),
        caller_id=_caller_id(verb),
        record=_record(verb),
        trim=verb.choice("trim", "do-not-trim", get_args(Trim)),
        recording_track=verb.choice("recordingTrack", "both", get_args(Track), 13622),
        recording_status_callback=verb.url("recordingStatusCallback"),
        recording_status_callback_method=verb.method("recordingStatusCallbackMethod"),
        recording_status_callback_event=recording_events(verb),
        answer_on_bridge=verb.flag("answerOnBridge", False, 13219),
        ring_tone=_ring_tone(verb),
        sequential=verb.flag("sequential", False, 13218),
        refer_url=verb.url("referUrl"),
        refer_method=verb.method("referMethod"),
        line=verb.element.line,
    )


def recording_events(verb: Attributes) -> tuple[RecordingEvent, ...]:
    """Of which events of a recording to tell."""
    return verb.choices("recordingStatusCallbackEvent", ("completed",), get_args(RecordingEvent), 13621)


def _caller_id(verb: Attributes) -> str | None:
    caller_id = verb.text("callerId")
    if caller_id is not None and len(caller_id) > MOST_IN_CALLER_ID:
        verb.warn(13248, f"'callerId' has {len(caller_id)} characters, more than {MOST_IN_CALLER_ID}")
        return None
    return caller_id


def _record(verb: Attributes) -> DialRecord:
    """`true` and `false` are what there was before the long words."""
    match verb.text("record"):
        case "true":
            return "record-from-answer"
        case "false":
            return "do-not-record"
    return verb.choice("record", "do-not-record", get_args(DialRecord), 13217)


def _ring_tone(verb: Attributes) -> str | None:
    tone = verb.choice("ringTone", "automatic", _RING_TONES.split(), 13220)
    return None if tone == "automatic" else tone


def _nouns(verb: Attributes) -> tuple[Noun, ...]:
    known = [child for child in verb.element.children if child.name in VOICE["Dial"].children]
    if not known:
        return tuple(_numbers(verb))
    if verb.element.text:
        verb.warn(13215, "Text beside the nouns of 'Dial' is not dialled")
    return tuple(noun for child in known if (noun := _noun(verb.of(child))) is not None)


def _numbers(verb: Attributes) -> Iterator[Number]:
    if verb.element.text:
        number = _number(Attributes(Element("Number", {}, verb.element.line, [verb.element.text]), verb.warnings))
        yield from (number,) if number else ()
    else:
        verb.warn(13223, "'Dial' names nobody to call")


def _noun(noun: Attributes) -> Noun | None:
    """Read one noun; None where it cannot be dialled, which is warned of."""
    read = _READERS.get(noun.element.name)
    return read(noun) if read else UnsupportedNoun(noun.element.name, noun.element.line)


def _number(noun: Attributes) -> Number | None:
    number = noun.element.text
    if not any(character.isdigit() for character in number):
        noun.warn(13223, f"'{number[:100]}' is not a phone number")
        return None
    return Number(
        number,
        url=noun.url("url"),
        method=noun.method(code=13221),
        send_digits=noun.keys("sendDigits", "", TONES, 13222),
        status_callback=noun.url("statusCallback"),
        status_callback_method=noun.method("statusCallbackMethod"),
        status_callback_event=_call_events(noun),
        machine_detection=_detection(noun),
        byoc=noun.text("byoc"),
        line=noun.element.line,
    )


def _client(noun: Attributes) -> Client | None:
    identity = _text_or(noun, "Identity")
    if not identity:
        noun.warn(13223, "'Client' has no identity")
        return None
    return Client(
        identity,
        parameters=parameters(noun, noun.element),
        url=noun.url("url"),
        method=noun.method(),
        status_callback=noun.url("statusCallback"),
        status_callback_method=noun.method("statusCallbackMethod"),
        status_callback_event=_call_events(noun),
        line=noun.element.line,
    )


def _sip(noun: Attributes) -> Sip | None:
    inner = next((child for child in noun.element.children if child.name == "Uri"), None)
    place = noun.of(inner) if inner else noun
    uri = place.element.text
    if not uri.lower().startswith(("sip:", "sips:")) or not uri.partition(":")[2]:
        noun.warn(13243, f"'{uri[:100]}' is not a SIP URI")
        return None
    return Sip(
        uri,
        username=place.text("username") or noun.text("username"),
        password=place.text("password") or noun.text("password"),
        headers=tuple(
            header
            for child in noun.element.children
            if child.name == "Headers"
            for header in parameters(noun, child, "Header")
        ),
        url=noun.url("url"),
        method=noun.method(code=13241),
        status_callback=noun.url("statusCallback"),
        status_callback_method=noun.method("statusCallbackMethod"),
        status_callback_event=_call_events(noun),
        machine_detection=_detection(noun),
        line=noun.element.line,
    )


def _conference(noun: Attributes) -> Conference | None:
    name = noun.element.text
    if not 0 < len(name) <= MOST_IN_NAME:
        noun.warn(13237, f"The name of a conference has 1 to {MOST_IN_NAME} characters, not {len(name)}")
        return None
    return Conference(
        name,
        muted=noun.flag("muted", False, 13230),
        start_on_enter=noun.flag("startConferenceOnEnter", True, 13232),
        end_on_exit=noun.flag("endConferenceOnExit", False, 13231),
        beep=noun.choice("beep", "true", get_args(Beep), 13235),
        wait_url=noun.url("waitUrl"),
        wait_method=noun.method("waitMethod", 13234),
        max_participants=noun.number("maxParticipants", MOST_IN_CONFERENCE, 1, MOST_IN_CONFERENCE),
        record=_conference_record(noun),
        trim=noun.choice("trim", "trim-silence", get_args(Trim), 13239),
        coach=noun.text("coach"),
        participant_label=noun.text("participantLabel"),
        region=noun.text("region"),
        jitter_buffer_size=noun.text("jitterBufferSize"),
        status_callback=noun.url("statusCallback"),
        status_callback_method=noun.method("statusCallbackMethod"),
        status_callback_event=noun.choices("statusCallbackEvent", (), get_args(ConferenceEvent)),
        recording_status_callback=noun.url("recordingStatusCallback"),
        recording_status_callback_method=noun.method("recordingStatusCallbackMethod"),
        recording_status_callback_event=recording_events(noun),
        event_callback_url=noun.url("eventCallbackUrl"),
        line=noun.element.line,
    )


def _conference_record(noun: Attributes) -> ConferenceRecord:
    match noun.text("record"):
        case "true":
            return "record-from-start"
        case "false":
            return "do-not-record"
    return noun.choice("record", "do-not-record", get_args(ConferenceRecord))


def _queue(noun: Attributes) -> Queue | None:
    name, reservation_sid = noun.element.text, noun.text("reservationSid")
    if not name and not reservation_sid:
        noun.warn(13215, "'Queue' has no name")
        return None
    return Queue(
        name,
        url=noun.url("url"),
        method=noun.method(),
        reservation_sid=reservation_sid,
        post_work_activity_sid=noun.text("postWorkActivitySid"),
        line=noun.element.line,
    )


def _application(noun: Attributes) -> ApplicationNoun | None:
    sid = _text_or(noun, "ApplicationSid")
    if not sid:
        noun.warn(13215, "'Application' has no SID")
        return None
    return ApplicationNoun(
        sid,
        parameters=parameters(noun, noun.element),
        copy_parent_to=noun.flag("copyParentTo", False),
        customer_id=noun.text("customerId"),
        url=noun.url("url"),
        method=noun.method(),
        status_callback=noun.url("statusCallback"),
        status_callback_method=noun.method("statusCallbackMethod"),
        status_callback_event=_call_events(noun),
        line=noun.element.line,
    )


_READERS: dict[str, Callable[[Attributes], Noun | None]] = {
    "Number": _number,
    "Client": _client,
    "Sip": _sip,
    "Conference": _conference,
    "Queue": _queue,
    "Application": _application,
}


def parameters(place: Attributes, element: Element, name: str = "Parameter") -> tuple[Parameter, ...]:
    """The parameters inside an element; one without a name is none."""
    found = [place.of(child) for child in element.children if child.name == name]
    return tuple(Parameter(key, one.url("value") or "") for one in found if (key := one.text("name")))


def _call_events(noun: Attributes) -> tuple[CallEvent, ...]:
    return noun.choices("statusCallbackEvent", ("completed",), get_args(CallEvent))


def _detection(noun: Attributes) -> MachineDetection | None:
    """Twilio, "Answering Machine Detection": the ranges of what can be tuned."""
    if not noun.text("machineDetection"):
        return None
    values: tuple[Detection | Literal["none"], ...] = ("none", *get_args(Detection))
    mode = noun.choice("machineDetection", "none", values)
    if mode == "none":
        return None
    return MachineDetection(
        mode,
        timeout=noun.number("machineDetectionTimeout", 30, 3, 59),
        speech_threshold=noun.number("machineDetectionSpeechThreshold", 2400, 1000, 6000),
        speech_end_threshold=noun.number("machineDetectionSpeechEndThreshold", 1200, 500, 5000),
        silence_timeout=noun.number("machineDetectionSilenceTimeout", 5000, 2000, 10_000),
        callback=noun.url("amdStatusCallback"),
        callback_method=noun.method("amdStatusCallbackMethod"),
    )


def _text_or(noun: Attributes, inner: str) -> str:
    """The text of a noun, or that of the element inside it that may hold it instead."""
    held = (child.text for child in noun.element.children if child.name == inner)
    return next(held, "") or noun.element.text
