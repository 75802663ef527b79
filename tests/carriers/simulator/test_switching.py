"""Who is connected with whom: apps and people, in every combination, and how calls end."""

import pytest

from offhook.carriers.calls import (
    Answer,
    Answered,
    Digit,
    Ended,
    HangUp,
    Play,
    Refused,
    Reject,
    Ringing,
    SpeechEnded,
    SpeechStarted,
    Tones,
)
from offhook.carriers.simulator import Behaviour, PhoneInUseError
from tests.carriers.simulator.telephony import FRIEND, OTHER, OURS, PERSON, Telephony, on_the_phone, say


@on_the_phone
async def test_an_app_calls_a_person(network: Telephony):
    line = await network.call()
    assert line.told == [(0.0, Ringing())]
    phone = network.at(PERSON)
    assert (phone.direction, phone.from_, phone.to, phone.call_sid) == ("inbound", OURS, PERSON, "CA1")
    await network.pass_(7)
    phone.answer()
    await network.pass_(3)
    phone.hang_up()
    await network.pass_()
    assert line.told == [(0.0, Ringing()), (7.0, Answered()), (10.0, Ended())]
    assert network.statuses[phone.sid] == ["ringing", "in-progress", "completed"]
    assert (phone.date_ended or 0) - (phone.date_answered or 0) == 3_000_000
    assert network.calls.find(PERSON) is None


@on_the_phone
async def test_a_person_calls_an_app(network: Telephony):
    network.owned[OURS] = "rings"
    phone = await network.dial()
    [(call, line)] = network.came
    assert (call.from_, call.to) == (PERSON, OURS)
    assert (phone.status, phone.call_sid) == ("ringing", "CA-in-1")
    line.do(Answer(), Play(1, say("Hello")))
    await network.pass_(5)
    line.do(HangUp())
    await network.pass_()
    assert network.statuses[phone.sid] == ["queued", "ringing", "in-progress", "completed"]
    assert network.transcript(phone) == [(0.0, "say", "Hello")]
    assert line.of(Ended) == []


@on_the_phone
async def test_an_app_that_answers_while_it_is_offered_the_call_does_not_ring(network: Telephony):
    network.owned[OTHER] = "answers"
    line = await network.call(to=OTHER)
    assert line.events == [Answered()]


@on_the_phone
async def test_two_numbers_of_ours_hear_each_other(network: Telephony):
    network.owned[OTHER] = "answers"
    caller = await network.call(to=OTHER)
    called = network.came[0][1]
    caller.do(Play(1, say("Press 1, please")))
    await network.pass_(1)
    called.do(Play(1, Tones("1w2")))
    await network.pass_(2)
    assert called.told[:2] == [(0.0, SpeechStarted()), (1.0, SpeechEnded(None))]
    assert [told for told in caller.told if isinstance(told[1], Digit)] == [(1.0, Digit("1")), (1.75, Digit("2"))]
    called.do(HangUp())
    await network.pass_()
    assert caller.events[-1] == Ended()
    assert called.of(Ended) == []


@on_the_phone
async def test_people_call_each_other(network: Telephony):
    caller = await network.dial(to=FRIEND)
    called = network.at(FRIEND)
    called.answer()
    called.say("Who is it?")
    await network.pass_(1)
    caller.say("It is me")
    caller.press("5#")
    await network.pass_(1)
    called.hang_up()
    assert network.transcript(caller) == [
        (0.0, "person", "Who is it?"),
        (1.0, "speech", "It is me"),
        (1.533333, "digits", "5#"),
    ]
    assert network.transcript(called) == [
        (0.0, "speech", "Who is it?"),
        (1.0, "person", "It is me"),
        (1.533333, "digits", "5#"),
    ]
    assert (caller.status, called.status, caller.call_sid) == ("completed", "completed", None)


@on_the_phone
async def test_nobody_hears_anything_before_the_answer(network: Telephony):
    network.owned[OURS] = "rings"
    phone = await network.dial()
    line = network.came[0][1]
    line.do(Play(1, say("too early")))
    phone.say("too early as well")
    await network.pass_(5)
    assert network.transcript(phone) == []
    assert line.of(SpeechStarted) == []


@pytest.mark.parametrize(("reason", "refused", "status"), [("busy", "busy", "busy"), ("rejected", "failed", "failed")])
def test_a_call_that_an_app_rejects(reason, refused, status):
    @on_the_phone
    async def scenario(network: Telephony):
        network.owned[OURS] = network.owned[OTHER] = "rings"
        phone, line = await network.dial(), await network.call(to=OTHER)
        for _, taken in network.came:
            taken.do(Reject(reason))
        await network.pass_()
        assert phone.status == status
        assert line.events == [Ringing(), Refused(refused)]

    scenario()


@on_the_phone
async def test_a_caller_gives_up(network: Telephony):
    network.owned[OURS] = "rings"
    phone, line = await network.dial(), await network.call(to=FRIEND)
    phone.hang_up()
    line.do(HangUp())
    await network.pass_()
    assert phone.status == "canceled"
    assert network.came[0][1].events == [Ended()]
    assert line.events == [Ringing()]
    [missed] = [call for call in network.shown.values() if call.to == FRIEND]
    assert missed.status == "no-answer"


@on_the_phone
async def test_an_app_that_hangs_up_without_answering_did_not_answer(network: Telephony):
    network.owned[OURS] = "rings"
    phone = await network.dial()
    network.came[0][1].do(HangUp())
    assert phone.status == "no-answer"


@on_the_phone
async def test_a_number_of_ours_that_takes_nothing(network: Telephony):
    network.owned[OTHER] = "takes-nothing"
    assert (await network.call(to=OTHER)).events == [Refused("failed")]
    assert (await network.dial(to=OTHER)).status == "failed"


@on_the_phone
async def test_an_app_that_breaks_while_it_is_offered_a_call_fails_it(network: Telephony):
    network.owned[OTHER] = "fails"
    assert (await network.call(to=OTHER)).events == [Refused("failed")]


@on_the_phone
async def test_whoever_gives_up_while_the_call_is_offered_is_not_connected(network: Telephony):
    phone = network.calls.dial("AC1", PERSON, FRIEND)
    phone.hang_up()
    await network.pass_()
    assert [call.to for call in network.shown.values()] == [FRIEND]
    assert phone.status == "canceled"


@on_the_phone
async def test_a_phone_has_one_call(network: Telephony):
    await network.call()
    second = await network.call(sid="CA2")
    assert second.events == [Refused("busy")]
    with pytest.raises(PhoneInUseError):
        network.calls.dial("AC1", PERSON, FRIEND)
    assert [call.status for call in network.shown.values()] == ["ringing", "busy"]
    network.at(PERSON).answer()
    network.at(PERSON).hang_up()
    assert (await network.call(sid="CA3")).events == [Ringing()]


@on_the_phone
async def test_nobody_can_call_themselves(network: Telephony):
    assert (await network.dial(to=PERSON)).status == "busy"


@on_the_phone
async def test_a_phone_that_is_off_shows_nothing_of_it(network: Telephony):
    network.behaviours[PERSON] = Behaviour(is_off=True)
    assert (await network.call()).events == [Refused("no-answer")]
    assert network.shown == {}


@on_the_phone
async def test_what_comes_after_the_end_changes_nothing(network: Telephony):
    line = await network.call()
    phone = network.at(PERSON)
    phone.answer()
    line.do(HangUp(), HangUp(), Play(1, say("still there?")), Answer())
    phone.hang_up()
    phone.answer()
    phone.say("hello?")
    await network.pass_(10)
    assert line.events == [Ringing(), Answered()]
    assert network.statuses[phone.sid] == ["ringing", "in-progress", "completed"]
    assert network.transcript(phone) == []


@on_the_phone
async def test_what_is_no_phone_cannot_be_called(network: Telephony):
    for address in ("sip:ann@example.com", "sips:ann@example.com", "app:AP" + "0" * 32):
        line = await network.call(to=address)
        await network.pass_()
        assert line.events == [Refused("failed")]
    assert network.shown == {}
