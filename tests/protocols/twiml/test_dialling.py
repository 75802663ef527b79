"""`<Dial>`: whom it calls and how, and what is passed over with which warning."""

import pytest

from offhook.protocols.twiml import parse
from offhook.protocols.twiml.voice import (
    ApplicationNoun,
    Client,
    Conference,
    Dial,
    MachineDetection,
    Noun,
    Number,
    Parameter,
    Queue,
    Script,
    Sip,
    UnsupportedNoun,
    read,
)


def script(inside: str) -> Script:
    return read(parse(f"<Response>\n{inside}</Response>".encode(), "text/xml"))


def dial(inside: str) -> Dial:
    found = script(inside)
    assert found.warnings == ()
    (verb,) = found.verbs
    assert isinstance(verb, Dial)
    return verb


def codes(inside: str) -> list[int]:
    return [warning.code for warning in script(inside).warnings]


def test_text_alone_is_a_number_and_the_defaults_are_twilios():
    assert dial("<Dial> 415-555-0100 </Dial>") == Dial(
        nouns=(Number("415-555-0100"),),
        action=None,
        method="POST",
        timeout=30,
        time_limit=14_400,
        hangup_on_star=False,
        record="do-not-record",
        trim="do-not-trim",
        answer_on_bridge=False,
        sequential=False,
    )


def test_every_attribute_of_a_dial_is_read():
    assert dial(
        '<Dial action="" method="GET" timeout="10" timeLimit="60" hangupOnStar="true" callerId="+12012006666" '
        'record="record-from-ringing-dual" trim="trim-silence" recordingTrack="inbound" recordingStatusCallback="/r" '
        'recordingStatusCallbackMethod="GET" recordingStatusCallbackEvent="in-progress completed" '
        'answerOnBridge="true" ringTone="us-old" sequential="true" referUrl="/refer" referMethod="GET">1</Dial>'
    ) == Dial(
        nouns=(Number("1"),),
        action="",
        method="GET",
        timeout=10,
        time_limit=60,
        hangup_on_star=True,
        caller_id="+12012006666",
        record="record-from-ringing-dual",
        trim="trim-silence",
        recording_track="inbound",
        recording_status_callback="/r",
        recording_status_callback_method="GET",
        recording_status_callback_event=("in-progress", "completed"),
        answer_on_bridge=True,
        ring_tone="us-old",
        sequential=True,
        refer_url="/refer",
        refer_method="GET",
    )


STATUS = 'url="/u" method="GET" statusCallback="/s" statusCallbackMethod="GET" statusCallbackEvent="ringing answered"'
NOUNS = {
    "<Number>+12012005555</Number>": Number("+12012005555"),
    f'<Number {STATUS} sendDigits="ww1#" byoc="BY1">1</Number>': Number(
        "1", "/u", "GET", "ww1#", "/s", "GET", ("ringing", "answered"), None, "BY1"
    ),
    '<Number machineDetection="Enable">1</Number>': Number("1", machine_detection=MachineDetection()),
    '<Number machineDetection="DetectMessageEnd" machineDetectionTimeout="5" machineDetectionSpeechThreshold="2000" '
    'machineDetectionSpeechEndThreshold="900" machineDetectionSilenceTimeout="3000" amdStatusCallback="/a" '
    'amdStatusCallbackMethod="GET">1</Number>': Number(
        "1", machine_detection=MachineDetection("DetectMessageEnd", 5, 2000, 900, 3000, "/a", "GET")
    ),
    "<Client>ann</Client>": Client("ann"),
    f'<Client {STATUS}><Identity>ann</Identity><Parameter name="a" value=" b "/></Client>': Client(
        "ann", (Parameter("a", "b"),), "/u", "GET", "/s", "GET", ("ringing", "answered")
    ),
    "<Sip>sip:ann@example.com?x-a=1</Sip>": Sip("sip:ann@example.com?x-a=1"),
    f'<Sip username="u" password="p" {STATUS}>SIPS:ann@example.com</Sip>': Sip(
        "SIPS:ann@example.com", "u", "p", (), "/u", "GET", "/s", "GET", ("ringing", "answered")
    ),
    '<Sip><Uri username="u" password="p" priority="1" weight="2">sip:a@b</Uri><Headers><Header name="X-A" value="1"/>'
    "</Headers></Sip>": Sip("sip:a@b", "u", "p", (Parameter("X-A", "1"),)),
    "<Conference> Room 1 </Conference>": Conference("Room 1"),
    '<Conference muted="true" startConferenceOnEnter="false" endConferenceOnExit="true" beep="onExit" waitUrl="" '
    'waitMethod="GET" maxParticipants="3" record="record-from-start" trim="do-not-trim" coach="CA1" '
    'participantLabel="boss" region="ie1" jitterBufferSize="off" statusCallback="/s" statusCallbackMethod="GET" '
    'statusCallbackEvent="start end join leave mute hold modify speaker announcement" recordingStatusCallback="/r" '
    'recordingStatusCallbackMethod="GET" recordingStatusCallbackEvent="absent" eventCallbackUrl="/e">R'
    "</Conference>": Conference(
        "R",
        muted=True,
        start_on_enter=False,
        end_on_exit=True,
        beep="onExit",
        wait_url="",
        wait_method="GET",
        max_participants=3,
        record="record-from-start",
        trim="do-not-trim",
        coach="CA1",
        participant_label="boss",
        region="ie1",
        jitter_buffer_size="off",
        status_callback="/s",
        status_callback_method="GET",
        status_callback_event=(
            "start",
            "end",
            "join",
            "leave",
            "mute",
            "hold",
            "modify",
            "speaker",
            "announcement",
        ),
        recording_status_callback="/r",
        recording_status_callback_method="GET",
        recording_status_callback_event=("absent",),
        event_callback_url="/e",
    ),
    '<Queue url="/u" method="GET" postWorkActivitySid="WA1">support</Queue>': Queue(
        "support", "/u", "GET", None, "WA1"
    ),
    '<Queue reservationSid="WR1"/>': Queue("", reservation_sid="WR1"),
    "<Application>AP1</Application>": ApplicationNoun("AP1"),
    f'<Application copyParentTo="true" customerId="c" {STATUS}><ApplicationSid>AP1</ApplicationSid>'
    '<Parameter name="a" value="b"/></Application>': ApplicationNoun(
        "AP1", (Parameter("a", "b"),), True, "c", "/u", "GET", "/s", "GET", ("ringing", "answered")
    ),
    "<Sim>DE1</Sim>": UnsupportedNoun("Sim"),
    "<WhatsApp>+1</WhatsApp>": UnsupportedNoun("WhatsApp"),
}


@pytest.mark.parametrize(("inside", "noun"), NOUNS.items(), ids=NOUNS)
def test_a_noun_is_read(inside: str, noun: Noun):
    assert dial(f"<Dial>{inside}</Dial>").nouns == (noun,)


def test_several_nouns_keep_their_order_and_their_lines():
    nouns = dial("<Dial>\n<Client>a</Client>\n<Number>1</Number></Dial>").nouns
    assert [(type(noun), noun.line) for noun in nouns] == [(Client, 3), (Number, 4)]


def test_the_old_words_for_recording_are_understood():
    assert dial('<Dial record="true">1</Dial>').record == "record-from-answer"
    assert dial('<Dial record="false">1</Dial>').record == "do-not-record"
    (room,) = dial('<Dial><Conference record="true">R</Conference></Dial>').nouns
    assert isinstance(room, Conference)
    assert room.record == "record-from-start"


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('method="PUT"', 13210),
        ('timeout="601"', 13212),
        ('hangupOnStar="yes"', 13213),
        ('timeLimit="0"', 13216),
        ('record="yes"', 13217),
        ('sequential="yes"', 13218),
        ('answerOnBridge="yes"', 13219),
        ('ringTone="mars"', 13220),
        (f'callerId="{"1" * 256}"', 13248),
        ('recordingStatusCallbackEvent="x"', 13621),
        ('recordingTrack="left"', 13622),
        ('trim="yes"', 12200),
        ('colour="red"', 12200),
    ],
)
def test_a_wrong_attribute_of_a_dial_is_warned_of_and_the_default_holds(attribute: str, code: int):
    found = script(f"<Dial {attribute}>1</Dial>")
    assert [(warning.code, warning.line) for warning in found.warnings] == [(code, 2)]
    assert found.verbs == (Dial((Number("1"),)),)


WRONG_NOUNS: dict[str, tuple[int, tuple[Noun, ...]]] = {
    '<Number method="PUT">1</Number>': (13221, (Number("1"),)),
    '<Number sendDigits="1-2">1</Number>': (13222, (Number("1"),)),
    '<Number statusCallbackEvent="rings">1</Number>': (12200, (Number("1"),)),
    '<Number machineDetection="yes">1</Number>': (12200, (Number("1"),)),
    '<Number machineDetection="Enable" machineDetectionTimeout="60">1</Number>': (
        12200,
        (Number("1", machine_detection=MachineDetection()),),
    ),
    "<Number>the office</Number>": (13223, ()),
    "<Number/>": (13223, ()),
    "<Client/>": (13223, ()),
    '<Sip method="PUT">sip:a@b</Sip>': (13241, (Sip("sip:a@b"),)),
    "<Sip>ann@example.com</Sip>": (13243, ()),
    "<Sip>sip:</Sip>": (13243, ()),
    "<Conference/>": (13237, ()),
    f"<Conference>{'x' * 129}</Conference>": (13237, ()),
    '<Conference muted="yes">R</Conference>': (13230, (Conference("R"),)),
    '<Conference endConferenceOnExit="yes">R</Conference>': (13231, (Conference("R"),)),
    '<Conference startConferenceOnEnter="yes">R</Conference>': (13232, (Conference("R"),)),
    '<Conference waitMethod="PUT">R</Conference>': (13234, (Conference("R"),)),
    '<Conference beep="yes">R</Conference>': (13235, (Conference("R"),)),
    '<Conference trim="yes">R</Conference>': (13239, (Conference("R"),)),
    '<Conference maxParticipants="251">R</Conference>': (12200, (Conference("R"),)),
    "<Queue/>": (13215, ()),
    "<Application/>": (13215, ()),
    "<Say>Hi</Say>": (13215, ()),
}


@pytest.mark.parametrize(("inside", "expected"), WRONG_NOUNS.items(), ids=WRONG_NOUNS)
def test_a_wrong_noun_is_warned_of_and_the_others_are_dialled(inside: str, expected: tuple[int, tuple[Noun, ...]]):
    code, nouns = expected
    found = script(f"<Dial>{inside}<Number>2</Number></Dial>")
    assert [(warning.code, warning.line) for warning in found.warnings] == [(code, 2)]
    assert found.verbs == (Dial((*nouns, Number("2"))),)


def test_a_dial_that_names_nobody_is_kept_as_it_fails_at_once():
    assert codes("<Dial/>") == [13223]
    assert script('<Dial action="/done"> </Dial>').verbs == (Dial(action="/done"),)


def test_text_beside_nouns_is_not_dialled():
    found = script("<Dial>1<Number>2</Number></Dial>")
    assert [warning.code for warning in found.warnings] == [13215]
    assert found.verbs == (Dial((Number("2"),)),)
