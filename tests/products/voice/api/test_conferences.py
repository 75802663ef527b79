"""The Conferences of the API, with the SDK."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.products.messaging.talking import refusal
from tests.products.voice.conferences import ANN, BOB, CAT, comes, conference, events, hear


def test_a_conference_has_all_that_is_known_of_it(offhook, app):
    ann = comes(offhook, app, ANN)
    shown = offhook.client().conferences(conference(offhook).sid).fetch()
    assert (shown.friendly_name, shown.status, shown.region) == ("Team", "init", "us1")
    assert (shown.account_sid, shown.api_version) == (offhook.account_sid, "2010-04-01")
    assert shown.reason_conference_ended is None
    assert shown.call_sid_ending_conference is None
    assert shown.uri == f"/2010-04-01/Accounts/{offhook.account_sid}/Conferences/{shown.sid}.json"
    assert set(shown.subresource_uris) == {"participants", "recordings"}
    ann.hangs_up()
    offhook.clock.settle()
    assert shown.fetch().call_sid_ending_conference == ann.call_sid


def test_conferences_are_listed_by_name_status_and_date(offhook, app):
    conferences = offhook.client().conferences
    comes(offhook, app, ANN, name="Old").hangs_up()
    offhook.clock.advance(days=1)
    today = offhook.clock.now().date()
    comes(offhook, app, BOB, name="New")
    assert [one.friendly_name for one in conferences.list()] == ["New", "Old"]
    assert [one.friendly_name for one in conferences.list(status="completed")] == ["Old"]
    assert [one.friendly_name for one in conferences.list(status="init")] == ["New"]
    assert [one.friendly_name for one in conferences.list(friendly_name="Old")] == ["Old"]
    assert [one.friendly_name for one in conferences.list(date_created=today)] == ["New"]
    assert [one.friendly_name for one in conferences.list(date_created_before=today)] == ["New", "Old"]
    assert [one.friendly_name for one in conferences.list(date_updated_after=today)] == ["New"]


def test_a_conference_is_ended_and_everybody_goes_on(offhook, app):
    app.says("/events")
    told = {"status_callback": "/events", "status_callback_event": "end leave"}
    ann, bob = comes(offhook, app, ANN, **told), comes(offhook, app, BOB)
    ended = conference(offhook).update(status="completed")
    assert (ended.status, ended.reason_conference_ended) == ("completed", "conference-ended-via-api")
    assert ended.call_sid_ending_conference is None
    for call in (ann, bob):
        call.hears("Back from the conference")
    assert ended.update(status="completed").status == "completed"
    assert events(offhook, app) == ["participant-leave", "participant-leave", "conference-end"]
    assert {asked.parameters["ReasonParticipantLeft"] for asked in app.at("/events")[:2]} == {
        "conference_ended_via_api"
    }
    assert "CallSidEndingConference" not in app.at("/events")[2].parameters


def test_everybody_hears_an_announcement_and_then_each_other_again(offhook, app):
    app.says("/events")
    url = app.says("/announcement", "<Response><Say>Five minutes left</Say></Response>")
    told = {"status_callback": "/events", "status_callback_event": "announcement"}
    ann, bob = comes(offhook, app, ANN, **told), comes(offhook, app, BOB)
    conference(offhook).update(announce_url=url)
    for call in (ann, bob):
        call.hears("Five minutes left", kind="say")
    offhook.clock.advance(seconds=5)
    ann.says("Thank you")
    bob.hears("Thank you", kind="person")
    assert events(offhook, app) == ["announcement-end"]
    asked = app.at("/events")[0].parameters
    assert asked["AnnounceUrl"] == url
    assert "CallSid" not in asked


def test_an_announcement_that_cannot_be_had_is_told_of(offhook, app):
    app.says("/events")
    ann = comes(offhook, app, ANN, status_callback="/events", status_callback_event="announcement")
    bob = comes(offhook, app, BOB)
    conference(offhook).update(announce_url=app.url + "/missing")
    assert events(offhook, app) == ["announcement-fail"]
    assert "404" in app.at("/events")[0].parameters["ReasonAnnouncementFailed"]
    ann.says("Was there something?")
    assert hear(bob) == [("person", "Was there something?")]


def test_two_announcements_are_heard_one_after_the_other(offhook, app):
    one = app.says("/one", "<Response><Say>This is the first announcement of today</Say></Response>")
    two = app.says("/two", "<Response><Say>This is the second</Say></Response>")
    ann = comes(offhook, app, ANN)
    comes(offhook, app, BOB)
    conference(offhook).update(announce_url=one)
    conference(offhook).update(announce_url=two)
    first = ann.hears("the first announcement")
    second = ann.hears("the second")
    assert second.at >= first.at + 2


def test_what_is_over_has_nobody_who_could_hear_anything(offhook, app):
    comes(offhook, app, ANN).hangs_up()
    offhook.clock.settle()
    over = conference(offhook)
    assert refusal(over.update, announce_url=app.url + "/announcement") == (409, 20409)
    assert refusal(offhook.client().conferences("CF" + "0" * 32).fetch) == (404, 20404)
    assert refusal(offhook.client().conferences(over.sid).update, announce_url="nothing") == (400, 21205)


def test_another_account_sees_nothing_of_it(offhook, app):
    comes(offhook, app, CAT)
    other = offhook.client().api.accounts.create()
    theirs = offhook.client().api.accounts(other.sid)
    assert theirs.conferences.list() == []
    assert refusal(theirs.conferences(conference(offhook).sid).fetch) == (404, 20404)
    with pytest.raises(TwilioException, match='"code":20404'):
        theirs.conferences(conference(offhook).sid).recordings.list()
