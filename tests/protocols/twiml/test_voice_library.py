"""What Twilio's own library writes is read without warnings; no document at all is too much for the reader."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

from offhook.protocols.twiml import TwimlError, parse
from offhook.protocols.twiml.schema import MAX_WARNINGS
from offhook.protocols.twiml.voice import Script, Unsupported, read
from offhook.protocols.twiml.voice_schema import VOICE

VALUES: dict[str, Any] = {
    "action_on_empty_result": True,
    "answer_on_bridge": False,
    "barge_in": True,
    "beep": "onEnter",
    "copy_parent_to": True,
    "digits": "1w2",
    "end_conference_on_exit": True,
    "enhanced": True,
    "finish_on_key": "#*",
    "hangup_on_star": True,
    "input": "dtmf speech",
    "language": "en-US",
    "length": 2,
    "loop": 2,
    "machine_detection": "Enable",
    "machine_detection_silence_timeout": 5000,
    "machine_detection_speech_end_threshold": 1200,
    "machine_detection_speech_threshold": 2400,
    "machine_detection_timeout": 30,
    "max_length": 60,
    "max_participants": 5,
    "max_queue_size": 5,
    "max_speech_time": 30,
    "muted": True,
    "num_digits": 4,
    "phone_number": "+12012005555",
    "play_beep": True,
    "priority": 1,
    "profanity_filter": True,
    "reason": "busy",
    "record": "true",
    "recording_status_callback_event": "completed",
    "recording_track": "both",
    "ring_tone": "us",
    "send_digits": "12",
    "sequential": True,
    "sip_url": "sip:ann@example.com",
    "speech_timeout": "auto",
    "start_conference_on_enter": True,
    "time_limit": 60,
    "timeout": 5,
    "transcribe": True,
    "trim": "trim-silence",
    "voice": "Polly.Joanna",
}
EVENTS = {"number": "ringing", "client": "ringing", "sip": "ringing", "application": "ringing", "conference": "join"}


def builders(element: TwiML) -> Iterator[tuple[str, Any]]:
    """The methods of the library that put another element into this one."""
    own = {name for name, _ in inspect.getmembers(TwiML)}
    for name, method in inspect.getmembers(element, inspect.ismethod):
        if name not in own and not name.startswith("_"):
            yield name, method


def arguments(builder: str, method: Any) -> dict[str, Any]:
    """A value for every parameter of a builder."""
    names = [one for one in inspect.signature(method).parameters if one != "kwargs"]
    values = {name: VALUES.get(name, "x") for name in names}
    if "method" in values:
        values |= {name: "GET" for name in values if name.endswith("method")}
    values |= {name: "POST" for name in values if name.endswith("_method")}
    if "status_callback_event" in values:
        values["status_callback_event"] = EVENTS.get(builder, "x")
    if builder == "dial":
        del values["number"]  # text beside nouns is not dialled
    return values


def fill(element: TwiML, depth: int = 0) -> None:
    """Put everything into an element that the library can put there, with every attribute."""
    for name, method in builders(element):
        child = method(**arguments(name, method))
        if depth < 2:
            fill(child, depth + 1)


def script(response: TwiML) -> Script:
    return read(parse(str(response).encode(), "text/xml"))


VERBS = [name for name, _ in builders(VoiceResponse())]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_with_everything_that_twilios_library_can_write_has_no_warnings(verb: str):
    response = VoiceResponse()
    method = getattr(response, verb)
    fill(method(**arguments(verb, method)))
    found = script(response)
    assert found.warnings == ()
    assert len(found.verbs) == 1


def test_verbs_that_are_not_carried_out_are_told_apart():
    response = VoiceResponse()
    fill(response)
    found = [verb.name for verb in script(response).verbs if isinstance(verb, Unsupported)]
    assert sorted(found) == ["Connect", "Echo", "Pay", "Prompt", "Queue", "Refer", "Start", "Stop"]


def test_the_schema_knows_the_attributes_that_the_library_writes_and_no_other():
    response = VoiceResponse()
    fill(response)
    written = set(re.findall(r' ([\w:-]+)="', response.to_xml(xml_declaration=False)))
    assert written == {name for rule in VOICE.values() for name in rule.attributes}


def test_the_schema_leads_nowhere_that_there_is_not():
    assert {inner for rule in VOICE.values() for inner in rule.children.values()} <= VOICE.keys()


TAGS = st.sampled_from(sorted({tag for rule in VOICE.values() for tag in rule.children} | {"Response", "say", "x:y"}))
NAMES = st.sampled_from(sorted({name for rule in VOICE.values() for name in rule.attributes} | {"colour"}))
WORDS = st.sampled_from(
    ["", " ", "0", "1", "-1", "99999999999999999999", "²", "true", "GET", "sip:a@b", "dtmf speech", "&lt;&#10;", "/url"]
)


def tag(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(tag, TAGS, st.dictionaries(NAMES, WORDS, max_size=5), st.lists(inner, max_size=4)),
    max_leaves=30,
)


@given(st.lists(TREES, max_size=5))
def test_any_document_that_parses_can_be_read(trees: list[str]):
    try:
        document = parse(f"<Response>{''.join(trees)}</Response>".encode(), "text/xml")
    except TwimlError as error:
        pytest.fail(f"well-formed, but refused: {error}")
    found = read(document)
    assert len(found.warnings) <= MAX_WARNINGS
    assert all(verb.line == 1 for verb in found.verbs)
