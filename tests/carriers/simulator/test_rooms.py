"""Rooms: who hears whom, and that no sound goes in circles."""

from offhook.carriers.calls import HangUp, Join, Leave, Play, Played, Record, SpeechEnded, SpeechStarted, StopRecording
from offhook.carriers.simulator import PhoneCall
from tests.carriers.simulator.telephony import FRIEND, OTHER, OURS, PERSON, THIRD, Line, Telephony, on_the_phone, say


async def together(network: Telephony, *people: str) -> list[tuple[Line, PhoneCall]]:
    """Calls to some people, all of them in one room."""
    found = []
    for number, person in enumerate(people):
        line = await network.call(to=person, sid=f"CA{number}")
        phone = network.at(person)
        phone.answer()
        line.do(Join("room"))
        found.append((line, phone))
    await network.pass_()
    return found


def heard(network: Telephony, phone: PhoneCall) -> list[tuple[str, str]]:
    return [(kind, text) for _, kind, text in network.transcript(phone)]


@on_the_phone
async def test_everybody_in_a_room_hears_the_others(network: Telephony):
    (_, ann), (_, bob), (_, eve) = await together(network, PERSON, FRIEND, THIRD)
    ann.say("Hello")
    bob.press("1")
    await network.pass_(1)
    assert heard(network, ann) == [("speech", "Hello"), ("digits", "1")]
    assert heard(network, bob) == [("person", "Hello"), ("digits", "1")]
    assert heard(network, eve) == [("person", "Hello"), ("digits", "1")]


@on_the_phone
async def test_who_comes_in_as_somebody_begins_to_speak_hears_that_too(network: Telephony):
    (_, ann), (line, bob), (late, eve) = await together(network, PERSON, FRIEND, THIRD)
    line.do(Leave())
    late.do(Leave())
    ann.say("Hello, this takes some time to say")
    line.do(Join("room"))
    await network.pass_(1)
    late.do(Join("room"))
    assert heard(network, bob) == [("person", "Hello, this takes some time to say")]
    assert heard(network, eve) == []


@on_the_phone
async def test_what_is_played_to_a_leg_is_heard_there_only(network: Telephony):
    (line, ann), (_, bob) = await together(network, PERSON, FRIEND)
    line.do(Play(1, say("for you")))
    await network.pass_(1)
    assert heard(network, ann) == [("say", "for you")]
    assert heard(network, bob) == []
    assert line.events[-1] == Played(1)


@on_the_phone
async def test_who_is_muted_is_heard_by_nobody_until_they_join_again(network: Telephony):
    (line, ann), (_, bob) = await together(network, PERSON, FRIEND)
    line.do(Join("room", muted=True))
    ann.say("mmh")
    bob.say("what?")
    await network.pass_(1)
    line.do(Join("room"))
    ann.say("now")
    assert heard(network, bob) == [("speech", "what?"), ("person", "now")]
    assert ("person", "what?") in heard(network, ann)


@on_the_phone
async def test_who_coaches_is_heard_by_the_coached_only(network: Telephony):
    (_, agent), (_, customer), (line, coach) = await together(network, PERSON, FRIEND, THIRD)
    line.do(Join("room", coached="CA0"))
    coach.say("offer a discount")
    customer.say("too expensive")
    await network.pass_(1)
    assert heard(network, agent) == [("person", "offer a discount"), ("person", "too expensive")]
    assert heard(network, customer) == [("speech", "too expensive")]
    assert heard(network, coach) == [("speech", "offer a discount"), ("person", "too expensive")]


@on_the_phone
async def test_one_is_in_one_room_or_none(network: Telephony):
    (line, ann), (other, bob) = await together(network, PERSON, FRIEND)
    line.do(Join("elsewhere"))
    bob.say("gone?")
    other.do(Leave())
    line.do(Join("room"))
    ann.say("empty")
    await network.pass_(1)
    assert heard(network, ann) == [("speech", "empty")]
    assert heard(network, bob) == [("speech", "gone?")]


@on_the_phone
async def test_a_room_is_gone_with_the_last_who_leaves(network: Telephony):
    (line, _), (_, bob) = await together(network, PERSON, FRIEND)
    rooms = network.calls._rooms
    assert len(rooms) == 1
    line.do(HangUp())
    bob.hang_up()
    assert len(rooms) == 0


@on_the_phone
async def test_two_legs_on_one_circuit_in_one_room_are_no_circle(network: Telephony):
    network.owned[OTHER] = "answers"
    caller = await network.call(to=OTHER, sid="CA9")
    called = network.came[0][1]
    [(_, ann)] = await together(network, PERSON)
    caller.do(Join("room"))
    called.do(Join("room"))
    ann.say("Hello")
    await network.pass_(1)
    assert heard(network, ann) == [("speech", "Hello")]
    assert called.events == [SpeechStarted(), SpeechEnded(None)]
    assert caller.of(SpeechStarted) == []


@on_the_phone
async def test_through_a_room_a_number_of_ours_hears_people(network: Telephony):
    network.owned[OTHER] = "answers"
    caller = await network.call(to=OTHER, from_=OURS, sid="CA9")
    [(_, ann)] = await together(network, PERSON)
    caller.do(Join("room"))
    called = network.came[0][1]
    ann.say("Hello")
    await network.pass_(1)
    called.do(Play(1, say("Press 1")))
    await network.pass_(1)
    assert called.events == [SpeechStarted(), SpeechEnded(None), Played(1)]
    assert heard(network, ann) == [("speech", "Hello"), ("say", "Press 1")]


@on_the_phone
async def test_a_recording_of_a_leg_has_the_others_on_its_outbound_track(network: Telephony):
    (line, ann), (_, bob) = await together(network, PERSON, FRIEND)
    line.do(Record("RE1"))
    ann.say("mine")
    bob.say("theirs")
    await network.pass_(1)
    line.do(StopRecording("RE1"))
    await network.pass_()
    lines = [(one.track, one.kind, one.text) for one in line.events[-1].lines]
    assert lines == [("inbound", "person", "mine"), ("outbound", "person", "theirs")]
