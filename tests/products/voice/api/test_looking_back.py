"""What can be found out about a call afterwards: what the app was asked, and what went wrong."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.products.voice.talking import document, rings


def test_events_are_what_the_app_was_asked_newest_first(offhook, app):
    app.says("/two", document("<Say>Bye</Say>"))
    call = rings(offhook, app, "<Say>Hello</Say>", "<Redirect method='GET'>/two?a=1</Redirect>")
    call.wait_until_ended()
    second, first = offhook.client().calls(call.call_sid).events.list()
    assert (first.request["method"], first.request["url"]) == ("POST", f"{app.url}/voice")
    assert first.request["parameters"]["CallSid"] == call.call_sid
    assert first.response["response_code"] == 200
    assert "<Say>Hello</Say>" in first.response["response_body"]
    assert second.request["method"] == "GET"
    assert second.request["url"].startswith(f"{app.url}/two?a=1")


def test_notifications_are_what_went_wrong(offhook, app):
    call = rings(offhook, app, "<Say>Hello</Say>", "<Redirect>/gone</Redirect>")
    call.wait_until_ended()
    [found] = offhook.client().calls(call.call_sid).notifications.list()
    assert (found.error_code, found.log, found.call_sid) == ("11200", "0", call.call_sid)
    assert found.request_url == f"{app.url}/gone"
    fetched = offhook.client().calls(call.call_sid).notifications(found.sid).fetch()
    assert fetched.sid == found.sid


def test_a_call_that_does_not_exist_has_no_events(offhook):
    with pytest.raises(TwilioException, match="20404"):
        offhook.client().calls("CA" + "0" * 32).events.list()
