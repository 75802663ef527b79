"""Voice documents: what is to be done, with Twilio's defaults, and what is passed over with which warning."""

import pytest

from offhook.protocols.twiml import parse
from offhook.protocols.twiml.schema import MAX_WARNINGS
from offhook.protocols.twiml.voice import (
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Say,
    Script,
    Sms,
    Task,
    Unsupported,
    Verb,
    read,
)


def script(body: str, content_type: str = "text/xml") -> Script:
    return read(parse(body.encode(), content_type))


def verbs(inside: str) -> tuple[Verb, ...]:
    found = script(f"<Response>{inside}</Response>")
    assert found.warnings == ()
    return found.verbs


def warnings(inside: str) -> list[tuple[int, int]]:
    return [(warning.code, warning.line) for warning in script(f"<Response>{inside}</Response>").warnings]


@pytest.mark.parametrize(
    ("inside", "verb"),
    [
        ("<Say>\n  Hello\n  there </Say>", Say("Hello there", "Hello there")),
        ('<Say voice="Polly.Amy" language="en-GB" loop="0">Hi</Say>', Say("Hi", "Hi", False, "Polly.Amy", "en-GB", 0)),
        ("<Play> /a.mp3?x=1&amp;y=2 </Play>", Play("/a.mp3?x=1&y=2")),
        ('<Play digits="1w2W#*" loop="3"/>', Play("", "1w2W#*", 3)),
        ("<Pause/>", Pause(1)),
        ('<Pause length="10"/>', Pause(10)),
        ("<Record/>", Record()),
        (
            '<Record action="" method="GET" timeout="9" finishOnKey="" maxLength="60" playBeep="false" '
            'trim="do-not-trim" transcribe="true" transcribeCallback="/t" recordingStatusCallback="/r" '
            'recordingStatusCallbackMethod="GET" recordingStatusCallbackEvent="absent in-progress"/>',
            Record(
                action="",
                method="GET",
                timeout=9,
                finish_on_key="",
                max_length=60,
                play_beep=False,
                trim="do-not-trim",
                transcribe=True,
                transcribe_callback="/t",
                recording_status_callback="/r",
                recording_status_callback_method="GET",
                recording_status_callback_event=("absent", "in-progress"),
            ),
        ),
        ("<Enqueue> support </Enqueue>", Enqueue("support")),
        (
            '<Enqueue workflowSid="WW1" action="/left" waitUrl="" waitUrlMethod="GET" maxQueueSize="5">'
            '<Task priority="2" timeout="30">{"a": 1}</Task></Enqueue>',
            Enqueue("", "/left", "POST", "", "GET", 5, "WW1", Task('{"a": 1}', 2, 30)),
        ),
        ("<Leave/>", Leave()),
        ("<Redirect/>", Redirect("")),
        ('<Redirect method="GET"> next </Redirect>', Redirect("next", "GET")),
        ("<Hangup/>", Hangup()),
        ("<Reject/>", Reject("rejected")),
        ('<Reject reason="busy"/>', Reject("busy")),
        (
            '<Sms to="+12012005555" from="+12012006666" action="/a" method="GET" statusCallback="/s"> Hi </Sms>',
            Sms("Hi", "+12012005555", "+12012006666", "/a", "GET", "/s"),
        ),
        ("<Connect><Stream url='wss://x'/></Connect>", Unsupported("Connect")),
        ("<Echo/>", Unsupported("Echo")),
    ],
)
def test_a_verb_is_read(inside: str, verb: Verb):
    assert verbs(inside) == (verb,)


def test_a_gather_without_attributes_has_twilios_defaults():
    (gather,) = verbs("<Gather/>")
    assert gather == Gather(
        input=frozenset({"dtmf"}),
        action=None,
        method="POST",
        timeout=5,
        speech_timeout=None,
        finish_on_key="#",
        num_digits=None,
        language="en-US",
        action_on_empty_result=False,
        barge_in=True,
        prompts=(),
    )


def test_every_attribute_of_a_gather_is_read_and_its_prompts_in_order():
    (gather,) = verbs(
        '<Gather input="speech dtmf" action="" method="GET" timeout="3" speechTimeout="auto" maxSpeechTime="20" '
        'finishOnKey="" numDigits="4" hints="yes, no" language="de-DE" actionOnEmptyResult="true" '
        'partialResultCallback="/p" partialResultCallbackMethod="GET" bargeIn="false" speechModel="phone_call" '
        'profanityFilter="false" enhanced="true">\n<Pause/><Play>/a.mp3</Play><Say>One</Say></Gather>'
    )
    assert gather == Gather(
        input=frozenset({"dtmf", "speech"}),
        action="",
        method="GET",
        timeout=3,
        speech_timeout="auto",
        max_speech_time=20,
        finish_on_key="",
        num_digits=4,
        hints="yes, no",
        language="de-DE",
        action_on_empty_result=True,
        partial_callback="/p",
        partial_method="GET",
        barge_in=False,
        speech_model="phone_call",
        profanity_filter=False,
        enhanced=True,
        prompts=(Pause(1), Play("/a.mp3"), Say("One", "One")),
    )


def test_no_action_and_an_empty_one_are_not_the_same():
    (absent, empty) = verbs('<Gather/><Gather action=" "/>')
    assert isinstance(absent, Gather)
    assert isinstance(empty, Gather)
    assert (absent.action, empty.action) == (None, "")


def test_the_tags_of_ssml_stay_and_the_words_are_given_without_them():
    inside = (
        'Call <sub alias="the W three C">W3C</sub> <break time="1s"/>at\n<say-as interpret-as="telephone">12 &amp; 3'
        '</say-as><p>Bye</p> <lang xml:lang="fr-FR">au <emphasis level="strong">revoir</emphasis></lang>'
    )
    (say,) = verbs(f'<Say voice="Polly.Amy">{inside}</Say>')
    assert say == Say(
        f"<speak>{inside}</speak>".replace('<break time="1s"/>', '<break time="1s"></break>'),
        "Call the W three C at 12 & 3 Bye au revoir",
        True,
        "Polly.Amy",
    )


def test_what_is_not_ssml_is_left_out_of_it_with_a_warning_but_its_words_are_said():
    found = script('<Response><Say>A <b x="1">bold</b> <s x="&lt;">word</s></Say></Response>')
    assert found.verbs == (Say("<speak>A bold <s>word</s></speak>", "A bold word", True),)
    assert [warning.code for warning in found.warnings] == [12200, 12200]


def test_every_verb_says_where_it_stands():
    assert [verb.line for verb in verbs("<Say>a</Say>\n<Pause/>\n\n<Gather\n/><Echo/>")] == [1, 2, 4, 5]


def test_verbs_behind_the_end_of_a_document_are_given_as_well():
    assert verbs("<Hangup/><Say>never</Say>") == (Hangup(), Say("never", "never"))


@pytest.mark.parametrize("body", ["", "<Response/>", "<Response> <!-- nothing --> </Response>"])
def test_an_empty_document_asks_for_nothing(body: str):
    assert script(body) == Script()


def test_a_plain_text_is_spoken_and_the_call_ends():
    assert script(" 3 < 4 & so\n", "text/plain").verbs == (Say("3 < 4 & so", "3 < 4 & so"), Hangup())
    assert script(" \n", "text/plain") == Script()


WRONG_VALUES = {
    '<Say voice="Joanna">x</Say>': (13511, Say("x", "x")),
    '<Say language="American English">x</Say>': (13512, Say("x", "x")),
    '<Say loop="-1">x</Say>': (13510, Say("x", "x")),
    '<Say loop="²">x</Say>': (13510, Say("x", "x")),
    '<Play loop="1e9">x</Play>': (13410, Play("x")),
    '<Play digits="1,2">x</Play>': (13430, Play("x")),
    '<Pause length="0"/>': (13910, Pause(1)),
    '<Gather input="keys"/>': (13326, Gather()),
    '<Gather method="PUT"/>': (13312, Gather()),
    '<Gather timeout="0"/>': (13313, Gather()),
    '<Gather timeout="99999999999"/>': (13313, Gather()),
    '<Gather speechTimeout="soon"/>': (13327, Gather()),
    '<Gather maxSpeechTime="0"/>': (13328, Gather()),
    '<Gather finishOnKey="##a"/>': (13310, Gather()),
    '<Gather numDigits="0"/>': (13314, Gather()),
    '<Gather language="!"/>': (13331, Gather()),
    '<Gather actionOnEmptyResult="1"/>': (13338, Gather()),
    '<Gather partialResultCallbackMethod="PUT"/>': (13329, Gather()),
    '<Gather bargeIn="no"/>': (13332, Gather()),
    '<Gather profanityFilter="no"/>': (13333, Gather()),
    '<Gather enhanced="no"/>': (12200, Gather()),
    '<Gather><Say voice="Joanna">x</Say></Gather>': (13321, Gather(prompts=(Say("x", "x"),))),
    '<Gather><Say loop="x">x</Say></Gather>': (13322, Gather(prompts=(Say("x", "x"),))),
    "<Gather><Redirect>/x</Redirect></Gather>": (13320, Gather()),
    '<Record method="PUT"/>': (13610, Record()),
    '<Record timeout="x"/>': (13611, Record()),
    '<Record maxLength="14401"/>': (13612, Record()),
    '<Record finishOnKey="star"/>': (13613, Record()),
    '<Record transcribe="yes"/>': (13614, Record()),
    '<Record transcribe="true" maxLength="121"/>': (13615, Record(transcribe=True, max_length=121)),
    '<Record playBeep="yes"/>': (13616, Record()),
    '<Record recordingStatusCallbackEvent="ended"/>': (13621, Record()),
    '<Record trim="true"/>': (13699, Record()),
    '<Redirect method="PUT">/x</Redirect>': (13710, Redirect("/x")),
    '<Reject reason="closed"/>': (13810, Reject()),
    '<Sms method="PUT">x</Sms>': (14104, Sms("x")),
    '<Enqueue maxQueueSize="many">q</Enqueue>': (12200, Enqueue("q")),
}


@pytest.mark.parametrize(("inside", "expected"), WRONG_VALUES.items(), ids=WRONG_VALUES)
def test_a_value_that_makes_no_sense_is_warned_of_and_the_default_holds(inside: str, expected: tuple[int, Verb]):
    code, verb = expected
    found = script(f"<Response>\n{inside}</Response>")
    assert [(warning.code, warning.line) for warning in found.warnings] == [(code, 2)]
    assert found.verbs == (verb,)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Say/>", 13520),
        ('<Say><break time="1s"/> </Say>', 13520),
        (f"<Say>{'x' * 4097}</Say>", 13521),
        (f'<Say voice="Polly.Amy">{"x" * 3001}</Say>', 13521),
        ("<Play/>", 12200),
        ('<Play digits="x"/>', 13430),
        ("<Enqueue/>", 12200),
        ("<Sms/>", 14103),
        (f"<Sms>{'x' * 1601}</Sms>", 14103),
        ("<say>small</say>", 12200),
        ("<Message>for a text</Message>", 12200),
    ],
)
def test_a_verb_that_cannot_be_carried_out_is_left_out_and_the_rest_stays(inside: str, code: int):
    found = script(f"<Response>\n{inside}<Hangup/></Response>")
    assert [(warning.code, warning.line) for warning in found.warnings] == [(code, 2)]
    assert found.verbs == (Hangup(),)


def test_a_long_text_fits_a_voice_that_takes_more():
    assert warnings(f"<Say>{'x' * 4096}</Say>") == []
    assert warnings(f'<Say voice="Google.en-US-Standard-A">{"x" * 5000}</Say>') == []


def test_the_right_word_in_other_letters_is_understood_with_a_warning():
    found = script('<Response><Redirect method="get">/x</Redirect><Record playBeep="False"/></Response>')
    assert found.verbs == (Redirect("/x", "GET"), Record(play_beep=False))
    assert [warning.code for warning in found.warnings] == [13710, 13616]


def test_known_events_beside_an_unknown_one_hold():
    found = script('<Response><Record recordingStatusCallbackEvent="absent,x absent ended"/></Response>')
    assert found.verbs == (Record(recording_status_callback_event=("absent",)),)
    assert [warning.code for warning in found.warnings] == [13621]


def test_unknown_attributes_and_text_are_warned_of_in_the_order_of_the_document():
    inside = 'text<Say colour="red">a</Say>\n<Gather timeout="x"/>\n<Pause>b</Pause>\n<Redirect foo="1"/>'
    assert warnings(inside) == [(12200, 1), (12200, 1), (13313, 2), (12200, 3), (12200, 4)]


def test_a_document_of_nothing_but_mistakes_gives_a_bounded_list():
    assert len(warnings('<Say voice="x" loop="x"/><Foo/>' * 500)) == MAX_WARNINGS
