"""Queues with people in them: callers who wait, agents who take them out, and what the app is told of it."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.twiml.voice_response import Dial, VoiceResponse

AGENTS, CALLERS = "+14155550100", "+14155550199"
ANN, BOB, CAT, DAN = "+15005550077", "+15005550078", "+15005550079", "+15005550080"


def enqueue(name="support", **attributes):
    response = VoiceResponse()
    response.enqueue(name, **attributes)
    response.say("Back from the queue")
    return str(response)


def dial_queue(name="support", url=None, **attributes):
    response = VoiceResponse()
    dial = Dial(**attributes)
    dial.queue(name, url=url)
    response.append(dial)
    response.say("No more callers")
    return str(response)


@pytest.fixture
def desk(offhook, app):
    """Two numbers: who calls the first waits in a queue, who calls the second takes callers out of it."""
    app.says("/enqueue", enqueue(wait_url="/wait", action="/left"))
    app.says("/wait", "<Response><Say>Please hold</Say><Pause length='10'/></Response>")
    app.says("/left", "<Response><Say>Goodbye</Say></Response>")
    app.says("/agent", dial_queue(action="/done"))
    app.says("/done", "<Response><Say>Well done</Say></Response>")
    offhook.number(CALLERS, voice_url=f"{app.url}/enqueue")
    offhook.number(AGENTS, voice_url=f"{app.url}/agent")
    return app


def waiting(offhook, number):
    """The call of a person who stands in the queue by now."""
    call = offhook.handset(number).call(CALLERS)
    call.hears("Please hold")
    return call


def queue_of(offhook):
    (queue,) = offhook.client().queues.list()
    return queue


def test_who_waits_hears_the_waiting_documents_again_and_again(offhook, desk):
    call = offhook.handset(ANN).call(CALLERS)
    call.hears("Please hold")
    call.hears("Please hold")
    first, second = desk.at("/wait")[:2]
    assert first.parameters["QueuePosition"] == first.parameters["CurrentQueueSize"] == "1"
    assert first.parameters["QueueSid"] == queue_of(offhook).sid
    assert (first.parameters["QueueTime"], first.parameters["MaxQueueSize"]) == ("0", "1000")
    assert int(second.parameters["QueueTime"]) == int(second.parameters["AvgQueueTime"]) >= 10
    assert first.is_signed


def test_an_agent_takes_callers_in_the_order_in_which_they_came(offhook, desk):
    phones = [waiting(offhook, number) for number in (ANN, BOB, CAT)]
    members = queue_of(offhook).members.list()
    assert [member.call_sid for member in members] == [phone.call_sid for phone in phones]
    assert [member.position for member in members] == [1, 2, 3]
    for number, phone in enumerate(phones):
        agent = offhook.handset(DAN).call(AGENTS)
        phone.says(f"I am caller {number}")
        agent.hears(f"I am caller {number}", kind="person")
        agent.says("Good afternoon")
        phone.hears("Good afternoon", kind="person")
        agent.hangs_up()
        phone.hears("Goodbye")
        left = desk.at("/left")[-1].parameters
        assert (left["CallSid"], left["QueueResult"]) == (phone.call_sid, "bridged")
        assert queue_of(offhook).current_size == 2 - number


def test_an_agent_who_comes_first_waits_for_a_caller(offhook, desk):
    offhook.client().queues.create("support")
    agent = offhook.handset(DAN).call(AGENTS)
    offhook.clock.advance(seconds=10)
    caller = offhook.handset(ANN).call(CALLERS)
    caller.says("Finally")
    agent.hears("Finally", kind="person")


def test_when_the_caller_hangs_up_the_agent_goes_on(offhook, desk):
    caller = waiting(offhook, ANN)
    agent = offhook.handset(DAN).call(AGENTS)
    caller.says("Hello")
    agent.hears("Hello")
    caller.hangs_up()
    agent.hears("Well done")
    done = desk.at("/done")[0].parameters
    assert (done["DialCallStatus"], done["DialCallSid"]) == ("answered", caller.call_sid)
    assert desk.at("/left")[0].parameters["QueueResult"] == "bridged"


def test_an_agent_waits_no_longer_than_the_timeout(offhook, desk):
    offhook.client().queues.create("support")
    agent = offhook.handset(DAN).call(AGENTS)
    line = agent.hears("Well done")
    assert 30 <= line.at <= 32
    assert desk.at("/done")[0].parameters["DialCallStatus"] == "no-answer"
    caller = waiting(offhook, ANN)
    caller.hears("Please hold")


def test_there_is_nobody_in_a_queue_that_does_not_exist(offhook, desk):
    offhook.handset(DAN).call(AGENTS).hears("Well done")
    assert desk.at("/done")[0].parameters["DialCallStatus"] == "failed"


def test_the_star_key_releases_the_caller(offhook, desk):
    desk.says("/agent", dial_queue(action="/done", hangup_on_star=True))
    caller = waiting(offhook, ANN)
    agent = offhook.handset(DAN).call(AGENTS)
    agent.press("*")
    agent.hears("Well done")
    caller.hears("Goodbye")


def test_the_caller_is_told_something_before_the_two_speak(offhook, desk):
    desk.says("/agent", dial_queue(url="/whisper"))
    desk.says("/whisper", "<Response><Say>You will be connected now</Say></Response>")
    caller = waiting(offhook, ANN)
    offhook.clock.advance(seconds=3)
    agent = offhook.handset(DAN).call(AGENTS)
    caller.hears("You will be connected now")
    asked = desk.at("/whisper")[0].parameters
    assert (asked["CallSid"], asked["DequeingCallSid"]) == (caller.call_sid, agent.call_sid)
    assert asked["QueueSid"] == queue_of(offhook).sid
    assert int(asked["QueueTime"]) >= 3
    offhook.clock.advance(seconds=5)
    caller.says("Thank you")
    agent.hears("Thank you", kind="person")
    assert "You will be connected now" not in [line.text for line in agent.transcript]


def test_an_agent_who_hangs_up_before_the_two_speak_sends_the_caller_on(offhook, desk):
    desk.says("/agent", dial_queue(url="/whisper"))
    desk.says("/whisper", "<Response><Pause length='20'/></Response>")
    caller = waiting(offhook, ANN)
    agent = offhook.handset(DAN).call(AGENTS)
    offhook.clock.advance(seconds=5)
    agent.hangs_up()
    caller.hears("Goodbye")
    assert desk.at("/left")[0].parameters["QueueResult"] == "bridging-in-process"


def test_a_document_that_fails_before_the_two_speak_is_passed_over(offhook, desk):
    desk.says("/agent", dial_queue(url="/whisper"))
    desk.says("/whisper", "gone", status=500)
    caller = waiting(offhook, ANN)
    agent = offhook.handset(DAN).call(AGENTS)
    caller.says("Hello")
    agent.hears("Hello")
    assert [alert.error_code for alert in offhook.alerts()] == [11200]


def test_a_caller_who_hangs_up_is_not_in_the_queue_any_more(offhook, desk):
    caller = waiting(offhook, ANN)
    offhook.clock.advance(seconds=4)
    caller.hangs_up()
    offhook.clock.settle()
    told = desk.at("/left")[0].parameters
    assert (told["QueueResult"], told["QueueSid"]) == ("hangup", queue_of(offhook).sid)
    assert int(told["QueueTime"]) >= 4
    assert queue_of(offhook).current_size == 0


def test_a_waiting_document_can_let_the_caller_leave(offhook, desk):
    desk.says("/wait", "<Response><Say>Nobody is here</Say><Leave/></Response>")
    caller = offhook.handset(ANN).call(CALLERS)
    caller.hears("Nobody is here")
    caller.hears("Goodbye")
    assert desk.at("/left")[0].parameters["QueueResult"] == "leave"
    assert queue_of(offhook).current_size == 0


def test_a_caller_can_leave_by_pressing_a_key(offhook, desk):
    desk.says("/wait", "<Response><Gather numDigits='1' action='/key'><Say>Press 1 to leave</Say></Gather></Response>")
    desk.says("/key", "<Response><Leave/></Response>")
    desk.says("/enqueue", enqueue(wait_url="/wait"))
    caller = offhook.handset(ANN).call(CALLERS)
    caller.hears("Press 1")
    caller.press("1")
    caller.hears("Back from the queue")


def test_a_waiting_document_can_hang_up(offhook, desk):
    desk.says("/wait", "<Response><Say>Call again tomorrow</Say><Hangup/></Response>")
    caller = offhook.handset(ANN).call(CALLERS)
    caller.hears("Call again tomorrow")
    assert caller.wait_until_ended() == "completed"
    offhook.clock.settle()
    assert desk.at("/left")[0].parameters["QueueResult"] == "hangup"


def test_a_waiting_document_that_fails_lets_the_caller_leave(offhook, desk):
    desk.says("/wait", "<Response><Say>", status=200)
    offhook.handset(ANN).call(CALLERS).hears("Goodbye")
    assert desk.at("/left")[0].parameters["QueueResult"] == "error"
    assert [alert.error_code for alert in offhook.alerts()] == [12100]


def test_a_full_queue_takes_nobody(offhook, desk):
    offhook.client().queues.create("support", max_size=1)
    first = offhook.handset(ANN).call(CALLERS)
    first.hears("Please hold")
    second = offhook.handset(BOB).call(CALLERS)
    second.hears("Goodbye")
    told = desk.at("/left")[0].parameters
    assert told["QueueResult"] == "queue-full"
    assert "QueueSid" not in told
    assert [alert.error_code for alert in offhook.alerts()] == [14207]


def test_without_a_waiting_document_there_is_music(offhook, desk):
    desk.says("/enqueue", enqueue())
    caller = offhook.handset(ANN).call(CALLERS)
    caller.hears(kind="music")
    assert offhook.exchanges(direction="out")[1:] == []


def test_an_empty_waiting_url_is_silence(offhook, desk):
    desk.says("/enqueue", enqueue(wait_url=""))
    caller = offhook.handset(ANN).call(CALLERS)
    offhook.clock.advance(minutes=5)
    assert caller.status == "in-progress"
    assert [line.kind for line in caller.transcript if line.kind != "silence"] == []


def test_a_queue_without_a_name_is_taskrouters(offhook, desk):
    desk.says("/enqueue", enqueue(None, workflow_sid="WW" + "0" * 32))
    offhook.handset(ANN).call(CALLERS).hears("Back from the queue")
    assert [alert.error_code for alert in offhook.alerts()] == [12200]


def test_a_queues_name_has_64_characters_at_most(offhook, desk):
    desk.says("/enqueue", enqueue("q" * 65))
    desk.says("/agent", dial_queue("q" * 65))
    offhook.handset(ANN).call(CALLERS).hears("Back from the queue")
    offhook.handset(DAN).call(AGENTS).hears("No more callers")
    assert [alert.error_code for alert in offhook.alerts()] == [14205, 14213]


def test_a_call_that_is_redirected_leaves_the_queue(offhook, desk):
    caller = waiting(offhook, ANN)
    desk.says("/other", "<Response><Say>Something else</Say></Response>")
    offhook.client().calls(caller.call_sid).update(url=f"{desk.url}/other")
    caller.hears("Something else")
    assert desk.at("/left")[0].parameters["QueueResult"] == "redirected"
    assert queue_of(offhook).current_size == 0


def test_a_caller_who_is_redirected_while_speaking_leaves_the_agent(offhook, desk):
    caller = waiting(offhook, ANN)
    agent = offhook.handset(DAN).call(AGENTS)
    caller.says("Hello")
    agent.hears("Hello")
    desk.says("/other", "<Response><Say>Something else</Say></Response>")
    offhook.client().calls(caller.call_sid).update(url=f"{desk.url}/other")
    caller.hears("Something else")
    agent.hears("Well done")
    assert desk.at("/left")[0].parameters["QueueResult"] == "redirected-from-bridged"


def test_the_one_at_the_front_can_be_taken_out_through_the_api(offhook, desk):
    calls = [waiting(offhook, number) for number in (ANN, BOB)]
    desk.says("/other", "<Response><Say>Another agent</Say></Response>")
    members = offhook.client().queues(queue_of(offhook).sid).members
    front = members("Front").update(url=f"{desk.url}/other", method="GET")
    assert (front.call_sid, front.position, front.queue_sid) == (calls[0].call_sid, 1, queue_of(offhook).sid)
    calls[0].hears("Another agent")
    assert desk.at("/other")[0].method == "GET"
    assert desk.at("/left")[0].parameters["QueueResult"] == "redirected"
    assert members("Front").fetch().call_sid == calls[1].call_sid
    members(calls[1].call_sid).update(url=f"{desk.url}/other")
    calls[1].hears("Another agent")
    assert members.list() == []
    with pytest.raises(TwilioRestException) as refusal:
        members("Front").update(url=f"{desk.url}/other")
    assert refusal.value.status == 404


def test_a_caller_can_wait_twice(offhook, desk):
    desk.says("/left", enqueue(wait_url="/wait", action="/gone"))
    desk.says("/gone", "<Response><Say>Gone</Say></Response>")
    caller = waiting(offhook, ANN)
    offhook.handset(DAN).call(AGENTS).hangs_up()
    caller.hears("Please hold")
    caller.hears("Please hold")
    assert queue_of(offhook).current_size == 1
    agent = offhook.handset(DAN).call(AGENTS)
    caller.says("Me again")
    agent.hears("Me again", kind="person")


def test_everybody_who_comes_at_once_is_served_once(offhook, desk):
    offhook.client().queues.create("support")
    phones = [(f"+150055501{number:02}", f"+150055502{number:02}") for number in range(10)]
    callers, agents = [], []
    for caller, agent in phones:
        agents.append(offhook.handset(agent).call(AGENTS))
        callers.append(offhook.handset(caller).call(CALLERS))
    offhook.clock.settle()
    assert queue_of(offhook).current_size == 0
    for agent in agents:
        agent.hangs_up()
    for caller in callers:
        caller.hears("Goodbye")
    told = [asked.parameters for asked in desk.at("/left")]
    assert sorted(one["CallSid"] for one in told) == sorted(caller.call_sid for caller in callers)
    assert {one["QueueResult"] for one in told} == {"bridged"}
