"""The documents of a call: where they come from, what is told when they are asked for, where they lead."""

import pytest

from tests.products.voice.talking import FRIEND, OTHER, OURS, PERSON, codes, document, element, heard, rings, told


class TestAsking:
    def test_everything_known_of_the_call_is_told(self, offhook, app):
        call = rings(offhook, app, "<Say>Hello</Say>")
        call.wait_until_ended()
        parameters = told(app, "/voice")
        assert (
            parameters.items()
            >= {
                "CallSid": call.call_sid,
                "AccountSid": offhook.account_sid,
                "From": PERSON,
                "To": OURS,
                "Caller": PERSON,
                "Called": OURS,
                "CallStatus": "ringing",
                "Direction": "inbound",
                "ApiVersion": "2010-04-01",
            }.items()
        )
        places = {
            f"{who}{what}" for who in ("From", "To", "Caller", "Called") for what in ("City", "State", "Zip", "Country")
        }
        assert places <= parameters.keys()

    def test_it_may_be_asked_with_get(self, offhook, app):
        call = rings(offhook, app, "<Say>Hello</Say>", voice_method="GET")
        call.hears("Hello")
        [asked] = app.at("/voice")
        assert (asked.method, asked.is_signed, asked.parameters["CallSid"]) == ("GET", True, call.call_sid)

    def test_a_number_may_leave_it_to_an_application(self, offhook, app):
        url = app.says("/app", document("<Say>The application</Say>"))
        application = offhook.client().applications.create(voice_url=url, friendly_name="shop")
        offhook.number(OURS, voice_application_sid=application.sid)
        offhook.handset(PERSON).call(OURS).hears("The application")

    def test_a_number_without_a_url_takes_no_call(self, offhook, app):
        offhook.number(OURS)
        call = offhook.handset(PERSON).call(OURS)
        assert call.wait_until_ended() == "failed"
        [made] = offhook.client().calls.list()
        assert made.status == "no-answer"

    def test_cookies_last_as_long_as_the_call(self, offhook, app):
        app.says("/second", document("<Say>Second</Say>"))
        app.says("/voice", document("<Redirect>/second</Redirect>"), headers=[("Set-Cookie", "seen=1; Path=/")])
        offhook.number(OURS, voice_url=f"{app.url}/voice")
        for _ in range(2):
            offhook.handset(PERSON).call(OURS).wait_until_ended()
        assert [asked.headers.get("cookie") for asked in app.asked] == [None, "seen=1", None, "seen=1"]

    def test_a_redirect_of_http_is_followed(self, offhook, app):
        app.says("/new", document("<Say>It has moved</Say>"))
        app.says("/voice", status=302, headers=[("Location", f"{app.url}/new")])
        offhook.number(OURS, voice_url=f"{app.url}/voice")
        offhook.handset(PERSON).call(OURS).hears("It has moved")


class TestGoingElsewhere:
    def test_a_redirect_leads_to_another_document(self, offhook, app):
        app.says("/menu/two", document("<Redirect method='GET'>three?a=1</Redirect>"))
        app.says("/menu/three", document("<Say>The third</Say>"))
        call = rings(offhook, app, "<Redirect>menu/two</Redirect>", "<Say>never</Say>")
        call.hears("The third")
        assert [(asked.method, asked.path) for asked in app.asked] == [
            ("POST", "/voice"),
            ("POST", "/menu/two"),
            ("GET", "/menu/three"),
        ]
        assert all(asked.is_signed for asked in app.asked)
        assert app.asked[2].parameters["a"] == "1"
        assert [asked.parameters["CallStatus"] for asked in app.asked] == ["ringing"] * 3

    def test_once_somebody_was_spoken_to_the_call_is_in_progress(self, offhook, app):
        app.says("/two", document("<Say>Two</Say>"))
        rings(offhook, app, "<Say>One</Say>", "<Redirect>/two</Redirect>").hears("Two")
        assert told(app, "/two")["CallStatus"] == "in-progress"

    def test_hanging_up_ends_it(self, offhook, app):
        call = rings(offhook, app, "<Say>Bye</Say>", "<Hangup/>", "<Say>never</Say>")
        assert call.wait_until_ended() == "completed"
        assert heard(call) == ["Bye"]

    @pytest.mark.parametrize(
        ("verb", "phone", "status"),
        [("<Reject/>", "failed", "no-answer"), ("<Reject reason='busy'/>", "busy", "busy")],
    )
    def test_a_call_that_is_rejected_is_never_answered(self, offhook, app, verb, phone, status):
        call = rings(offhook, app, verb, "<Say>never</Say>")
        assert call.wait_until_ended() == phone
        made = offhook.client().calls(call.call_sid).fetch()
        assert (made.status, made.start_time, made.duration) == (status, None, "0")
        assert heard(call) == []

    def test_a_rejection_behind_other_verbs_hangs_up(self, offhook, app):
        call = rings(offhook, app, "<Say>Sorry</Say>", "<Reject/>", "<Say>never</Say>")
        assert call.wait_until_ended() == "completed"
        assert heard(call) == ["Sorry"]

    def test_what_does_not_exist_yet_is_passed_over_with_an_alert(self, offhook, app):
        call = rings(offhook, app, "<Echo/>", "<Nonsense/>", "<Say>Next</Say>")
        call.hears("Next")
        assert codes(offhook) == [12200, 12200]

    def test_an_attribute_that_nobody_knows_is_warned_of(self, offhook, app):
        rings(offhook, app, "<Say tone='sweet'>Next</Say>").hears("Next")
        [alert] = offhook.alerts()
        assert (alert.error_code, alert.log_level, alert.request_url) == (12200, "warning", f"{app.url}/voice")
        assert "tone" in alert.text


class TestTexts:
    def test_a_text_is_sent_to_the_caller(self, offhook, app):
        rings(offhook, app, element("Sms", "It is on its way"), "<Say>Sent</Say>").hears("Sent")
        assert offhook.handset(PERSON).wait_for("It is on its way").from_ == OURS

    def test_it_goes_where_the_document_says_and_the_action_is_told(self, offhook, app):
        app.says("/sent", document("<Say>Sent</Say>"))
        offhook.number(OTHER)
        rings(offhook, app, element("Sms", "Hi", to=FRIEND, **{"from": OTHER}, action="/sent")).hears("Sent")
        text = offhook.handset(FRIEND).wait_for("Hi")
        parameters = told(app, "/sent")
        assert (text.from_, parameters["SmsSid"], parameters["SmsStatus"]) == (OTHER, text.message_sid, "sent")

    def test_one_that_cannot_be_sent_is_an_alert(self, offhook, app):
        app.says("/sent", document("<Say>Go on</Say>"))
        rings(offhook, app, element("Sms", "Hi", to="12", action="/sent")).hears("Go on")
        assert codes(offhook) == [21211]
        assert told(app, "/sent")["SmsStatus"] == "invalid"


class TestFallingBack:
    def fallback(self, app):
        return {"voice_fallback_url": app.says("/fallback", document("<Say>Plan B</Say>"))}

    @pytest.mark.parametrize(("body", "status", "code"), [("<Response>", 200, "12100"), ("", 500, "11200")])
    def test_the_fallback_is_told_why(self, offhook, app, body, status, code):
        call = rings(offhook, app, **self.fallback(app))
        call.wait_until_ended()
        app.says("/voice", body, status=status)
        call = offhook.handset(PERSON).call(OURS)
        call.hears("Plan B")
        parameters = told(app, "/fallback")
        assert (parameters["ErrorCode"], parameters["ErrorUrl"]) == (code, f"{app.url}/voice")
        assert parameters["CallSid"] == call.call_sid
        assert codes(offhook) == [int(code)]

    def test_it_is_asked_for_later_documents_as_well(self, offhook, app):
        call = rings(offhook, app, "<Say>One</Say>", "<Redirect>/gone</Redirect>", **self.fallback(app))
        call.hears("Plan B")
        assert told(app, "/fallback")["ErrorUrl"] == f"{app.url}/gone"

    def test_one_that_fails_too_is_the_end(self, offhook, app):
        call = rings(offhook, app, "<Redirect>/gone</Redirect>", voice_fallback_url=f"{app.url}/also-gone")
        call.hears("application error")
        assert call.wait_until_ended() == "completed"
        assert codes(offhook) == [11200, 11200]

    def test_without_one_the_caller_hears_that_something_went_wrong(self, offhook, app):
        call = rings(offhook, app, "<Redirect>/gone</Redirect>")
        call.hears("application error has occurred")
        assert call.wait_until_ended() == "completed"
        [alert] = offhook.alerts()
        assert (alert.error_code, alert.request_url, alert.resource_sid) == (11200, f"{app.url}/gone", call.call_sid)


class TestHosted:
    def test_a_bin_answers_in_this_process(self, offhook, app):
        bin = offhook._api.post("/offhook/v1/TwimlBins", FriendlyName="menu", Twiml=document("<Say>From the bin</Say>"))
        offhook.number(OURS, voice_url=bin["document_url"])
        offhook.handset(PERSON).call(OURS).hears("From the bin")

    def test_a_twimlet_answers_in_this_process(self, offhook, app):
        offhook.number(OURS, voice_url="http://twimlets.com/message?Message%5B0%5D=Hello%20there")
        offhook.handset(PERSON).call(OURS).hears("Hello there")

    def test_forwarding_by_a_twimlet_calls_somebody(self, offhook, app):
        offhook.number(OURS, voice_url=f"http://twimlets.com/forward?PhoneNumber={FRIEND}")
        call = offhook.handset(PERSON).call(OURS)
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        answered.says("Yes?")
        call.hears("Yes?")
