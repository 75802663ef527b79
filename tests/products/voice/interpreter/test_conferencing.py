"""One leg in a conference: what it asks for and what it hears, step by step."""

import pytest

from offhook.carriers.calls import Beep, Digit, Ended, Join, Leave, Play, Speech, SpeechEnded, SpeechStarted, Stop
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import conferencing
from offhook.products.voice.interpreter.conference_effects import (
    Announced,
    AnnouncementOver,
    Beeped,
    EnterConference,
    LeaveConference,
    Seat,
    SeatChanged,
    SeatLost,
    Speaks,
)
from offhook.products.voice.interpreter.effects import Diverted, Page, Tell, Warn
from offhook.products.voice.interpreter.session import DivertedError, HungUpError
from offhook.protocols.twiml import voice
from tests.products.voice.interpreter.driving import PLACE, Driver

NOUN = voice.Conference("Team", wait_url="")
WAITING, SEATED = Seat("CF1", "Team", False), Seat("CF1", "Team", True)
MUTED, HELD = Seat("CF1", "Team", True, is_muted=True), Seat("CF1", "Team", True, is_held=True, music=Page(""))
SAID = "<Response><Say>Please wait</Say><Pause length='60'/></Response>"


def driver(seat: Seat | None = WAITING, **documents: str) -> Driver:
    return Driver({f"/{name}": text for name, text in documents.items()}, {EnterConference: seat})


def confer(driven, noun=NOUN, **attributes):
    verb = voice.Dial((noun,), action="/done", **attributes)
    return driven.run(conferencing.confer(driven.session, verb, noun))


def rooms(driven):
    """Into the room and out of it, in order."""
    return [effect for effect in driven.effects if isinstance(effect, Join | Leave)]


def spoken(driven):
    return [effect.sound.text for effect in driven.of(Play) if isinstance(effect.sound, Speech)]


def told(page):
    return dict(page.parameters)


def test_who_comes_to_what_has_begun_is_in_the_room_until_it_ends():
    driven = driver(SEATED).comes(20, SeatLost("CF1"))
    where = confer(driven)
    assert rooms(driven) == [Join("CF1"), Leave()]
    assert driven.of(LeaveConference) == [LeaveConference("left")]
    assert where.url == f"{PLACE}/done"
    assert told(where) == {"DialCallStatus": "answered", "ConferenceSid": "CF1"}


def test_who_cannot_get_in_goes_on():
    driven = driver(None)
    assert told(confer(driven)) == {"DialCallStatus": "failed"}
    assert rooms(driven) == driven.of(LeaveConference) == []


def test_the_url_of_the_callback_is_absolute():
    driven = driver(None)
    confer(driven, voice.Conference("Team", status_callback="events"))
    assert driven.of(EnterConference)[0].callback == f"{PLACE}/events"


def test_a_callback_that_is_no_url_is_warned_of_and_left_out():
    driven = driver(None)
    confer(driven, voice.Conference("Team", status_callback="ftp://x"))
    assert driven.of(EnterConference)[0].callback is None
    assert [warning.code for warning in driven.of(Warn)] == [11100]


def test_the_waiting_document_is_heard_once_and_ends_when_the_conference_begins():
    driven = driver(wait=SAID).comes(10, SeatChanged(SEATED)).comes(20, SeatLost("CF1"))
    confer(driven, voice.Conference("Team", wait_url="/wait", wait_method="GET"))
    assert driven.asked == [Page(f"{PLACE}/wait", "GET")]
    assert driven.of(Stop) == [Stop()]
    assert rooms(driven) == [Join("CF1"), Leave()]


def test_after_the_waiting_document_there_is_silence():
    driven = driver(wait="<Response><Say>Please wait</Say></Response>").comes(100, SeatLost("CF1"))
    confer(driven, voice.Conference("Team", wait_url="/wait"))
    assert spoken(driven) == ["Please wait"]


def test_a_waiting_document_that_fails_keeps_the_caller_out():
    driven = driver()
    assert told(confer(driven, voice.Conference("Team", wait_url="/wait")))["DialCallStatus"] == "failed"
    assert driven.of(LeaveConference) == [LeaveConference("left")]


def test_who_is_muted_stays_in_the_room():
    driven = driver(SEATED).comes(5, SeatChanged(MUTED)).comes(6, SeatChanged(MUTED)).comes(20, SeatLost("CF1"))
    confer(driven)
    assert rooms(driven) == [Join("CF1"), Join("CF1", muted=True), Leave()]


def test_who_is_held_is_out_of_the_room_until_it_is_over():
    driven = driver(SEATED).comes(5, SeatChanged(HELD)).comes(9, SeatChanged(SEATED)).comes(20, SeatLost("CF1"))
    confer(driven)
    assert rooms(driven) == [Join("CF1"), Leave(), Join("CF1"), Leave()]


def test_hold_music_is_heard_again_and_again():
    held = Seat("CF1", "Team", True, is_held=True, music=Page(f"{PLACE}/hold", "GET"))
    driven = driver(held, hold="<Response><Say>Held</Say></Response>").comes(5, SeatLost("CF1"))
    confer(driven)
    assert spoken(driven) == ["Held"] * 3


def test_an_announcement_is_heard_in_the_room_and_told_to_be_over():
    driven = driver(SEATED, news="<Response><Say>Attention</Say></Response>")
    driven.comes(5, Announced("CF1", Page(f"{PLACE}/news"), 7)).comes(20, SeatLost("CF1"))
    confer(driven)
    assert spoken(driven) == ["Attention"]
    assert driven.of(AnnouncementOver) == [AnnouncementOver(7)]
    assert rooms(driven) == [Join("CF1"), Leave()]


def test_what_comes_during_an_announcement_waits_for_its_end_but_for_mute():
    driven = driver(SEATED, news=SAID, other="<Response><Say>Other</Say></Response>")
    driven.comes(5, Announced("CF1", Page(f"{PLACE}/news"), 1)).comes(6, Announced("CF1", Page(f"{PLACE}/other"), 2))
    driven.comes(7, SeatChanged(MUTED)).comes(8, Beeped("CF1")).comes(100, SeatLost("CF1"))
    confer(driven)
    assert spoken(driven) == ["Please wait", "Other"]
    assert driven.of(AnnouncementOver) == [AnnouncementOver(1), AnnouncementOver(2)]
    assert driven.effects.index(Join("CF1", muted=True)) < driven.effects.index(AnnouncementOver(1))
    assert not [effect for effect in driven.of(Play) if effect.sound == Beep()]


def test_an_announcement_that_fails_is_told_of_and_one_stays():
    driven = driver(SEATED).comes(5, Announced("CF1", Page(f"{PLACE}/news"), 7)).comes(20, SeatLost("CF1"))
    confer(driven)
    assert driven.of(AnnouncementOver) == [AnnouncementOver(7, "there is no such page")]


def test_the_end_of_the_conference_ends_an_announcement():
    driven = driver(SEATED, news=SAID).comes(5, Announced("CF1", Page(f"{PLACE}/news"), 7)).comes(6, SeatLost("CF1"))
    confer(driven)
    assert driven.effects.index(Stop()) < driven.effects.index(LeaveConference("left"))


def test_a_beep_is_heard_in_the_room_only():
    driven = driver().comes(1, Beeped("CF1")).comes(2, SeatChanged(SEATED)).comes(3, Beeped("CF1"))
    confer(driven.comes(20, SeatLost("CF1")))
    assert [effect.sound for effect in driven.of(Play)] == [Beep()]
    assert driven.effects.index(Join("CF1")) < driven.effects.index(driven.of(Play)[0])


def test_speaking_is_told_of_unless_nobody_hears_it():
    driven = driver(SEATED).comes(1, SpeechStarted()).comes(2, SpeechEnded(None)).comes(3, SeatChanged(MUTED))
    confer(driven.comes(4, SpeechStarted()).comes(5, SpeechEnded(None)).comes(20, SeatLost("CF1")))
    assert driven.of(Speaks) == [Speaks(True), Speaks(False)]


def test_news_of_another_conference_change_nothing():
    driven = driver(SEATED).comes(1, SeatLost("CF2")).comes(2, SeatChanged(Seat("CF2", "Other", False)))
    confer(driven.comes(3, Announced("CF2", Page(f"{PLACE}/news"), 1)).comes(20, SeatLost("CF1")))
    assert driven.session.now == 20 * SECOND
    assert rooms(driven) == [Join("CF1"), Leave()]


@pytest.mark.parametrize(("on_star", "end"), [(True, 5), (False, 20)])
def test_the_star_key_leaves_where_it_is_said_to(on_star, end):
    driven = driver(SEATED).comes(4, Digit("1")).comes(5, Digit("*")).comes(20, SeatLost("CF1"))
    confer(driven, hangup_on_star=on_star)
    assert driven.session.now == end * SECOND


@pytest.mark.parametrize("seat", [WAITING, SEATED, HELD])
def test_the_time_limit_ends_it_wherever_one_is(seat):
    driven = driver(seat, wait=SAID).comes(100, SeatLost("CF1"))
    confer(driven, voice.Conference("Team", wait_url="/wait"), time_limit=30)
    assert driven.session.now == 30 * SECOND


def test_the_action_is_told_of_who_hangs_up():
    driven = driver(SEATED).comes(5, Ended())
    with pytest.raises(HungUpError):
        confer(driven)
    assert driven.of(LeaveConference) == [LeaveConference("hung-up")]
    assert told(driven.of(Tell)[0].page)["DialCallStatus"] == "answered"


def test_who_is_sent_elsewhere_leaves():
    driven = driver(SEATED).comes(5, Diverted(Page(f"{PLACE}/elsewhere")))
    with pytest.raises(DivertedError):
        confer(driven)
    assert rooms(driven) == [Join("CF1"), Leave()]
    assert driven.of(LeaveConference) == [LeaveConference("diverted")]
