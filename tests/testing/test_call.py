"""Calling and being called as a test does it."""

import time
from datetime import timedelta

import pytest

from offhook.testing import Call, CallError, Line, RefusedError, waiting

PERSON, FRIEND = "+19732644152", "+12125550100"


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Nobody here does anything by themselves: what has not happened will not."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)


@pytest.fixture
def ann(offhook):
    return offhook.handset(PERSON)


@pytest.fixture
def bob(offhook):
    return offhook.handset(FRIEND)


def connected(ann, bob) -> tuple[Call, Call]:
    calling = ann.call(bob.address)
    called = bob.incoming_call()
    called.answer()
    return calling, called


def test_two_people_talk(ann, bob):
    calling = ann.call(FRIEND)
    called = bob.incoming_call()
    assert (calling.status, called.status) == ("ringing", "ringing")
    called.answer()
    called.says("Hello?")
    assert calling.hears("Hello") == Line(0.0, "person", "Hello?")
    calling.press("1#")
    assert called.hears("1#", kind="digits").text == "1#"
    calling.hangs_up()
    assert called.wait_until_ended() == "completed"
    assert called.transcript == [Line(0.0, "speech", "Hello?"), Line(0.5, "digits", "1#")]
    assert (calling.direction, calling.from_, calling.to) == ("outbound", PERSON, FRIEND)
    assert (called.direction, called.duration, called.call_sid) == ("inbound", 0.5, None)


def test_speaking_takes_time_on_the_clock_and_none_for_the_test(offhook, ann, bob):
    calling, _ = connected(ann, bob)
    began, virtual = time.monotonic(), offhook.clock.now()
    calling.says("a" * 900)
    calling.press("1W2")
    assert offhook.clock.now() - virtual == timedelta(seconds=61)
    assert time.monotonic() - began < 10


def test_whoever_speaks_waits_until_somebody_answers(offhook, ann, bob):
    bob.behave(answers="at-once", answer_delay=20)
    virtual = offhook.clock.now()
    ann.call(FRIEND).says("Hello!")
    assert offhook.clock.now() - virtual == timedelta(seconds=20.5)
    assert bob.incoming_call().hears("Hello!").at == 20.0


def test_lines_are_found_in_order_each_once(ann, bob):
    calling, called = connected(ann, bob)
    for text in ("one", "two", "three", "two"):
        calling.says(text)
    assert [called.hears("two").at, called.hears("two").at] == [0.5, 1.5]
    assert [line.text for line in called.transcript] == ["one", "two", "three", "two"]
    calling.hangs_up()
    with pytest.raises(CallError, match="each line is found once, in order"):
        called.hears("two")


@pytest.mark.usefixtures("impatient")
def test_what_one_says_and_presses_oneself_is_not_heard(ann, bob):
    calling, _ = connected(ann, bob)
    calling.says("hello")
    calling.press("5")
    with pytest.raises(CallError):
        calling.hears(timeout=1)
    assert calling.hears(kind="speech").text == "hello"


def test_a_voicemail_takes_a_message(ann, bob):
    bob.behave(answers="voicemail", greeting="Bob is not in")
    calling = ann.call(FRIEND)
    assert calling.hears("not in").text == "Bob is not in"
    calling.hears(kind="beep")
    calling.says("Call me back")
    calling.hangs_up()
    called = bob.incoming_call()
    assert called.hears("Call me back").kind == "person"
    assert [call.status for call in (*ann.calls, *bob.calls)] == ["completed", "completed"]


def test_a_call_is_rejected(ann, bob):
    calling = ann.call(FRIEND)
    bob.incoming_call().reject()
    assert calling.wait_until_ended() == "busy"
    with pytest.raises(RefusedError) as caught:
        calling.hangs_up()
    assert caught.value.status == 409


@pytest.mark.usefixtures("impatient")
def test_each_call_comes_once(ann, bob):
    first = ann.call(FRIEND)
    assert bob.incoming_call() is bob.calls[0]
    first.hangs_up()
    with pytest.raises(CallError, match=f"nobody called \\{FRIEND}"):
        bob.incoming_call(timeout=1)
    ann.call(FRIEND)
    assert bob.incoming_call() is bob.calls[1]
    assert [call.status for call in bob.calls] == ["no-answer", "ringing"]


@pytest.mark.usefixtures("impatient")
def test_a_call_that_goes_on_has_not_ended(ann, bob):
    calling, _ = connected(ann, bob)
    with pytest.raises(CallError, match="has not ended: it is in-progress"):
        calling.wait_until_ended(timeout=1)


@pytest.mark.usefixtures("impatient")
def test_nobody_answers(ann, bob):
    bob.behave(answers="never")
    with pytest.raises(CallError, match="nobody answers"):
        ann.call(FRIEND).says("hello?")


@pytest.mark.usefixtures("impatient")
def test_a_failure_tells_what_was_heard_instead(ann, bob):
    calling, called = connected(ann, bob)
    calling.says("something else")
    with pytest.raises(CallError) as caught:
        called.hears("the answer", timeout=1)
    assert isinstance(caught.value, AssertionError)
    told = str(caught.value)
    for part in (
        "nothing with 'the answer' is to be heard",
        f"The calls of the phone {FRIEND}:\n  <- {PERSON}  in-progress\n       0.000 s  person   'something else'",
        f"The calls of the phone {PERSON}:\n  -> {FRIEND}  in-progress\n       0.000 s  speech   'something else'",
    ):
        assert part in told


def test_after_a_reset_there_are_no_calls(offhook, ann, bob):
    connected(ann, bob)
    offhook.reset()
    assert ann.calls == bob.calls == []
    connected(ann, bob)


def test_an_app_is_called_and_its_menu_takes_no_real_time(offhook, ann):
    said = "<Response><Gather numDigits='1' timeout='30' action='/chosen'><Say>Press a key</Say></Gather></Response>"
    pages = {"/voice": said, "/chosen": "<Response><Say>Thank you</Say></Response>"}

    def app(environ, start):
        start("200 OK", [("Content-Type", "text/xml")])
        return [pages[environ["PATH_INFO"]].encode()]

    call = ann.call(offhook.number(voice_url=offhook.serve(app) + "/voice"))
    assert call.hears("Press a key") == Line(0.0, "say", "Press a key")
    call.press("1")
    assert call.hears("Thank you").at == 0.0
    assert call.wait_until_ended() == "completed"
    assert call.call_sid == offhook.client().calls.list()[0].sid
    assert f"The calls of the phone {PERSON}:" in offhook.story()
