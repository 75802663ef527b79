"""What a caller hears: `<Say>`, `<Play>` and `<Pause>`."""

import io
import wave

import pytest

from tests.products.voice.talking import codes, document, heard, rings


def sound(seconds: float = 2.0) -> bytes:
    """A WAV file of silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(16000 * seconds)))
    return written.getvalue()


def test_verbs_are_carried_out_in_order_and_the_call_ends_after_the_last(offhook, app):
    app.says("/tune.wav", sound(), kind="audio/x-wav")
    call = rings(offhook, app, "<Say>Hello</Say>", "<Pause length='3'/>", "<Play>/tune.wav</Play>", "<Say>Bye</Say>")
    assert call.wait_until_ended() == "completed"
    lines = [(line.kind, line.text) for line in call.transcript]
    assert lines == [("say", "Hello"), ("silence", "3"), ("play", f"{app.url}/tune.wav"), ("say", "Bye")]


def test_a_sound_begins_when_the_one_before_has_ended(offhook, app):
    app.says("/tune.wav", sound(2), kind="audio/x-wav")
    call = rings(offhook, app, "<Play>/tune.wav</Play>", "<Pause length='3'/>", "<Say>Bye</Say>")
    call.wait_until_ended()
    tune, pause, bye = [line.at for line in call.transcript]
    assert (pause - tune, bye - pause) == (2, 3)


def test_a_pause_before_anything_else_lets_it_ring(offhook, app):
    call = rings(offhook, app, "<Pause length='3'/>", "<Say>Hello</Say>")
    offhook.clock.advance(seconds=2)
    assert call.status == "ringing"
    call.hears("Hello")
    assert call.status == "in-progress"


def test_what_is_repeated_is_heard_so_often(offhook, app):
    app.says("/tune.wav", sound(1), kind="audio/x-wav")
    call = rings(offhook, app, "<Say loop='3'>Again</Say>", "<Play loop='2'>/tune.wav</Play>")
    call.wait_until_ended()
    assert [line.kind for line in call.transcript] == ["say", "say", "say", "play", "play"]


def test_a_loop_of_zero_goes_on_until_somebody_hangs_up(offhook, app):
    call = rings(offhook, app, "<Say loop='0'>For ever</Say>")
    offhook.clock.advance(seconds=60)
    assert call.status == "in-progress"
    assert len(heard(call)) > 20
    call.hangs_up()
    assert offhook.client().calls(call.call_sid).fetch().status == "completed"


def test_keys_are_played_as_keys(offhook, app):
    call = rings(offhook, app, "<Play digits='12w3'/>")
    assert call.hears("12w3", kind="digits")


def test_marked_up_words_are_heard_as_words(offhook, app):
    call = rings(offhook, app, "<Say>You have <emphasis>two</emphasis> <break time='1s'/>messages</Say>")
    assert call.hears("two").text.split() == ["You", "have", "two", "messages"]


def test_a_plain_text_is_spoken_and_the_call_ends(offhook, app):
    call = rings(offhook, app)
    call.wait_until_ended()
    app.says("/voice", "Good morning", kind="text/plain")
    call = offhook.handset("+12125550123").call("+12023358536")
    call.hears("Good morning")
    assert call.wait_until_ended() == "completed"


def test_a_sound_file_instead_of_a_document_is_played(offhook, app):
    call = rings(offhook, app)
    call.wait_until_ended()
    app.says("/voice", sound(), kind="audio/x-wav")
    call = offhook.handset("+12125550123").call("+12023358536")
    assert call.hears("/voice", kind="play")


def test_an_empty_document_answers_and_hangs_up(offhook, app):
    call = rings(offhook, app)
    assert call.wait_until_ended() == "completed"
    assert offhook.client().calls(call.call_sid).fetch().duration == "0"
    assert (call.transcript, codes(offhook)) == ([], [])


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", "audio/x-wav", 404, 11200),
        (b"this is no sound", "audio/x-wav", 200, 12300),
        (b"<html>login</html>", "text/html", 200, 12300),
    ],
)
def test_a_file_that_cannot_be_played_is_passed_over_with_an_alert(offhook, app, body, kind, status, code):
    app.says("/tune.wav", body, kind=kind, status=status)
    call = rings(offhook, app, "<Play>/tune.wav</Play>", "<Say>Next</Say>")
    call.hears("Next")
    [alert] = offhook.alerts()
    assert (alert.error_code, alert.resource_sid) == (code, call.call_sid)
    assert f"{app.url}/tune.wav" in (alert.request_url or alert.text)


def test_a_relative_url_is_meant_from_where_the_document_came_from(offhook, app):
    app.says("/deep/tune.wav", sound(), kind="audio/x-wav")
    app.says("/deep/voice", document("<Play>tune.wav</Play>"))
    call = rings(offhook, app, "<Redirect>deep/voice</Redirect>")
    assert call.hears("/deep/tune.wav", kind="play")
