"""How phones behave when they are called."""

import pytest

from offhook.carriers.calls import Answered, HangUp, Play, Refused, Ringing, SpeechEnded
from offhook.carriers.simulator import Behaviour
from offhook.carriers.simulator.behaviour import GREETING
from offhook.kit.clock import SECOND
from tests.carriers.simulator.telephony import FRIEND, PERSON, Telephony, on_the_phone, say


@pytest.mark.parametrize("answers", ["by-hand", "never"])
def test_it_rings_as_long_as_nobody_answers(answers):
    @on_the_phone
    async def scenario(network: Telephony):
        network.behaviours[PERSON] = Behaviour(answers=answers)
        line = await network.call()
        await network.pass_(3600)
        assert line.events == [Ringing()]

    scenario()


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (Behaviour(answers="at-once"), [(0.0, Ringing()), (0.0, Answered())]),
        (Behaviour(answers="at-once", answer_delay=4 * SECOND), [(0.0, Ringing()), (4.0, Answered())]),
        (Behaviour(answers="voicemail"), [(0.0, Ringing()), (10.0, Answered())]),
        (Behaviour(answers="voicemail", answer_delay=0), [(0.0, Ringing()), (0.0, Answered())]),
        (Behaviour(answers="busy"), [(0.0, Refused("busy"))]),
        (Behaviour(answers="rejects"), [(0.0, Ringing()), (0.0, Refused("busy"))]),
        (Behaviour(answers="rejects", answer_delay=3 * SECOND), [(0.0, Ringing()), (3.0, Refused("busy"))]),
    ],
)
def test_what_a_phone_does_by_itself(behaviour, told):
    @on_the_phone
    async def scenario(network: Telephony):
        network.behaviours[PERSON] = behaviour
        line = await network.call()
        await network.pass_(60)
        assert line.told[: len(told)] == told
        assert line.of(Refused) == [event for _, event in told if isinstance(event, Refused)]

    scenario()


@on_the_phone
async def test_a_voicemail_says_its_greeting_beeps_and_hears_what_is_said_then(network: Telephony):
    network.behaviours[FRIEND] = Behaviour(answers="voicemail", answer_delay=SECOND, greeting="a" * 30)
    caller = await network.dial(to=FRIEND)
    await network.pass_(5)
    caller.say("Call me back")
    caller.hang_up()
    [machine] = [call for call in network.shown.values() if call.to == FRIEND and call.direction == "inbound"]
    assert network.transcript(caller) == [(1.0, "person", "a" * 30), (3.0, "beep", ""), (5.0, "speech", "Call me back")]
    assert network.transcript(machine) == [
        (1.0, "speech", "a" * 30),
        (3.0, "beep", ""),
        (5.0, "person", "Call me back"),
    ]


@on_the_phone
async def test_a_voicemail_has_something_to_say(network: Telephony):
    network.behaviours[PERSON] = Behaviour(answers="voicemail")
    line = await network.call()
    await network.pass_(20)
    [machine] = network.shown.values()
    assert [text for _, _, text in network.transcript(machine)] == [GREETING, ""]
    assert line.of(SpeechEnded) == [SpeechEnded(None)]


@on_the_phone
async def test_a_person_may_be_quicker_than_their_voicemail(network: Telephony):
    network.behaviours[PERSON] = Behaviour(answers="voicemail", greeting="Ann is not in")
    line = await network.call(detection="Enable")
    await network.pass_(3)
    network.at(PERSON).answer()
    await network.pass_(60)
    assert [(at, type(event).__name__) for at, event in line.told] == [
        (0.0, "Ringing"),
        (3.0, "Answered"),
        (4.0, "Detected"),
    ]


@on_the_phone
async def test_a_person_who_answers_says_their_greeting(network: Telephony):
    network.behaviours[PERSON] = Behaviour(greeting="Hello?")
    line = await network.call()
    phone = network.at(PERSON)
    phone.answer()
    line.do(Play(1, say("Is that you?")))
    await network.pass_(5)
    assert [(kind, text) for _, kind, text in network.transcript(phone)] == [
        ("speech", "Hello?"),
        ("say", "Is that you?"),
    ]


@on_the_phone
async def test_nothing_happens_by_itself_when_the_caller_has_given_up(network: Telephony):
    network.behaviours[PERSON] = Behaviour(answers="voicemail")
    line = await network.call()
    phone = network.at(PERSON)
    line.do(HangUp())
    await network.pass_(60)
    assert network.statuses[phone.sid] == ["ringing", "no-answer"]
    assert network.transcript(phone) == []


@on_the_phone
async def test_what_a_person_does_is_done_in_order(network: Telephony):
    await network.call()
    phone = network.at(PERSON)
    phone.answer()
    phone.say("a" * 30)
    phone.press("1")
    phone.say("b" * 15)
    assert phone.pending == 3
    await network.pass_(2.5)
    assert phone.pending == 1
    await network.pass_(10)
    assert phone.pending == 0
    assert [(at, kind) for at, kind, _ in network.transcript(phone)] == [
        (0.0, "speech"),
        (2.0, "digits"),
        (2.0, "speech"),
    ]
