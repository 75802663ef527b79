"""Twimlets: what each answers at each stage of a call."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.twiml import parse
from offhook.protocols.twiml.twimlets import MUSIC, NAMES, answer
from offhook.protocols.twiml.voice import (
    Conference,
    Dial,
    Gather,
    Hangup,
    Number,
    Play,
    Record,
    Redirect,
    Say,
    Verb,
    read,
)


def verbs(url: str, *told: tuple[str, str]) -> tuple[Verb, ...]:
    """What the document of a twimlet asks for; `told` is what Twilio adds."""
    parts = urlsplit(url)
    text = answer(parts.path, [*parse_qsl(parts.query, keep_blank_values=True), *told])
    assert text is not None
    script = read(parse(text.encode(), "text/xml"))
    assert script.warnings == ()
    return script.verbs


def say(text: str) -> Say:
    return Say(text, text)


GET = "GET"
ASKING = {
    "/message?Message=Hello+%26+good+day": (say("Hello & good day"),),
    "/message?Message[]=One&Message[]=http://x/a.mp3&Message[]=": (say("One"), Play("http://x/a.mp3")),
    "/message?Message[0]=One&Message[1]=Two": (say("One"), say("Two")),
    "/message": (),
    "/holdmusic": (say("An S 3 bucket is required."),),
    "/holdmusic?Bucket=mine": (say("Failed to fetch the hold music."),),
    "/holdmusic?Bucket=com.twilio.music.guitars&Message=Wait": (
        Play("http://com.twilio.music.guitars.s3.amazonaws.com/Pitx_-_A_Thought.mp3"),
        say("Wait"),
        Play("http://com.twilio.music.guitars.s3.amazonaws.com/Pitx_-_Long_Winter.mp3"),
        say("Wait"),
        Redirect(""),
    ),
    "/voicemail?Email=a@b.c": (
        say("Please leave a message after the beep."),
        Record(transcribe=True, transcribe_callback="voicemail?Email=a%40b.c"),
    ),
    "/voicemail?Email=a@b.c&Message=http://x/hi.mp3&Transcribe=false": (Play("http://x/hi.mp3"), Record()),
    "/voicemail?Email=a&RecordingUrl=http://x/RE1": (say("Thanks. Good bye."), Hangup()),
    "/voicemail?Email=a&TranscriptionStatus=completed&RecordingUrl=x": (),
    "/menu?Message=Press+1&Options[1]=http://x/1&Options[22]=http://x/2": (
        Gather(num_digits=2, prompts=(say("Press 1"),)),
        Redirect(""),
    ),
    "/menu?Options[1]=http://x/1&Digits=1": (Redirect("http://x/1", GET),),
    "/menu?Message=Again&Options[1]=http://x/1&Digits=2": (
        say("I'm sorry, that wasn't a valid option."),
        Gather(num_digits=1, prompts=(say("Again"),)),
        Redirect(""),
    ),
    "/menu?Options=http://x/0&Options[]=http://x/1&Digits=1": (Redirect("http://x/1", GET),),
    "/menu": (Gather(num_digits=1), Redirect("")),
    "/whisper?Message=A+call": (Gather(num_digits=1, prompts=(say("A call"),)),),
    "/whisper?HumanCheck=1&From=%2B12": (
        Gather(num_digits=1, prompts=(say("You are receiving a call from +. 1. 2. Press any key to accept."),)),
        Hangup(),
    ),
    "/whisper?HumanCheck=1&Digits=5": (),
    "/forward?PhoneNumber=415-555-0100": (Dial((Number("415-555-0100"),), "forward?Dial=true", timeout=20),),
    "/forward?PhoneNumber=1&CallerId=2&Timeout=9&FailUrl=http://x/?a=1%26b": (
        Dial((Number("1"),), "forward?Dial=true&FailUrl=http%3A%2F%2Fx%2F%3Fa%3D1%26b", timeout=9, caller_id="2"),
    ),
    "/forward?PhoneNumber=1&AllowedCallers[0]=415-555-0100&From=%2B14155550100": (
        Dial((Number("1"),), "forward?Dial=true", timeout=20),
    ),
    "/forward?PhoneNumber=1&AllowedCallers[0]=415-555-0100&From=%2B14155550199": (
        say("Sorry, you are calling from a restricted number. Good bye."),
    ),
    "/forward?Dial=true&DialCallStatus=busy&FailUrl=http://x/f": (Redirect("http://x/f", GET),),
    "/forward?Dial=true&DialCallStatus=completed&FailUrl=http://x/f": (Hangup(),),
    "/forward?Dial=true&DialCallStatus=busy": (Hangup(),),
    "/callme?PhoneNumber=1&Message=Hi": (Dial((Number("1", "whisper?Message=Hi"),), "callme?Dial=true", timeout=20),),
    "/callme?Dial=true&DialCallStatus=no-answer&FailUrl=/v": (Redirect("/v", GET),),
    "/simulring?PhoneNumbers[0]=1&PhoneNumbers[1]=2&Timeout=30&FailUrl=/v": (
        Dial((Number("1", "whisper"), Number("2", "whisper")), "simulring?Dial=true&FailUrl=%2Fv", timeout=30),
    ),
    "/simulring?PhoneNumbers=1": (Dial((Number("1", "whisper"),), "simulring?Dial=true", timeout=20),),
    "/simulring?Dial=true&DialCallStatus=busy": (Hangup(),),
    "/conference?Name=foo": (
        say("You are now entering the conference line."),
        Dial((Conference("foo"),)),
    ),
    "/conference?Name=foo&Message=Welcome&Music=rock&Moderators[0]=415-555-0100&From=%2B14155550100": (
        say("Welcome"),
        Dial(
            (Conference("foo", wait_url="holdmusic?Bucket=com.twilio.music.rock", wait_method="GET"),),
        ),
    ),
    "/conference?Name=foo&Music=http://x/m.mp3&Moderators[0]=415-555-0100&From=%2B14155550199": (
        say("You are now entering the conference line."),
        Dial(
            (Conference("foo", start_on_enter=False, wait_url="http://x/m.mp3", wait_method="GET"),),
        ),
    ),
    "/conference?Name=foo&Music=polka&Password=12345": (
        Gather(num_digits=5, prompts=(say("Please enter your conference pass code"),)),
        Redirect(""),
    ),
    "/conference?Name=foo&Password=12345&Digits=12345": (
        say("You are now entering the conference line."),
        Dial((Conference("foo"),)),
    ),
}


@pytest.mark.parametrize(("url", "expected"), ASKING.items(), ids=ASKING)
def test_a_twimlet_answers(url: str, expected: tuple[Verb, ...]):
    assert verbs(url) == expected


def test_echo_answers_what_it_is_given():
    assert answer("/echo", [("Twiml", "<Response><Hangup/></Response>")]) == "<Response><Hangup/></Response>"


def test_a_conference_without_a_name_is_another_one_for_other_moderators():
    def name(*moderators: str) -> str:
        (_, dial) = verbs("/conference", *((f"Moderators[{n}]", one) for n, one in enumerate(moderators)))
        assert isinstance(dial, Dial)
        (room,) = dial.nouns
        assert isinstance(room, Conference)
        return room.name

    assert name("1") == name("1")
    assert len({name(), name("1"), name("1", "2")}) == 3


def test_findme_rings_one_number_after_the_other_until_one_is_answered():
    url, rung = "/findme?PhoneNumbers[]=1&PhoneNumbers[]=2&FailUrl=/v&Message=Hi&Timeout=9", []
    while isinstance((step := verbs(url, ("DialCallStatus", "no-answer"))[0]), Dial):
        (number,) = step.nouns
        assert isinstance(number, Number)
        assert (step.timeout, number.url) == (9, "whisper?Message=Hi&HumanCheck=1")
        rung.append(number.number)
        url = f"/{step.action}"
    assert rung == ["1", "2"]
    assert step == Redirect("/v", GET)
    assert verbs("/findme?Dial=true&PhoneNumbers[]=2", ("DialCallStatus", "completed")) == (Hangup(),)


def test_findme_rings_ten_at_most_for_a_minute_each():
    many = "&".join(f"PhoneNumbers[]={number}" for number in range(12))
    (dial,) = verbs(f"/findme?{many}")
    assert isinstance(dial, Dial)
    assert dial.timeout == 60
    assert dial.action is not None
    assert dial.action.count("PhoneNumbers") == 9


def test_other_music_can_be_given():
    text = answer("/holdmusic", [("Bucket", "mine")], music=["/a.wav"])
    assert text is not None
    assert read(parse(text.encode(), "text/xml")).verbs == (Play("/a.wav"), Redirect(""))


def test_there_is_music_in_each_bucket_that_twilio_names():
    genres = {"classical", "ambient", "electronica", "guitars", "rock", "soft-rock"}
    assert {bucket.removeprefix("com.twilio.music.") for bucket in MUSIC} == genres
    assert all(MUSIC.values())


def test_what_is_no_twimlet_has_no_answer():
    assert answer("/nothing", []) is None
    assert answer("/", []) is None


OWN = "Message Options PhoneNumbers Moderators AllowedCallers FailUrl Timeout CallerId Bucket Music Name Password"
TOLD = "Digits Dial DialCallStatus From HumanCheck RecordingUrl Transcribe"
NAMES_OF_PARAMETERS = st.builds(
    str.__add__, st.sampled_from(f"{OWN} {TOLD}".split(" ")), st.sampled_from(["", "[]", "[0]", "[1]", "[x"])
)
ANYTHING = st.text(st.characters(exclude_categories=()))


@given(st.sampled_from(sorted(NAMES - {"echo"})), st.lists(st.tuples(NAMES_OF_PARAMETERS, ANYTHING)))
def test_whatever_it_is_asked_with_a_twimlet_answers_twiml(name: str, parameters: list[tuple[str, str]]):
    text = answer(name, parameters)
    assert text is not None
    read(parse(text.encode(), "text/xml"))
