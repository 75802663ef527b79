"""`<Dial>`: somebody else is called, and the two speak with each other."""

import pytest

from tests.products.voice.talking import FRIEND, OTHER, OURS, PERSON, codes, document, element, heard, rings, told

AFTER = "<Say>Goodbye</Say>"


def dial(*inside: str, **attributes: str) -> str:
    return element("Dial", *inside, **attributes)


@pytest.fixture(autouse=True)
def after(app):
    app.says("/after", document("<Say>What now?</Say>"))


class TestTwoWhoSpeak:
    def test_they_hear_each_other(self, offhook, app):
        call = rings(offhook, app, "<Say>One moment</Say>", dial(FRIEND))
        answered = offhook.handset(FRIEND).incoming_call()
        assert (answered.from_, answered.status) == (PERSON, "ringing")
        answered.answer()
        answered.says("Hello?")
        call.hears("Hello?", kind="person")
        call.says("It is me")
        answered.hears("It is me", kind="person")
        call.press("5")
        answered.hears("5", kind="digits")

    def test_the_next_verb_follows_when_who_was_called_hangs_up(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND), AFTER)
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.clock.advance(seconds=7)
        answered.hangs_up()
        call.hears("Goodbye")

    def test_the_action_is_told_how_it_was(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, action="/after"), AFTER)
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.clock.advance(seconds=7)
        answered.hangs_up()
        call.hears("What now?")
        call.wait_until_ended()
        assert heard(call) == ["What now?"]
        parameters = told(app, "/after")
        assert parameters["DialCallStatus"] == "completed"
        assert parameters["DialCallSid"] == answered.call_sid
        assert (parameters["DialCallDuration"], parameters["DialBridged"]) == ("7", "true")

    def test_the_call_that_was_made_is_a_call_of_its_own(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        client = offhook.client()
        [child] = client.calls.list(parent_call_sid=call.call_sid)
        assert (child.sid, child.parent_call_sid) == (answered.call_sid, call.call_sid)
        assert (child.direction, child.status, child._from, child.to) == (
            "outbound-dial",
            "in-progress",
            PERSON,
            FRIEND,
        )

    def test_when_the_caller_hangs_up_first_both_end_and_the_action_is_told(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.clock.advance(seconds=3)
        call.hangs_up()
        assert answered.wait_until_ended() == "completed"
        parameters = told(app, "/after")
        assert (parameters["DialCallStatus"], parameters["DialCallDuration"]) == ("completed", "3")
        assert parameters["CallStatus"] == "completed"

    def test_the_star_key_ends_it_where_it_may(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, hangupOnStar="true"), AFTER)
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        call.press("1")
        assert answered.status == "in-progress"
        call.press("*")
        call.hears("Goodbye")
        assert answered.status == "completed"

    def test_they_may_speak_only_so_long(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, timeLimit="20", action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.clock.advance(seconds=19.9)
        assert answered.status == "in-progress"
        call.hears("What now?")
        assert answered.status == "completed"
        parameters = told(app, "/after")
        assert (parameters["DialCallStatus"], parameters["DialCallDuration"]) == ("completed", "20")


class TestNobodyCame:
    @pytest.mark.parametrize(("answers", "status"), [("busy", "busy"), ("rejects", "busy"), ("never", "no-answer")])
    def test_the_action_is_told_why(self, offhook, app, answers, status):
        offhook.handset(FRIEND).behave(answers=answers)
        call = rings(offhook, app, dial(FRIEND, timeout="20", action="/after"))
        call.hears("What now?")
        parameters = told(app, "/after")
        [child] = offhook.client().calls.list(parent_call_sid=call.call_sid)
        assert (parameters["DialCallStatus"], parameters["DialCallSid"]) == (status, child.sid)
        assert child.status == status
        assert "DialCallDuration" not in parameters

    def test_it_rings_as_long_as_the_document_says(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, timeout="12"), AFTER)
        ringing = offhook.handset(FRIEND).incoming_call()
        assert call.hears("Goodbye").at == 12
        assert ringing.status == "no-answer"

    def test_who_hangs_up_meanwhile_lets_nobody_ring_on(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, action="/after"))
        ringing = offhook.handset(FRIEND).incoming_call()
        call.hangs_up()
        assert ringing.wait_until_ended() == "no-answer"
        assert offhook.client().calls(ringing.call_sid).fetch().status == "canceled"
        assert told(app, "/after")["DialCallStatus"] == "canceled"

    @pytest.mark.parametrize(
        ("inside", "code"),
        [("12", 13223), ("<Client>a b c !</Client>", 13223), ("<Sip>sip:</Sip>", 13243), ("", 13223)],
    )
    def test_who_cannot_be_called_is_an_alert_and_the_document_goes_on(self, offhook, app, inside, code):
        call = rings(offhook, app, dial(inside, action="/after"))
        call.hears("What now?")
        assert codes(offhook) == [code]
        assert told(app, "/after")["DialCallStatus"] in ("failed", "no-answer")


class TestSeveral:
    def test_who_picks_up_first_is_the_one_and_the_others_stop_ringing(self, offhook, app):
        call = rings(offhook, app, dial(f"<Number>{FRIEND}</Number><Client>bob</Client>"))
        first, second = offhook.handset(FRIEND).incoming_call(), offhook.handset("client:bob").incoming_call()
        second.answer()
        second.says("Bob here")
        call.hears("Bob here", kind="person")
        assert first.status == "no-answer"
        assert offhook.client().calls(first.call_sid).fetch().status == "canceled"

    def test_all_are_busy(self, offhook, app):
        for address in (FRIEND, OTHER):
            offhook.handset(address).behave(answers="busy")
        call = rings(offhook, app, dial(f"<Number>{FRIEND}</Number><Number>{OTHER}</Number>", action="/after"))
        call.hears("What now?")
        assert told(app, "/after")["DialCallStatus"] == "busy"

    def test_one_after_another(self, offhook, app):
        offhook.handset(FRIEND).behave(answers="never")
        both = f"<Number>{FRIEND}</Number><Number>{OTHER}</Number>"
        call = rings(offhook, app, dial(both, sequential="true", timeout="10"))
        second = offhook.handset(OTHER).incoming_call()
        [first] = offhook.handset(FRIEND).calls
        assert first.status == "no-answer"
        second.answer()
        second.says("Hello")
        assert call.hears("Hello").at >= 10


class TestTheCallerID:
    def test_a_number_of_the_account_may_be_shown(self, offhook, app):
        rings(offhook, app, dial(FRIEND, callerId=OURS))
        assert offhook.handset(FRIEND).incoming_call().from_ == OURS

    def test_a_number_of_somebody_else_may_not(self, strict):
        client = strict.client()
        call = client.calls.create(
            to=FRIEND, from_=str(strict.number(OURS)), twiml=document(dial(OTHER, callerId=PERSON))
        )
        strict.handset(FRIEND).incoming_call().answer()
        assert codes(strict) == [13214]
        assert client.calls.list(parent_call_sid=call.sid) == []
        assert strict.handset(OTHER).calls == []


class TestTheWhisper:
    def test_who_is_called_hears_a_document_before_they_speak(self, offhook, app):
        app.says("/whisper", document("<Say>A call from the shop</Say>"))
        call = rings(offhook, app, dial(f"<Number url='/whisper'>{FRIEND}</Number>"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        answered.hears("A call from the shop")
        offhook.clock.advance(seconds=5)
        answered.says("Hello")
        call.hears("Hello")
        assert heard(call) == []
        parameters = told(app, "/whisper")
        assert (parameters["CallSid"], parameters["ParentCallSid"]) == (answered.call_sid, call.call_sid)
        assert parameters["CallStatus"] == "in-progress"

    def test_one_that_hangs_up_ends_the_other_call_only(self, offhook, app):
        menu = document("<Gather numDigits='1' timeout='3'><Say>Press 1 to accept</Say></Gather><Hangup/>")
        app.says("/whisper", menu)
        call = rings(offhook, app, dial(f"<Number url='/whisper'>{FRIEND}</Number>", action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        answered.hears("Press 1")
        call.hears("What now?")
        assert answered.status == "completed"
        assert told(app, "/after")["DialCallStatus"] == "no-answer"

    def test_the_caller_may_hang_up_meanwhile(self, offhook, app):
        app.says("/whisper", document("<Say>A call</Say><Pause length='20'/>"))
        call = rings(offhook, app, dial(f"<Number url='/whisper'>{FRIEND}</Number>", action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        answered.hears("A call")
        call.hangs_up()
        assert answered.wait_until_ended() == "completed"
        assert told(app, "/after")["DialCallStatus"] == "canceled"


class TestMore:
    def test_the_caller_is_not_answered_before_somebody_comes_where_that_is_wanted(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, answerOnBridge="true"))
        answered = offhook.handset(FRIEND).incoming_call()
        offhook.clock.advance(seconds=5)
        assert call.status == "ringing"
        answered.answer()
        assert call.status == "in-progress"
        offhook.clock.advance(seconds=4)
        answered.hangs_up()
        call.wait_until_ended()
        assert offhook.client().calls(call.call_sid).fetch().duration == "4"

    def test_what_they_say_is_recorded(self, offhook, app):
        app.says("/recorded")
        attributes = {"record": "record-from-answer-dual", "recordingStatusCallback": "/recorded"}
        call = rings(offhook, app, dial(FRIEND, action="/after", **attributes))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        answered.says("Good morning to you")
        call.says("And to you")
        offhook.clock.advance(seconds=1)
        answered.hangs_up()
        call.hears("What now?")
        [recording] = offhook.client().recordings.list()
        assert (recording.source, recording.channels, recording.call_sid) == ("DialVerb", 2, call.call_sid)
        parameters = told(app, "/after")
        assert parameters["RecordingSid"] == recording.sid
        assert parameters["RecordingUrl"].endswith(recording.sid)
        assert told(app, "/recorded")["RecordingDuration"] == recording.duration == "3"

    def test_keys_are_pressed_once_the_other_answers(self, offhook, app):
        rings(offhook, app, dial(f"<Number sendDigits='ww12'>{FRIEND}</Number>"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        assert answered.hears("ww12", kind="digits")

    def test_the_app_is_told_of_the_call_that_was_made(self, offhook, app):
        app.says("/status")
        events = "statusCallback='/status' statusCallbackEvent='initiated ringing answered completed'"
        call = rings(offhook, app, dial(f"<Number {events}>{FRIEND}</Number>"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        call.hangs_up()
        offhook.clock.settle()
        statuses = [asked.parameters["CallStatus"] for asked in app.at("/status")]
        assert statuses == ["initiated", "ringing", "in-progress", "completed"]
        assert {asked.parameters["ParentCallSid"] for asked in app.at("/status")} == {call.call_sid}

    def test_who_answered_is_told_to_the_app(self, offhook, app):
        app.says("/amd")
        offhook.handset(FRIEND).behave(answers="voicemail", answer_delay=2)
        number = element("Number", FRIEND, machineDetection="Enable", amdStatusCallback="/amd")
        rings(offhook, app, dial(number))
        offhook.clock.advance(seconds=10)
        [call] = offhook.handset(FRIEND).calls
        parameters = told(app, "/amd")
        assert (parameters["CallSid"], parameters["AnsweredBy"]) == (call.call_sid, "machine_start")
        assert offhook.client().calls(call.call_sid).fetch().answered_by == "machine_start"

    def test_a_redirected_caller_leaves_the_other_who_is_hung_up_on(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.client().calls(call.call_sid).update(twiml=document("<Say>Over here</Say><Pause length='9'/>"))
        call.hears("Over here")
        assert answered.status == "completed"
        assert app.at("/after") == []

    def test_when_the_other_is_redirected_the_caller_goes_on(self, offhook, app):
        call = rings(offhook, app, dial(FRIEND, action="/after"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        offhook.clock.advance(seconds=5)
        offhook.client().calls(answered.call_sid).update(twiml=document("<Say>Over here</Say><Pause length='9'/>"))
        answered.hears("Over here")
        call.hears("What now?")
        assert answered.status == "in-progress"
        parameters = told(app, "/after")
        assert (parameters["DialCallStatus"], parameters["DialCallDuration"]) == ("completed", "5")

    def test_another_number_of_ours_can_be_dialled(self, offhook, app):
        offhook.number(OTHER, voice_url=app.says("/other", document("<Say>The other desk</Say>")))
        call = rings(offhook, app, dial(OTHER), AFTER)
        call.hears("The other desk")
        call.hears("Goodbye")
        assert {one.direction for one in offhook.client().calls.list()} == {"inbound", "outbound-dial"}

    @pytest.mark.parametrize("at_once", [1, 3])
    def test_numbers_that_dial_each_other_come_to_an_end(self, offhook, app, at_once):
        offhook.number(OTHER, voice_url=app.says("/other", document(dial(*[f"<Number>{OURS}</Number>"] * at_once))))
        call = rings(offhook, app, dial(OTHER), "<Say>Nobody came</Say>", person=FRIEND)
        call.wait_until_ended(timeout=120)
        offhook.clock.advance(minutes=2)
        assert len(app.asked) <= 100
        assert set(codes(offhook)) == {13223}
        assert {one.status for one in offhook.client().calls.list()}.isdisjoint({"queued", "ringing", "in-progress"})


def test_who_was_dialled_cannot_dial_somebody_else(offhook, app):
    app.says("/whisper", document("<Say>A call for you</Say>", f"<Dial>{OTHER}</Dial>"))
    caller = rings(offhook, app, f'<Dial><Number url="/whisper">{FRIEND}</Number></Dial>')
    friend = offhook.handset(FRIEND).incoming_call()
    friend.answer()
    friend.hears("A call for you")
    offhook.clock.advance(seconds=5)
    friend.says("Hello")
    caller.hears("Hello", kind="person")
    assert offhook.handset(OTHER).calls == []
    assert codes(offhook) == [13201]
