"""What somebody hears who waits."""

import pytest

from offhook.carriers.calls import Digit, Ended, File, Play, Stop
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import waiting
from offhook.products.voice.interpreter.effects import Load, Page, Warn
from offhook.products.voice.interpreter.session import DocumentError, HungUpError, NewsError, wait
from tests.products.voice.interpreter.driving import PLACE, Driver

MUSIC = File("", "audio/x-wav", "", 30 * SECOND, is_music=True)
HELLO = "<Response><Say>Please hold</Say></Response>"


def test_without_a_url_there_is_music_without_end():
    driven = Driver(answers={Load: MUSIC}).comes(100, Ended())
    with pytest.raises(HungUpError):
        driven.run(waiting.listen(driven.session, None, "POST"))
    assert [played.sound for played in driven.of(Play)] == [MUSIC] * 4
    assert driven.of(Stop)


def test_without_music_it_is_silent():
    driven = Driver().comes(100, Ended())
    with pytest.raises(HungUpError):
        driven.run(waiting.listen(driven.session, None, "POST"))
    assert driven.of(Play) == []


@pytest.mark.parametrize("url", ["", "http://["])
def test_an_empty_url_or_none_at_all_is_silence(url):
    driven = Driver(answers={Load: MUSIC}).comes(3, Digit("1"))
    assert driven.run(waiting.listen(driven.session, url, "POST")) is None
    assert driven.of(Play) == []
    assert bool(driven.of(Warn)) == bool(url)


def test_a_document_that_says_nothing_is_asked_for_once_a_second():
    driven = Driver({"/wait": "<Response/>"}).comes(10, Ended())
    with pytest.raises(HungUpError):
        driven.run(waiting.listen(driven.session, "/wait", "GET"))
    assert driven.asked == [Page(f"{PLACE}/wait", "GET")] * 10


def test_music_follows_a_document_that_fails():
    driven = Driver(answers={Load: MUSIC}).comes(10, Ended())
    with pytest.raises(HungUpError):
        driven.run(waiting.listen(driven.session, "/wait", "POST"))
    assert [played.sound for played in driven.of(Play)] == [MUSIC]
    with pytest.raises(DocumentError):
        Driver().run(waiting.rounds(driven.session, "/wait", "POST"))


def test_what_the_app_is_told_is_asked_for_each_time():
    driven = Driver({"/wait": HELLO}).comes(5, Ended())
    rounds = iter("123")

    def told():
        yield from ()
        return (("Round", next(rounds)),)

    with pytest.raises(HungUpError):
        driven.run(waiting.listen(driven.session, "/wait", "POST", told))
    assert [dict(page.parameters)["Round"] for page in driven.asked] == ["1", "2", "3"]


def test_a_document_beside_the_call_does_not_change_where_the_call_is():
    driven = Driver({"/aside/here": "<Response><Redirect>next</Redirect></Response>", "/aside/next": HELLO})
    assert driven.run(waiting.aside(driven.session, Page(f"{PLACE}/aside/here"))) is False
    assert [page.url for page in driven.asked] == [f"{PLACE}/aside/here", f"{PLACE}/aside/next"]
    assert (driven.session.url, driven.session.method, driven.session.aside) == (f"{PLACE}/start", "POST", False)


def test_what_cannot_be_done_while_waiting_is_passed_over():
    driven = Driver({"/wait": "<Response><Dial>+12012005555</Dial><Enqueue>other</Enqueue><Leave/></Response>"})
    assert driven.run(waiting.listen(driven.session, "/wait", "POST")) == "leave"
    assert [warning.code for warning in driven.of(Warn)] == [12200, 12200]


def test_news_that_somebody_waits_for_ends_the_waiting_and_the_sound():
    driven = Driver({"/wait": HELLO}).comes(1, Digit("5"))
    driven.session.waited_for.append((Digit,))
    with pytest.raises(NewsError) as interruption:
        driven.run(waiting.listen(driven.session, "/wait", "POST"))
    assert interruption.value.news == Digit("5")
    assert driven.of(Stop)
    assert driven.session.aside is False
    driven.session.waited_for.clear()
    assert driven.comes(2, Digit("6")).run(wait(driven.session)) == Digit("6")
