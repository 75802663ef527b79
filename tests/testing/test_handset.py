"""Waiting for texts as a test does it."""

import threading
import time
from datetime import timedelta

import pytest

from offhook.testing import NoSuchTextError, RefusedError, waiting

OURS, PERSON = "+12023358536", "+19732644152"
GIF = b"GIF89a and more"


@pytest.fixture
def phone(offhook):
    offhook.number(OURS)
    return offhook.handset(PERSON)


@pytest.fixture
def impatient(monkeypatch) -> None:
    """No app here does anything by itself: a text that has not come will not."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)


def send(offhook, *bodies: str) -> None:
    for body in bodies:
        offhook.client().messages.create(to=PERSON, from_=OURS, body=body)


def test_a_part_of_the_text_is_enough(offhook, phone):
    send(offhook, "Your code is 123456")
    text = phone.wait_for("code is")
    assert (text.body, text.from_, text.to, text.direction) == ("Your code is 123456", OURS, PERSON, "inbound")


@pytest.mark.usefixtures("impatient")
def test_each_text_is_found_once(offhook, phone):
    send(offhook, "code 1", "code 2")
    assert {phone.wait_for("code").body, phone.wait_for("code").body} == {"code 1", "code 2"}
    with pytest.raises(NoSuchTextError, match="each text is found once"):
        phone.wait_for("code", timeout=1)


def test_texts_are_found_in_any_order(offhook, phone):
    send(offhook, "one", "two")
    phone.wait_for("two")
    phone.wait_for("one")


def test_pictures_go_both_ways(offhook, phone):
    def application(_environ, start):
        start("200 OK", [("Content-Type", "image/gif")])
        return [GIF]

    url = offhook.serve(application) + "/wave.gif"
    offhook.client().messages.create(to=PERSON, from_=OURS, body="hello", media_url=[url])
    [picture] = phone.wait_for("hello").media
    assert (picture.content_type, picture.size, phone.open(picture)) == ("image/gif", len(GIF), GIF)
    sent = phone.text(OURS, "back to you", media_url=[url, url])
    assert [file.content_type for file in sent.media] == ["image/gif"] * 2
    assert offhook.client().messages(sent.message_sid).fetch().num_media == "2"
    assert phone.text(OURS, media_url=url).body == ""
    assert f"'hello' [image/gif, {len(GIF)} bytes]" in offhook.story()


def test_a_phone_that_is_reset_behaves_by_default(offhook, phone):
    phone.behave(outcome="undelivered")
    phone.reset()
    send(offhook, "hi")
    phone.wait_for("hi")


@pytest.mark.usefixtures("impatient")
def test_what_the_person_sent_is_not_what_came(phone):
    phone.text(OURS, "hello")
    with pytest.raises(NoSuchTextError):
        phone.wait_for("hello", timeout=1)


@pytest.mark.usefixtures("impatient")
def test_it_is_the_same_phone_each_time(offhook, phone):
    send(offhook, "hi")
    offhook.handset(PERSON).wait_for("hi")
    with pytest.raises(NoSuchTextError):
        offhook.handset(PERSON).wait_for("hi", timeout=1)


def test_time_jumps_to_what_is_still_to_come(offhook, phone):
    phone.behave(delay=3000)
    began, virtual = time.monotonic(), offhook.clock.now()
    send(offhook, "in fifty minutes")
    phone.wait_for("in fifty minutes", timeout=3600)
    assert offhook.clock.now() - virtual == timedelta(seconds=3000)
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("impatient")
def test_time_does_not_jump_further_than_asked(offhook, phone):
    phone.behave(delay=3000)
    send(offhook, "in fifty minutes")
    virtual = offhook.clock.now()
    with pytest.raises(NoSuchTextError):
        phone.wait_for("in fifty minutes", timeout=60)
    assert offhook.clock.now() - virtual <= timedelta(seconds=60)
    offhook.clock.advance(minutes=50)
    phone.wait_for("in fifty minutes")


def test_a_phone_that_is_off_gets_its_texts_when_it_is_on_again(offhook, phone):
    phone.behave(power="off")
    send(offhook, "are you there?")
    assert phone.inbox == []
    phone.behave(power="on")
    phone.wait_for("are you there?")


def test_what_an_app_sends_by_itself_a_moment_later_is_waited_for(offhook, phone):
    """A thread of the app that Offhook knows nothing of: nothing is under way, and then there is."""
    later = threading.Timer(0.2, send, [offhook, "from a thread"])
    later.start()
    phone.wait_for("from a thread")
    later.join()


@pytest.mark.usefixtures("impatient")
def test_a_failure_tells_what_happened_instead(offhook, phone):
    def application(environ, start):
        start("500 Sorry", [("Content-Type", "text/plain")])
        return [b"the database is down"]

    offhook.number(OURS, sms_url=offhook.serve(application) + "/sms")
    send(offhook, "something else")
    phone.text(OURS, "what now?")
    with pytest.raises(NoSuchTextError) as caught:
        phone.wait_for("the answer", timeout=1)
    assert isinstance(caught.value, AssertionError)
    told = str(caught.value)
    for part in (
        f"no text with 'the answer' came to {PERSON}",
        f"<- {OURS}  'something else'",
        f"-> {OURS}  'what now?'",
        "/sms (document)",
        "Body='what now?'",
        "500 text/plain",
        "the database is down",
        "11200",
    ):
        assert part in told


def test_a_text_is_found_anew_after_going_back(offhook, phone):
    send(offhook, "code 1")
    phone.wait_for("code")
    offhook.snapshot("one found")
    send(offhook, "code 2")
    assert phone.wait_for("code").body == "code 2"
    offhook.restore("one found")
    send(offhook, "code 3")
    assert phone.wait_for("code").body == "code 3"
    offhook.reset()
    offhook.number(OURS)
    send(offhook, "code 4")
    assert phone.wait_for("code").body == "code 4"


def test_a_person_cannot_text_what_is_no_number(phone):
    with pytest.raises(RefusedError) as caught:
        phone.text("nobody", "hi")
    assert (caught.value.status, caught.value.code) == (400, 21211)
    assert "21211" in str(caught.value)
