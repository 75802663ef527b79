"""What a voice document asks for: verbs, in order.

What cannot be understood is passed over with a warning, and the rest is carried out, as Twilio does. All verbs are
given, also those after one that ends the document (`<Redirect>`, `<Hangup>`, `<Reject>`, `<Leave>`): they are never
reached. URLs are given as written; `urls.resolve` makes them absolute.

Source: Twilio, "TwiML for Programmable Voice" and the page of each verb; the numbers of the warnings are from
Twilio's "Error and Warning Dictionary".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from . import ssml
from .attributes import Attributes
from .dialling import TONES, read_dial, recording_events
from .document import Document, Element, TwimlWarning
from .schema import MAX_WARNINGS, SCHEMA_WARNING, check
from .voice_schema import NOT_CARRIED_OUT, VOICE
from .voice_verbs import (
    ALL_KEYS,
    ApplicationNoun,
    Client,
    Conference,
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Input,
    Leave,
    MachineDetection,
    Noun,
    Number,
    Parameter,
    Pause,
    Play,
    Prompt,
    Queue,
    Record,
    Redirect,
    Reject,
    Say,
    Sip,
    Sms,
    Task,
    Trim,
    Unsupported,
    UnsupportedNoun,
    Verb,
)

__all__ = [
    "ApplicationNoun",
    "Client",
    "Conference",
    "Dial",
    "Enqueue",
    "Gather",
    "Hangup",
    "Leave",
    "MachineDetection",
    "Noun",
    "Number",
    "Parameter",
    "Pause",
    "Play",
    "Prompt",
    "Queue",
    "Record",
    "Redirect",
    "Reject",
    "Say",
    "Script",
    "Sip",
    "Sms",
    "Task",
    "Unsupported",
    "UnsupportedNoun",
    "Verb",
    "read",
]

MAX_SMS = 1600
MAX_TRANSCRIBED = 120
_LONGEST_RECORDING = 14_400
_MOST_SPOKEN = {"polly": 3000, "google": 5000}
_MOST_SPOKEN_BY_BASIC = 4096
_VOICE = re.compile(r"man|woman|alice|(Polly|Google|ElevenLabs|Amazon|Azure)\..+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Script:
    """What to do, in order, and what was passed over, in the order of the document."""

    verbs: tuple[Verb, ...] = ()
    warnings: tuple[TwimlWarning, ...] = ()


def read(document: Document) -> Script:
    """Read a document as what to do on a call; a plain text is spoken, and the call ends.

    Never raises. Warnings are 12200 for what the schema does not know, and Twilio's number where it has one for the
    element, the attribute or the value; at most 20.
    """
    if document.root is None:
        text = document.text or ""
        spoken = Element("Response", content=[Element("Say", content=[text]), Element("Hangup")])
        return _script(spoken) if text.strip() else Script()
    return _script(document.root)


def _script(root: Element) -> Script:
    place = Attributes(root, list(check(root, VOICE)))
    known = [child for child in root.children if child.name in VOICE["Response"].children]
    verbs = [verb for child in known if (verb := _verb(place.of(child))) is not None]
    warnings = sorted(place.warnings, key=lambda warning: warning.line)
    return Script(tuple(verbs), tuple(warnings[:MAX_WARNINGS]))


def _verb(verb: Attributes) -> Verb | None:
    """Read one verb; None where it cannot be carried out, which is warned of."""
    if verb.element.name in NOT_CARRIED_OUT:
        return Unsupported(verb.element.name, verb.element.line)
    return _READERS[verb.element.name](verb)


# Sounds


def _say(verb: Attributes, voice_code: int = 13511, loop_code: int = 13510) -> Say | None:
    plain = ssml.plain(verb.element)
    voice = _named(verb, "voice", _VOICE, voice_code)
    most = _MOST_SPOKEN.get(voice.partition(".")[0].lower(), _MOST_SPOKEN_BY_BASIC)
    if not plain:
        verb.warn(13520, "'Say' has no text")
        return None
    if len(plain) > most:
        verb.warn(13521, f"'Say' has {len(plain)} characters, more than {most}")
        return None
    marked_up = ssml.is_marked_up(verb.element)
    return Say(
        text=ssml.marked_up(verb.element) if marked_up else plain,
        plain=plain,
        ssml=marked_up,
        voice=voice,
        language=_named(verb, "language", _LANGUAGE, 13512),
        loop=verb.number("loop", 1, 0, code=loop_code),
        line=verb.element.line,
    )


def _play(verb: Attributes) -> Play | None:
    url, digits = verb.element.text, verb.keys("digits", "", TONES, 13430)
    if not url and not digits:
        if not verb.text("digits"):
            verb.warn(SCHEMA_WARNING, "'Play' has neither a URL nor digits")
        return None
    return Play(url, digits, loop=verb.number("loop", 1, 0, code=13410), line=verb.element.line)


def _pause(verb: Attributes) -> Pause:
    return Pause(verb.number("length", 1, 1, code=13910), verb.element.line)


def _named(verb: Attributes, name: str, pattern: re.Pattern[str], code: int, default: str = "") -> str:
    """A voice or a language: not looked up in a list, as there are always new ones."""
    value = verb.text(name)
    if value is None or pattern.fullmatch(value):
        return value or default
    verb.warn(code, f"'{value[:100]}' is not a {name}")
    return default


# Asking the caller


def _gather(verb: Attributes) -> Gather:
    return Gather(
        input=_input(verb),
        action=verb.url("action"),
        method=verb.method(code=13312),
        timeout=verb.number("timeout", 5, 1, code=13313),
        speech_timeout=_speech_timeout(verb),
        max_speech_time=verb.number("maxSpeechTime", 60, 1, code=13328),
        finish_on_key=verb.keys("finishOnKey", "#", ALL_KEYS, 13310),
        num_digits=verb.number("numDigits", None, 1, code=13314),
        hints=verb.text("hints") or "",
        language=_named(verb, "language", _LANGUAGE, 13331, "en-US"),
        action_on_empty_result=verb.flag("actionOnEmptyResult", False, 13338),
        partial_callback=verb.text("partialResultCallback"),
        partial_method=verb.method("partialResultCallbackMethod", 13329),
        barge_in=verb.flag("bargeIn", True, 13332),
        speech_model=verb.text("speechModel") or "",
        profanity_filter=verb.flag("profanityFilter", True, 13333),
        enhanced=verb.flag("enhanced", False),
        prompts=_prompts(verb),
        line=verb.element.line,
    )


def _input(verb: Attributes) -> frozenset[Input]:
    return frozenset(verb.choices("input", ("dtmf",), get_args(Input), 13326))


def _speech_timeout(verb: Attributes) -> int | Literal["auto"] | None:
    if (verb.text("speechTimeout") or "").lower() == "auto":
        return "auto"
    return verb.number("speechTimeout", None, 1, code=13327)


def _prompts(verb: Attributes) -> tuple[Prompt, ...]:
    read: list[Prompt | None] = []
    for child in verb.element.children:
        match child.name:
            case "Say":
                read.append(_say(verb.of(child), 13321, 13322))
            case "Play":
                read.append(_play(verb.of(child)))
            case "Pause":
                read.append(_pause(verb.of(child)))
    return tuple(prompt for prompt in read if prompt is not None)


def _record(verb: Attributes) -> Record:
    transcribe = verb.flag("transcribe", False, 13614)
    max_length = verb.number("maxLength", 3600, 1, _LONGEST_RECORDING, 13612)
    if transcribe and verb.text("maxLength") and max_length > MAX_TRANSCRIBED:
        verb.warn(13615, f"'maxLength' is {max_length}; what is longer than {MAX_TRANSCRIBED} s is not transcribed")
    return Record(
        action=verb.url("action"),
        method=verb.method(code=13610),
        timeout=verb.number("timeout", 5, 1, code=13611),
        finish_on_key=verb.keys("finishOnKey", ALL_KEYS, ALL_KEYS, 13613),
        max_length=max_length,
        play_beep=verb.flag("playBeep", True, 13616),
        trim=verb.choice("trim", "trim-silence", get_args(Trim), 13699),
        transcribe=transcribe,
        transcribe_callback=verb.url("transcribeCallback"),
        recording_status_callback=verb.url("recordingStatusCallback"),
        recording_status_callback_method=verb.method("recordingStatusCallbackMethod"),
        recording_status_callback_event=recording_events(verb),
        line=verb.element.line,
    )


# Going elsewhere


def _enqueue(verb: Attributes) -> Enqueue | None:
    name, workflow_sid = verb.element.text, verb.text("workflowSid")
    if not name and not workflow_sid:
        verb.warn(SCHEMA_WARNING, "'Enqueue' names no queue")
        return None
    return Enqueue(
        name,
        action=verb.url("action"),
        method=verb.method(),
        wait_url=verb.url("waitUrl"),
        wait_method=verb.method("waitUrlMethod"),
        max_queue_size=verb.number("maxQueueSize", None, 1),
        workflow_sid=workflow_sid,
        task=next((_task(verb.of(child)) for child in verb.element.children if child.name == "Task"), None),
        line=verb.element.line,
    )


def _task(noun: Attributes) -> Task:
    return Task(
        noun.element.text,
        priority=noun.number("priority", None, 0),
        timeout=noun.number("timeout", None, 1),
    )


def _leave(verb: Attributes) -> Leave:
    return Leave(verb.element.line)


def _redirect(verb: Attributes) -> Redirect:
    return Redirect(verb.element.text, verb.method(code=13710), verb.element.line)


def _hangup(verb: Attributes) -> Hangup:
    return Hangup(verb.element.line)


def _reject(verb: Attributes) -> Reject:
    return Reject(verb.choice("reason", "rejected", ("rejected", "busy"), 13810), verb.element.line)


def _sms(verb: Attributes) -> Sms | None:
    body = verb.element.text
    if not 0 < len(body) <= MAX_SMS:
        verb.warn(14103, f"'Sms' has 1 to {MAX_SMS} characters of text, not {len(body)}")
        return None
    return Sms(
        body,
        to=verb.text("to"),
        from_=verb.text("from"),
        action=verb.url("action"),
        method=verb.method(code=14104),
        status_callback=verb.text("statusCallback"),
        line=verb.element.line,
    )


_READERS: dict[str, Callable[[Attributes], Verb | None]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Record": _record,
    "Dial": read_dial,
    "Enqueue": _enqueue,
    "Leave": _leave,
    "Redirect": _redirect,
    "Hangup": _hangup,
    "Reject": _reject,
    "Sms": _sms,
}
