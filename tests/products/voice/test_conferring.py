"""Conferences with people in them: who hears whom, when it begins and ends, and what the app is told of it."""

from twilio.twiml.voice_response import VoiceResponse

from tests.products.voice.conferences import (
    ALL_EVENTS,
    ANN,
    BOB,
    CAT,
    LINE,
    PEOPLE,
    comes,
    conference,
    events,
    hear,
    persons,
    room,
)


def test_five_people_in_a_conference_hear_each_other(offhook, app):
    calls = [comes(offhook, app, number) for number in PEOPLE]
    for number, call in enumerate(calls):
        call.says(f"I am number {number}")
    for own, call in enumerate(calls):
        assert persons(call) == [f"I am number {other}" for other in range(5) if other != own]


def test_two_conferences_with_different_names_do_not_hear_each_other(offhook, app):
    ann, bob = comes(offhook, app, ANN, name="One"), comes(offhook, app, BOB, name="One")
    cat = comes(offhook, app, CAT, name="Two")
    cat.says("Is anybody here?")
    bob.says("Hello Ann")
    assert (persons(ann), persons(bob), persons(cat)) == (["Hello Ann"], [], [])


def test_who_is_alone_hears_the_wait_url_until_the_second_comes(offhook, app):
    app.says("/wait", "<Response><Say>Please wait</Say><Pause length='5'/><Say>Still waiting</Say></Response>")
    ann = comes(offhook, app, ANN, wait_url="/wait")
    ann.hears("Please wait")
    assert conference(offhook).status == "init"
    bob = comes(offhook, app, BOB, wait_url="/wait")
    assert conference(offhook).status == "in-progress"
    bob.says("Here I am")
    offhook.clock.advance(seconds=30)
    assert [text for _, text in hear(ann)] == ["Please wait", "Here I am"]
    assert persons(bob) == [text for _, text in hear(bob)] == []


def test_without_wait_url_there_is_music(offhook, app):
    app.says("/voice", "<Response><Dial><Conference>Team</Conference></Dial></Response>")
    offhook.number(LINE, voice_url=app.url + "/voice")
    ann = offhook.handset(ANN).call(LINE)
    ann.hears(kind="music")


def test_a_conference_waits_for_somebody_who_may_start_it(offhook, app):
    ann = comes(offhook, app, ANN, start_conference_on_enter="false")
    bob = comes(offhook, app, BOB, start_conference_on_enter="false")
    ann.says("Can you hear me?")
    assert persons(bob) == []
    cat = comes(offhook, app, CAT)
    ann.says("And now?")
    assert persons(bob) == persons(cat) == ["And now?"]


def test_when_somebody_with_end_on_exit_leaves_the_conference_ends_for_all(offhook, app):
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB)
    chair = comes(offhook, app, CAT, end_conference_on_exit="true")
    chair.hangs_up()
    for call in (ann, bob):
        call.hears("Back from the conference")
        assert call.wait_until_ended() == "completed"
    ended = conference(offhook)
    assert ended.status == "completed"
    assert ended.reason_conference_ended == "participant-with-end-conference-on-exit-left"
    assert ended.call_sid_ending_conference == chair.call_sid


def test_a_conference_goes_on_until_the_last_has_left(offhook, app):
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB)
    ann.hangs_up()
    offhook.clock.settle()
    assert conference(offhook).status == "in-progress"
    bob.hangs_up()
    offhook.clock.settle()
    ended = conference(offhook)
    assert (ended.status, ended.reason_conference_ended) == ("completed", "last-participant-left")
    assert ended.call_sid_ending_conference == bob.call_sid
    comes(offhook, app, ANN)
    assert conference(offhook).sid != ended.sid


def test_who_is_muted_hears_and_is_not_heard(offhook, app):
    ann, bob = comes(offhook, app, ANN, muted="true"), comes(offhook, app, BOB)
    ann.says("Nobody hears this")
    bob.says("Everybody hears this")
    assert (persons(ann), persons(bob)) == (["Everybody hears this"], [])


def test_a_coach_is_heard_by_one_only(offhook, app):
    agent, customer = comes(offhook, app, ANN), comes(offhook, app, BOB)
    coach = comes(offhook, app, CAT, coach=agent.call_sid)
    coach.says("Offer a discount")
    customer.says("It is too dear")
    assert persons(agent) == ["Offer a discount", "It is too dear"]
    assert persons(customer) == []
    assert persons(coach) == ["It is too dear"]


def test_who_coaches_somebody_who_is_not_there_does_not_get_in(offhook, app):
    comes(offhook, app, ANN)
    app.says("/voice", room(coach="CA" + "0" * 32, dial={"action": "/left"}))
    app.says("/left", "<Response><Say>No such call</Say></Response>")
    offhook.handset(BOB).call(LINE).hears("No such call")
    assert app.at("/left")[0].parameters["DialCallStatus"] == "failed"
    assert [alert.error_code for alert in offhook.alerts()] == [13240]


def test_who_comes_to_a_full_conference_does_not_get_in(offhook, app):
    comes(offhook, app, ANN), comes(offhook, app, BOB)
    app.says("/voice", room(max_participants=2))
    late = offhook.handset(CAT).call(LINE)
    late.hears("Back from the conference")
    assert [alert.error_code for alert in offhook.alerts()] == [16020]


def test_a_label_is_for_one_only_and_not_for_everything(offhook, app):
    comes(offhook, app, ANN, participant_label="chair")
    for label, code in (("chair", 16025), ("a/b", 16023)):
        app.says("/voice", room(participant_label=label))
        call = offhook.handset(BOB).call(LINE)
        call.hears("Back from the conference")
        call.wait_until_ended()
        assert offhook.alerts()[-1].error_code == code


def test_a_beep_tells_who_comes_and_who_leaves(offhook, app):
    ann = comes(offhook, app, ANN, beep="true")
    bob = comes(offhook, app, BOB, beep="true")
    assert [kind for kind, _ in hear(ann)] == ["beep"]
    assert hear(bob) == []
    cat = comes(offhook, app, CAT, beep="onExit")
    assert [kind for kind, _ in hear(bob)] == []
    cat.hangs_up()
    assert [kind for kind, _ in hear(bob)] == ["beep"]
    assert [kind for kind, _ in hear(ann)] == ["beep", "beep"]


def test_the_star_key_leaves_the_conference_and_the_action_goes_on(offhook, app):
    app.says("/left", "<Response><Say>You left</Say></Response>")
    ann = comes(offhook, app, ANN, dial={"hangup_on_star": True, "action": "/left"})
    bob = comes(offhook, app, BOB)
    ann.press("5")
    ann.press("*")
    ann.hears("You left")
    bob.says("Hello?")
    assert "Hello?" not in persons(ann)
    (asked,) = app.at("/left")
    assert asked.parameters["DialCallStatus"] == "answered"
    assert asked.parameters["ConferenceSid"] == conference(offhook).sid


def test_the_time_limit_puts_out_whoever_has_been_there_so_long_even_if_alone(offhook, app):
    ann = comes(offhook, app, ANN, dial={"time_limit": 60})
    offhook.clock.advance(seconds=59)
    assert ann.status == "in-progress"
    offhook.clock.advance(seconds=2)
    ann.hears("Back from the conference")


def test_the_action_hears_of_who_hung_up(offhook, app):
    app.says("/left", "<Response/>")
    ann = comes(offhook, app, ANN, dial={"action": "/left"})
    ann.hangs_up()
    offhook.clock.settle()
    (asked,) = app.at("/left")
    assert asked.parameters["CallStatus"] in ("in-progress", "completed")


def test_a_call_that_is_sent_elsewhere_leaves_the_conference(offhook, app):
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB)
    response = VoiceResponse()
    response.say("Somewhere else")
    offhook.client().calls(ann.call_sid).update(twiml=str(response))
    ann.hears("Somewhere else")
    bob.says("Ann?")
    assert persons(ann) == []
    (left,) = conference(offhook).participants.list()
    assert left.call_sid == bob.call_sid


def test_a_wait_url_that_fails_keeps_the_caller_out(offhook, app):
    app.says("/voice", room(wait_url="/missing"))
    offhook.number(LINE, voice_url=app.url + "/voice")
    offhook.handset(ANN).call(LINE).hears("Back from the conference")
    assert [alert.error_code for alert in offhook.alerts()] == [11200]
    assert conference(offhook).status == "completed"


def test_the_app_is_told_of_everything_in_order(offhook, app):
    app.says("/events")
    told = {"status_callback": "/events", "status_callback_event": ALL_EVENTS}
    ann = comes(offhook, app, ANN, participant_label="chair", end_conference_on_exit="true", **told)
    bob = comes(offhook, app, BOB, muted="true")
    ann.says("Hello")
    bob.says("Nobody hears this")
    ann.hangs_up()
    assert events(offhook, app) == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-speech-start",
        "participant-speech-stop",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    asked = app.at("/events")
    assert [one.parameters["SequenceNumber"] for one in asked] == [str(number) for number in range(1, 9)]
    assert all(one.is_signed for one in asked)
    first, second, left, ended = asked[0].parameters, asked[1].parameters, asked[5].parameters, asked[7].parameters
    assert first.pop("Timestamp").endswith("+0000")
    assert first == {
        "ConferenceSid": conference(offhook).sid,
        "FriendlyName": "Team",
        "AccountSid": offhook.account_sid,
        "SequenceNumber": "1",
        "StatusCallbackEvent": "participant-join",
        "CallSid": ann.call_sid,
        "Muted": "false",
        "Hold": "false",
        "Coaching": "false",
        "EndConferenceOnExit": "true",
        "StartConferenceOnEnter": "true",
        "ParticipantLabel": "chair",
    }
    assert (second["CallSid"], second["Muted"]) == (bob.call_sid, "true")
    assert "ParticipantLabel" not in second
    assert (left["CallSid"], left["ReasonParticipantLeft"]) == (ann.call_sid, "participant_hung_up")
    assert left["ParticipantCallStatus"] == "completed"
    assert asked[6].parameters["ReasonParticipantLeft"] == "moderator_ended_conference"
    assert ended["CallSidEndingConference"] == ann.call_sid
    assert ended["ParticipantLabelEndingConference"] == "chair"
    assert ended["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"


def test_callbacks_are_those_that_the_first_who_comes_asks_for(offhook, app):
    app.says("/events"), app.says("/others")
    ann = comes(offhook, app, ANN, status_callback="/events", status_callback_event="start end")
    bob = comes(offhook, app, BOB, status_callback="/others", status_callback_event="join leave")
    bob.hangs_up()
    ann.hangs_up()
    assert events(offhook, app) == ["conference-start", "conference-end"]
    assert events(offhook, app, "/others") == []
