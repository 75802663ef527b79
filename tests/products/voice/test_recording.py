"""`<Record>`: what the caller says after the beep."""

import io
import wave

import pytest

from tests.products.voice.talking import FRIEND, OURS, PERSON, codes, document, element, heard, rings, told

GO = document("<Say>Thank you</Say>")


def record(**attributes: str) -> str:
    return element("Record", **{"action": "/go"} | attributes)


@pytest.fixture(autouse=True)
def go(app):
    app.says("/go", GO)


def after_the_beep(offhook, call):
    call.hears(kind="beep")
    offhook.clock.advance(seconds=0.5)


def only(offhook):
    [recording] = offhook.client().recordings.list()
    return recording


class TestTheEnd:
    def test_a_key_ends_it_and_the_action_is_told(self, offhook, app):
        call = rings(offhook, app, "<Say>Speak</Say>", record())
        after_the_beep(offhook, call)
        call.says("This is my message to you all")
        call.press("#")
        call.hears("Thank you")
        parameters, recording = told(app, "/go"), only(offhook)
        assert (parameters["RecordingSid"], parameters["Digits"]) == (recording.sid, "#")
        assert parameters["RecordingDuration"] == recording.duration == "2"
        assert parameters["RecordingUrl"] == f"{offhook.url}{recording.uri.removesuffix('.json')}"
        assert (recording.call_sid, recording.source, recording.status) == (call.call_sid, "RecordVerb", "completed")

    def test_silence_ends_it(self, offhook, app):
        call = rings(offhook, app, record(timeout="4", trim="do-not-trim"))
        after_the_beep(offhook, call)
        call.says("a" * 30)
        call.hears("Thank you")
        assert (told(app, "/go")["Digits"], only(offhook).duration) == ("", "6")

    def test_silence_at_the_ends_is_cut_off(self, offhook, app):
        call = rings(offhook, app, record(timeout="4"))
        after_the_beep(offhook, call)
        offhook.clock.advance(seconds=3)
        call.says("a" * 30)
        call.hears("Thank you")
        assert only(offhook).duration == "2"

    def test_the_longest_time_ends_it_also_in_the_middle_of_a_word(self, offhook, app):
        call = rings(offhook, app, record(maxLength="3"))
        after_the_beep(offhook, call)
        call.says("a" * 150)
        assert app.at("/go")[0].parameters["RecordingDuration"] == "3"

    def test_who_speaks_into_the_beep_is_heard_to_the_end(self, offhook, app):
        call = rings(offhook, app, record(timeout="2", transcribe="true"))
        call.hears(kind="beep")
        call.says("I could not wait for the end of it, and now I speak for quite a while")
        call.hears("Thank you")
        offhook.clock.settle()
        [words] = offhook.client().transcriptions.list()
        assert words.transcription_text.endswith("quite a while")

    def test_only_the_keys_that_are_to_end_it_do(self, offhook, app):
        call = rings(offhook, app, record(finishOnKey="5"))
        after_the_beep(offhook, call)
        call.press("12")
        call.says("Hello")
        call.press("5")
        call.hears("Thank you")
        assert told(app, "/go")["Digits"] == "5"

    def test_hanging_up_ends_it_and_the_action_is_told(self, offhook, app):
        call = rings(offhook, app, record())
        after_the_beep(offhook, call)
        call.says("a" * 30)
        call.hangs_up()
        parameters = (offhook.clock.settle(), told(app, "/go"))[1]
        assert (parameters["Digits"], parameters["RecordingDuration"]) == ("hangup", "2")
        assert parameters["CallStatus"] == "completed"


class TestNothing:
    def test_the_document_goes_on_where_nothing_was_said(self, offhook, app):
        call = rings(offhook, app, record(), "<Say>I heard nothing</Say>")
        call.hears("I heard nothing")
        assert app.at("/go") == []
        assert (only(offhook).status, only(offhook).duration) == ("absent", "0")

    def test_who_hangs_up_at_once_has_said_nothing(self, offhook, app):
        call = rings(offhook, app, record())
        after_the_beep(offhook, call)
        call.hangs_up()
        offhook.clock.settle()
        assert app.at("/go") == []


class TestTheDocument:
    def test_without_an_action_it_is_asked_for_again(self, offhook, app):
        call = rings(offhook, app, "<Record/>")
        after_the_beep(offhook, call)
        app.says("/voice", GO)
        call.says("Hello")
        call.hears("Thank you")
        first, second = app.at("/voice")
        assert "RecordingUrl" not in first.parameters
        assert second.parameters["RecordingUrl"]

    def test_there_is_no_beep_where_none_is_wanted(self, offhook, app):
        call = rings(offhook, app, "<Say>Speak</Say>", record(playBeep="false"))
        call.hears("Speak")
        call.says("Hello")
        call.hears("Thank you")
        assert heard(call, "beep") == []

    def test_keys_that_came_before_do_not_end_it(self, offhook, app):
        call = rings(offhook, app, "<Say>Please speak after the beep</Say>", record())
        call.hears("Please")
        call.press("#")
        after_the_beep(offhook, call)
        call.says("Hello")
        call.hears("Thank you")
        assert only(offhook).status == "completed"

    def test_who_is_told_to_do_something_else_is_recorded_no_longer(self, offhook, app):
        call = rings(offhook, app, record())
        after_the_beep(offhook, call)
        call.says("Hello")
        offhook.client().calls(call.call_sid).update(twiml="<Response><Say>Stop it</Say><Pause/></Response>")
        call.hears("Stop it")
        assert only(offhook).status == "completed"
        assert app.at("/go") == []


class TestCallbacks:
    def test_they_tell_of_the_beginning_and_of_the_end_where_that_is_wanted(self, offhook, app):
        app.says("/recorded")
        events = {"recordingStatusCallback": "/recorded", "recordingStatusCallbackEvent": "in-progress completed"}
        call = rings(offhook, app, record(**events))
        after_the_beep(offhook, call)
        call.says("a" * 30)
        call.hears("Thank you")
        offhook.clock.settle()
        first, second = app.at("/recorded")
        assert first.is_signed
        assert second.is_signed
        assert [one.parameters["RecordingStatus"] for one in (first, second)] == ["in-progress", "completed"]
        assert "RecordingDuration" not in first.parameters
        assert second.parameters["RecordingDuration"] == "2"
        assert second.parameters["RecordingSid"] == only(offhook).sid
        assert second.parameters["RecordingSource"] == "RecordVerb"

    def test_silence_is_told_of_as_absent(self, offhook, app):
        app.says("/recorded")
        events = {"recordingStatusCallback": "/recorded", "recordingStatusCallbackEvent": "completed absent"}
        call = rings(offhook, app, record(**events), "<Say>I heard nothing</Say>")
        call.hears("I heard nothing")
        assert told(app, "/recorded")["RecordingStatus"] == "absent"

    def test_the_words_are_told_of(self, offhook, app):
        app.says("/words")
        call = rings(offhook, app, record(transcribe="true", transcribeCallback="/words"))
        after_the_beep(offhook, call)
        call.says("Call me back")
        call.says("please")
        call.hears("Thank you")
        offhook.clock.settle()
        parameters, recording = told(app, "/words"), only(offhook)
        assert parameters["TranscriptionText"] == "Call me back please"
        assert (parameters["TranscriptionStatus"], parameters["RecordingSid"]) == ("completed", recording.sid)
        [words] = offhook.client().transcriptions.list()
        assert (words.sid, words.transcription_text) == (parameters["TranscriptionSid"], "Call me back please")
        assert [one.sid for one in offhook.client().recordings(recording.sid).transcriptions.list()] == [words.sid]


def test_what_was_recorded_can_be_played_to_others(offhook, app):
    call = rings(offhook, app, record())
    after_the_beep(offhook, call)
    call.says("Good morning to everybody")
    call.hears("Thank you")
    call.wait_until_ended()
    url = told(app, "/go")["RecordingUrl"]
    listener = rings(offhook, app, f"<Play>{url}</Play>", "<Say>That was it</Say>", person=FRIEND)
    listener.hears(url, kind="play")
    listener.hears("That was it")
    assert codes(offhook) == []


def test_the_sound_of_a_recording_is_as_long_as_it_was(offhook, app):
    call = rings(offhook, app, record(trim="do-not-trim", timeout="2"))
    after_the_beep(offhook, call)
    call.says("a message of thirty characters")
    call.hears("Thank you")
    path = f"/2010-04-01/Accounts/{offhook.account_sid}/Recordings/{only(offhook).sid}"
    with wave.open(io.BytesIO(offhook._api.content(f"{path}.wav"))) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(4, abs=0.1)
        assert any(file.readframes(file.getnframes()))
    assert (call.from_, call.to) == (PERSON, OURS)


def test_what_is_too_long_to_be_played_is_not_read(offhook, app):
    offhook.handset(FRIEND).behave(answers="at-once")
    client = offhook.client()
    offhook.number(OURS)
    client.calls.create(to=FRIEND, from_=OURS, twiml=document("<Pause length='2700'/>"), record=True)
    offhook.clock.advance(minutes=46)
    url = only(offhook).media_url
    listener = rings(offhook, app, f"<Play>{url}</Play>", "<Say>That was it</Say>")
    listener.hears("That was it")
    assert heard(listener, "play") == []
    assert codes(offhook) == [12300]
