"""The Participants of a conference, with the SDK."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.products.messaging.talking import refusal
from tests.products.voice.conferences import ALL_EVENTS, ANN, BOB, CAT, LINE, comes, conference, events, hear, persons


def participants(offhook, name="Team"):
    return conference(offhook, name).participants


def test_a_participant_has_all_that_is_known_of_it(offhook, app):
    ann = comes(offhook, app, ANN, participant_label="chair", end_conference_on_exit="true")
    shown = participants(offhook)(ann.call_sid).fetch()
    assert (shown.call_sid, shown.label, shown.status) == (ann.call_sid, "chair", "connected")
    assert (shown.muted, shown.hold, shown.coaching, shown.call_sid_to_coach) == (False, False, False, None)
    assert (shown.start_conference_on_enter, shown.end_conference_on_exit) == (True, True)
    assert shown.conference_sid == conference(offhook).sid
    assert participants(offhook)("chair").fetch().call_sid == ann.call_sid
    assert refusal(participants(offhook)("nobody").fetch) == (404, 20404)
    with pytest.raises(TwilioException, match="20404"):
        offhook.client().conferences("CF" + "0" * 32).participants.list()


def test_participants_are_listed_by_how_they_take_part(offhook, app):
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB, muted="true")
    cat = comes(offhook, app, CAT, coach=ann.call_sid)
    ask = participants(offhook)
    assert [one.call_sid for one in ask.list()] == [cat.call_sid, bob.call_sid, ann.call_sid]
    assert [one.call_sid for one in ask.list(muted=True)] == [bob.call_sid]
    assert [one.call_sid for one in ask.list(coaching=False)] == [bob.call_sid, ann.call_sid]
    assert ask.list(hold=True) == []
    assert ask(cat.call_sid).fetch().call_sid_to_coach == ann.call_sid
    ann.hangs_up()
    offhook.clock.settle()
    assert refusal(ask(ann.call_sid).fetch) == (404, 20404)


def test_a_participant_is_muted_and_unmuted(offhook, app):
    app.says("/events")
    ann = comes(offhook, app, ANN, status_callback="/events", status_callback_event="mute")
    bob = comes(offhook, app, BOB)
    assert participants(offhook)(ann.call_sid).update(muted=True).muted is True
    ann.says("Nobody hears this")
    participants(offhook)(ann.call_sid).update(muted=True)
    participants(offhook)(ann.call_sid).update(muted=False)
    ann.says("Everybody hears this")
    assert persons(bob) == ["Everybody hears this"]
    assert events(offhook, app) == ["participant-mute", "participant-unmute"]
    assert [asked.parameters["Muted"] for asked in app.at("/events")] == ["true", "false"]


def test_who_is_held_hears_the_hold_url_and_nobody_else(offhook, app):
    app.says("/events")
    url = app.says("/hold", "<Response><Say>You are held</Say><Pause length='10'/></Response>")
    ann = comes(offhook, app, ANN, status_callback="/events", status_callback_event="hold")
    bob = comes(offhook, app, BOB)
    held = participants(offhook)(ann.call_sid).update(hold=True, hold_url=url)
    assert held.hold is True
    ann.hears("You are held")
    ann.hears("You are held")
    assert {asked.method for asked in app.at("/hold")} == {"GET"}
    bob.says("Where are you?")
    ann.says("Here!")
    participants(offhook)(ann.call_sid).update(hold=False)
    bob.says("Welcome back")
    offhook.clock.advance(minutes=1)
    assert (persons(ann), persons(bob)) == (["Welcome back"], [])
    assert hear(ann)[-1] == ("person", "Welcome back")
    assert events(offhook, app) == ["participant-hold", "participant-unhold"]


def test_who_is_held_without_url_hears_music(offhook, app):
    ann = comes(offhook, app, ANN)
    comes(offhook, app, BOB)
    participants(offhook)(ann.call_sid).update(hold=True)
    ann.hears(kind="music")


def test_one_participant_hears_an_announcement(offhook, app):
    app.says("/events")
    url = app.says("/announcement", "<Response><Say>For your ears only</Say></Response>")
    ann = comes(offhook, app, ANN, status_callback="/events", status_callback_event="announcement")
    bob = comes(offhook, app, BOB)
    participants(offhook)(bob.call_sid).update(announce_url=url)
    bob.hears("For your ears only")
    offhook.clock.advance(seconds=5)
    assert hear(ann) == []
    assert events(offhook, app) == ["announcement-end"]
    assert app.at("/events")[0].parameters["CallSid"] == bob.call_sid


def test_who_is_muted_during_an_announcement_is_muted_at_once(offhook, app):
    url = app.says("/announcement", "<Response><Say>One</Say><Pause length='30'/><Say>Two</Say></Response>")
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB)
    participants(offhook)(ann.call_sid).update(announce_url=url)
    ann.hears("One")
    participants(offhook)(ann.call_sid).update(muted=True)
    ann.says("Nobody hears this")
    ann.hears("Two")
    assert persons(bob) == []


def test_a_participant_begins_and_ends_to_coach(offhook, app):
    app.says("/events")
    agent = comes(offhook, app, ANN, status_callback="/events", status_callback_event="modify")
    customer, coach = comes(offhook, app, BOB), comes(offhook, app, CAT)
    one = participants(offhook)(coach.call_sid)
    assert one.update(call_sid_to_coach=agent.call_sid, coaching=True).coaching is True
    coach.says("Offer a discount")
    assert one.update(coaching=False).call_sid_to_coach is None
    coach.says("Hello all")
    assert (persons(agent), persons(customer)) == (["Offer a discount", "Hello all"], ["Hello all"])
    assert events(offhook, app) == ["participant-modify", "participant-modify"]
    assert refusal(one.update, coaching=True) == (400, 20001)
    assert refusal(one.update, call_sid_to_coach="CA" + "0" * 32) == (400, 20001)
    assert refusal(one.update, call_sid_to_coach=coach.call_sid) == (400, 20001)


def test_what_leaving_does_can_be_changed(offhook, app):
    ann, bob, cat = (comes(offhook, app, number) for number in (ANN, BOB, CAT))
    one = participants(offhook)(ann.call_sid)
    assert one.update(end_conference_on_exit=True, beep_on_exit=True).end_conference_on_exit is True
    participants(offhook)(bob.call_sid).update(beep_on_exit=True)
    bob.hangs_up()
    assert hear(cat) == [("beep", "")]
    ann.hangs_up()
    cat.hears("Back from the conference")


def test_what_is_heard_before_the_conference_begins_can_be_changed(offhook, app):
    url = app.says("/other", "<Response><Say>Soon</Say></Response>")
    ann = comes(offhook, app, ANN)
    participants(offhook)(ann.call_sid).update(wait_url=url)
    ann.hears("Soon")


def test_who_is_put_out_goes_on_behind_the_dial(offhook, app):
    app.says("/events")
    told = {"status_callback": "/events", "status_callback_event": "leave end"}
    ann, bob = comes(offhook, app, ANN, **told), comes(offhook, app, BOB, end_conference_on_exit="true")
    cat = comes(offhook, app, CAT)
    assert participants(offhook)(ann.call_sid).delete() is True
    ann.hears("Back from the conference")
    assert refusal(participants(offhook)(ann.call_sid).delete) == (404, 20404)
    participants(offhook)(bob.call_sid).delete()
    cat.hears("Back from the conference")
    assert conference(offhook).reason_conference_ended == "participant-with-end-conference-on-exit-kicked"
    assert events(offhook, app) == ["participant-leave"] * 3 + ["conference-end"]
    reasons = [asked.parameters.get("ReasonParticipantLeft") for asked in app.at("/events")]
    assert reasons == ["participant_updated_via_api"] * 2 + ["moderator_ended_conference", None]


def test_the_last_who_is_put_out_ends_the_conference(offhook, app):
    ann = comes(offhook, app, ANN)
    participants(offhook)(ann.call_sid).delete()
    assert conference(offhook).reason_conference_ended == "last-participant-kicked"


def test_somebody_is_called_for_a_conference_by_name(offhook, app):
    app.says("/events"), app.says("/status")
    offhook.number(LINE)
    invited = (
        offhook.client()
        .conferences("Team")
        .participants.create(
            from_=LINE,
            to=ANN,
            label="agent",
            end_conference_on_exit=True,
            status_callback=app.url + "/status",
            status_callback_event=["initiated", "ringing", "answered", "completed"],
            conference_status_callback=app.url + "/events",
            conference_status_callback_event=ALL_EVENTS.split(),
            wait_url="",
            beep="false",
        )
    )
    assert (invited.status, invited.label, invited.queue_time) == ("queued", "agent", "0")
    team = conference(offhook)
    assert (invited.conference_sid, team.status) == (team.sid, "init")
    ann = offhook.handset(ANN).incoming_call()
    assert ann.call_sid == invited.call_sid
    assert team.participants("agent").fetch().status == "ringing"
    ann.answer()
    offhook.clock.settle()
    assert team.participants("agent").fetch().status == "connected"
    bob = comes(offhook, app, BOB)
    bob.says("Hello agent")
    assert persons(ann) == ["Hello agent"]
    ann.hangs_up()
    bob.hears("Back from the conference")
    assert [asked.parameters["CallStatus"] for asked in app.at("/status")] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ]
    told = events(offhook, app)
    assert told[:3] == ["participant-join", "participant-join", "conference-start"]
    assert told[-1] == "conference-end"


@pytest.mark.parametrize(("answers", "call_status"), [("busy", "busy"), ("by-hand", "no-answer")])
def test_who_cannot_be_reached_never_comes(offhook, app, answers, call_status):
    app.says("/events")
    offhook.number(LINE)
    offhook.handset(ANN).behave(answers=answers)
    bob = comes(offhook, app, BOB, status_callback="/events", status_callback_event="leave end")
    team = conference(offhook)
    invited = team.participants.create(from_=LINE, to=ANN, timeout=20, wait_url="")
    offhook.clock.advance(seconds=60)
    assert [one.call_sid for one in team.participants.list()] == [bob.call_sid]
    assert events(offhook, app) == ["participant-leave"]
    asked = app.at("/events")[0].parameters
    assert (asked["CallSid"], asked["ReasonParticipantLeft"]) == (invited.call_sid, "participant_add_failed")
    assert asked["ParticipantCallStatus"] == call_status


def test_who_is_still_called_when_the_conference_ends_rings_no_more(offhook, app):
    bob = comes(offhook, app, BOB, end_conference_on_exit="true")
    team = conference(offhook)
    team.participants.create(from_=LINE, to=ANN)
    ringing = offhook.handset(ANN).incoming_call()
    bob.hangs_up()
    assert ringing.wait_until_ended() == "no-answer"
    assert offhook.client().calls(ringing.call_sid).fetch().status == "canceled"


def test_who_is_called_can_be_called_off_and_not_muted(offhook, app):
    comes(offhook, app, BOB)
    team = conference(offhook)
    invited = team.participants.create(from_=LINE, to=ANN)
    ringing = offhook.handset(ANN).incoming_call()
    assert refusal(team.participants(invited.call_sid).update, muted=True) == (409, 20409)
    team.participants(invited.call_sid).delete()
    assert ringing.wait_until_ended() == "no-answer"
    assert len(team.participants.list()) == 1


def test_the_app_hears_who_answered_an_invitation(offhook, app):
    app.says("/detected")
    offhook.number(LINE)
    offhook.handset(ANN).behave(answers="at-once")
    create = offhook.client().conferences("Team").participants.create
    create(from_=LINE, to=ANN, wait_url="", machine_detection="Enable", amd_status_callback=app.url + "/detected")
    offhook.clock.advance(seconds=10)
    assert [asked.parameters["AnsweredBy"] for asked in app.at("/detected")] == ["human"]
    assert [one.status for one in participants(offhook).list()] == ["connected"]


def test_an_invitation_is_checked(offhook, app):
    comes(offhook, app, BOB, participant_label="chair")
    create = conference(offhook).participants.create
    assert refusal(create, from_=LINE, to="nobody") == (400, 21211)
    assert refusal(create, from_=LINE, to=ANN, label="chair") == (400, 16026)
    assert refusal(create, from_=LINE, to=ANN, label="a/b") == (400, 16024)
    assert refusal(create, from_=LINE, to=ANN, label="CA" + "0" * 32) == (400, 16024)
    assert refusal(create, from_=LINE, to=ANN, timeout=4) == (400, 20001)
    assert refusal(create, from_=LINE, to=ANN, max_participants=251) == (400, 20001)
    assert refusal(create, from_=LINE, to=ANN, coaching=True) == (400, 20001)
    unknown = offhook.client().conferences("CF" + "0" * 32).participants
    assert refusal(unknown.create, from_=LINE, to=ANN) == (404, 20404)
    assert refusal(offhook.client().conferences("n" * 129).participants.create, from_=LINE, to=ANN) == (400, 20001)
    assert offhook.client().calls.list(to=ANN) == []
    assert len(offhook.client().conferences.list()) == 1


def test_a_name_with_markup_stays_one_name(offhook, app):
    name = "R&D <\"'>"
    offhook.number(LINE)
    ann = offhook.client().conferences(name).participants.create(from_=LINE, to=ANN, wait_url="")
    offhook.handset(ANN).incoming_call().answer()
    offhook.clock.settle()
    assert participants(offhook, name)(ann.call_sid).fetch().status == "connected"
