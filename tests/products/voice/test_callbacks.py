"""What an app is told of the status of a call, and when."""

from email.utils import parsedate_to_datetime

import pytest

from tests.products.voice.talking import FRIEND, OURS, PERSON, document, rings

ALL = ["initiated", "ringing", "answered", "completed"]
TALK = document("<Say>Hello</Say>", "<Pause length='70'/>")


@pytest.fixture
def client(offhook, app):
    app.says("/status")
    offhook.number(OURS)
    return offhook.client()


def statuses(offhook, app):
    offhook.clock.settle()
    assert all(asked.is_signed for asked in app.at("/status"))
    return [asked.parameters["CallStatus"] for asked in app.at("/status")]


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_every_event_that_is_wanted_is_told_in_order(offhook, app, client, method):
    wanted = {"status_callback_event": ALL, "status_callback_method": method}
    made = client.calls.create(to=FRIEND, from_=OURS, twiml=TALK, status_callback=f"{app.url}/status?a=1", **wanted)
    call = offhook.handset(FRIEND).incoming_call()
    offhook.clock.advance(seconds=5)
    call.answer()
    offhook.clock.advance(seconds=61)
    call.hangs_up()
    assert statuses(offhook, app) == ["initiated", "ringing", "in-progress", "completed"]
    assert {asked.method for asked in app.at("/status")} == {method}
    told = [asked.parameters for asked in app.at("/status")]
    assert [one["SequenceNumber"] for one in told] == ["0", "1", "2", "3"]
    assert {(one["CallSid"], one["CallbackSource"]) for one in told} == {(made.sid, "call-progress-events")}
    assert {(one["From"], one["To"], one["Direction"]) for one in told} == {(OURS, FRIEND, "outbound-api")}
    assert (told[3]["CallDuration"], told[3]["Duration"]) == ("61", "2")
    assert all("CallDuration" not in one for one in told[:3])
    moments = [parsedate_to_datetime(one["Timestamp"]) for one in told]
    assert (moments[2] - moments[1]).total_seconds() == 5
    assert (moments[3] - moments[2]).total_seconds() == 61


def test_only_the_end_is_told_unless_more_is_wanted(offhook, app, client):
    client.calls.create(to=FRIEND, from_=OURS, twiml=TALK, status_callback=f"{app.url}/status")
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    call.hangs_up()
    assert statuses(offhook, app) == ["completed"]
    assert app.at("/status")[0].parameters["SequenceNumber"] == "0"


def test_a_number_s_callback_is_told_of_the_end_of_calls_to_it(offhook, app):
    app.says("/status")
    call = rings(offhook, app, "<Say>Hello</Say>", "<Pause length='5'/>", status_callback=f"{app.url}/status")
    offhook.clock.advance(seconds=10)
    assert statuses(offhook, app) == ["completed"]
    parameters = app.at("/status")[0].parameters
    assert (parameters["CallSid"], parameters["CallDuration"]) == (call.call_sid, "5")
    assert (parameters["From"], parameters["Direction"]) == (PERSON, "inbound")


def test_a_callback_that_fails_is_an_alert_and_does_not_disturb_the_call(offhook, app, client):
    client.calls.create(to=FRIEND, from_=OURS, twiml=TALK, status_callback=f"{app.url}/gone", status_callback_event=ALL)
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    call.hears("Hello")
    offhook.clock.advance(hours=1)
    alerts = offhook.alerts()
    assert {(alert.error_code, alert.request_url) for alert in alerts} == {(11200, f"{app.url}/gone")}
    assert client.calls.list()[0].status == "completed"


def test_what_an_app_answers_to_a_callback_is_not_carried_out(offhook, app, client):
    app.says("/status", document("<Say>Nobody hears this</Say>"))
    client.calls.create(
        to=FRIEND, from_=OURS, twiml=TALK, status_callback=f"{app.url}/status", status_callback_event=ALL
    )
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    offhook.clock.advance(seconds=10)
    assert [line.text for line in call.transcript if line.kind == "say"] == ["Hello"]
    assert offhook.alerts() == []
