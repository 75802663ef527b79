"""What a leg does and tells: sounds and their ends, keys, speech, who has answered."""

import pytest

from offhook.carriers.calls import (
    Beep,
    Detected,
    Digit,
    File,
    Ignore,
    Listen,
    Play,
    Played,
    Silence,
    SpeechEnded,
    SpeechStarted,
    Stop,
    Tones,
)
from offhook.carriers.simulator import Behaviour
from offhook.carriers.simulator.leg import CONFIDENCE
from offhook.kit.clock import SECOND
from tests.carriers.simulator.telephony import OTHER, PERSON, Telephony, on_the_phone, say

FIFTEEN = "fifteen letters"


async def connected(network: Telephony, **more):
    """An app and a person who talk to each other."""
    line = await network.call(**more)
    phone = network.at(PERSON)
    phone.answer()
    await network.pass_()
    line.told.clear()
    return line, phone


@on_the_phone
async def test_sounds_take_their_time_one_after_the_other(network: Telephony):
    line, phone = await connected(network)
    sounds = [
        (say(FIFTEEN), 1.0),
        (File("http://app/a.wav", "audio/wav", "d", 4 * SECOND), 4.0),
        (File("http://app/b.mp3", "audio/mpeg", "e", 60 * SECOND, is_music=True), 60.0),
        (Tones("12w3"), 1.25),
        (Silence(3 * SECOND), 3.0),
        (Beep(), 0.5),
        (Silence(0), 0.0),
    ]
    for number, (sound, seconds) in enumerate(sounds):
        began = network.second
        line.do(Play(number, sound))
        await network.pass_(100)
        assert line.told.pop() == (began + seconds, Played(number))
    assert [(kind, text) for _, kind, text in network.transcript(phone)] == [
        ("say", FIFTEEN),
        ("play", "http://app/a.wav"),
        ("music", "http://app/b.mp3"),
        ("digits", "12w3"),
        ("silence", "3"),
        ("beep", ""),
        ("silence", "0"),
    ]


@on_the_phone
async def test_a_line_is_there_when_its_sound_begins(network: Telephony):
    line, phone = await connected(network)
    await network.pass_(2)
    line.do(Play(1, Silence(60 * SECOND)))
    assert network.transcript(phone) == [(2.0, "silence", "60")]
    assert line.told == []


@on_the_phone
async def test_a_sound_replaces_another_and_only_the_last_is_told_of(network: Telephony):
    line, phone = await connected(network)
    line.do(Play(1, say(FIFTEEN)))
    await network.pass_(0.5)
    line.do(Play(2, say(FIFTEEN)))
    await network.pass_(5)
    line.do(Play(3, say(FIFTEEN)), Stop())
    await network.pass_(5)
    assert line.told == [(1.5, Played(2))]
    assert len(network.transcript(phone)) == 3


@on_the_phone
async def test_keys_are_always_told_of(network: Telephony):
    line, phone = await connected(network)
    phone.press("1w*")
    phone.press("#")
    await network.pass_(5)
    assert line.told == [(0.0, Digit("1")), (0.5, Digit("*")), (0.5, Digit("#"))]


@on_the_phone
async def test_speech_is_understood_by_those_who_listen(network: Telephony):
    line, phone = await connected(network)
    phone.say(FIFTEEN)
    await network.pass_(1)
    line.do(Listen())
    phone.say(FIFTEEN)
    await network.pass_(1)
    line.do(Ignore())
    phone.say(FIFTEEN)
    await network.pass_(1)
    assert line.told == [
        (0.0, SpeechStarted()),
        (1.0, SpeechEnded(None)),
        (1.0, SpeechStarted()),
        (2.0, SpeechEnded(FIFTEEN, CONFIDENCE)),
        (2.0, SpeechStarted()),
        (3.0, SpeechEnded(None)),
    ]


@on_the_phone
async def test_whoever_hangs_up_in_the_middle_was_understood_up_to_there(network: Telephony):
    line, phone = await connected(network)
    line.do(Listen())
    phone.say("a" * 30)
    phone.say("never said")
    await network.pass_(1)
    phone.hang_up()
    await network.pass_(5)
    assert line.events[1] == SpeechEnded("a" * 15, CONFIDENCE)
    assert [text for _, _, text in network.transcript(phone)] == ["a" * 30]


@on_the_phone
async def test_what_a_number_of_ours_says_ends_when_it_is_stopped(network: Telephony):
    network.owned[OTHER] = "answers"
    caller = await network.call(to=OTHER)
    called = network.came[0][1]
    called.do(Listen())
    caller.do(Play(1, say("a" * 30)))
    await network.pass_(0.5)
    caller.do(Stop())
    await network.pass_()
    assert called.told == [(0.0, SpeechStarted()), (0.5, SpeechEnded("a" * 7, CONFIDENCE))]


@pytest.mark.parametrize(
    ("answers", "detection", "told"),
    [
        ("at-once", "Enable", [(1.0, Detected("human"))]),
        ("at-once", "DetectMessageEnd", [(1.0, Detected("human"))]),
        ("voicemail", "Enable", [(11.0, Detected("machine_start"))]),
        ("voicemail", "DetectMessageEnd", [(12.0, Detected("machine_end_beep"))]),
        ("voicemail", None, []),
        ("at-once", None, []),
    ],
)
def test_who_has_answered_is_found_out(answers, detection, told):
    @on_the_phone
    async def scenario(network: Telephony):
        network.behaviours[PERSON] = Behaviour(answers=answers, greeting="a" * 30)
        line = await network.call(detection=detection)
        await network.pass_(60)
        assert [one for one in line.told if isinstance(one[1], Detected)] == told

    scenario()


@on_the_phone
async def test_finding_it_out_has_an_end(network: Telephony):
    network.behaviours[PERSON] = Behaviour(answers="voicemail", greeting="a" * 150)
    line = await network.call(detection="DetectMessageEnd", detection_timeout=3 * SECOND)
    await network.pass_(60)
    assert [one for one in line.told if isinstance(one[1], Detected)] == [(13.0, Detected("unknown"))]


@on_the_phone
async def test_nothing_is_found_out_after_the_end(network: Telephony):
    line, phone = await connected(network, detection="Enable")
    phone.hang_up()
    await network.pass_(60)
    assert line.of(Detected) == []
