"""Documents that mean harm, never end, or do not come: the caller is told, the call ends, and it is known why."""

import time

import pytest

from tests.products.messaging.test_bad_input import DOCUMENTS
from tests.products.voice.talking import FRIEND, OURS, PERSON, codes, document, element, heard, rings, told

SORRY = "application error has occurred"


def can_be_given(body: str | bytes) -> bool:
    """Whether it is a text that may be a parameter."""
    return isinstance(body, str) and len(body) <= 4000 and "\0" not in body


@pytest.mark.parametrize("name", DOCUMENTS)
def test_one_that_means_harm_ends_the_call_and_the_next_call_is_fine(offhook, app, name):
    body, code = DOCUMENTS[name]
    offhook.number(OURS, voice_url=app.says("/voice", body))
    call = offhook.handset(PERSON).call(OURS)
    call.hears(SORRY)
    assert call.wait_until_ended() == "completed"
    [alert] = offhook.alerts()
    assert (alert.error_code, alert.request_url, alert.resource_sid) == (code, f"{app.url}/voice", call.call_sid)
    app.says("/voice", document("<Say>Better</Say>"))
    offhook.handset(PERSON).call(OURS).hears("Better")


@pytest.mark.parametrize("name", [name for name, (body, _) in DOCUMENTS.items() if can_be_given(body)])
def test_one_that_means_harm_does_no_better_as_a_parameter(offhook, name):
    body, code = DOCUMENTS[name]
    offhook.number(OURS)
    made = offhook.client().calls.create(to=FRIEND, from_=OURS, twiml=body)
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    call.hears(SORRY)
    assert call.wait_until_ended() == "completed"
    assert [(alert.error_code, alert.resource_sid) for alert in offhook.alerts()] == [(code, made.sid)]


class TestWithoutEnd:
    def test_a_document_that_leads_to_itself_is_stopped(self, offhook, app):
        began = time.process_time()
        call = rings(offhook, app, "<Redirect/>")
        call.hears(SORRY)
        assert call.wait_until_ended() == "completed"
        assert codes(offhook) == [11215]
        assert len(app.at("/voice")) == 100
        assert time.process_time() - began < 20

    def test_so_are_two_that_lead_to_each_other(self, offhook, app):
        app.says("/two", document("<Redirect>/voice</Redirect>"))
        rings(offhook, app, "<Redirect>/two</Redirect>").hears(SORRY)
        assert codes(offhook) == [11215]

    def test_and_a_gather_that_nobody_waits_in(self, offhook, app):
        app.says("/tune.wav", b"", kind="audio/x-wav")
        call = rings(offhook, app, "<Play>/tune.wav</Play>", "<Redirect/>")
        call.hears(SORRY, timeout=600)
        assert codes(offhook)[-1] == 11215

    def test_one_that_says_something_each_time_may_go_on(self, offhook, app):
        call = rings(offhook, app, "<Say>Still here</Say>", "<Pause length='1'/>", "<Redirect/>")
        offhook.clock.advance(seconds=300)
        assert call.status == "in-progress"
        assert len(app.at("/voice")) > 150
        assert codes(offhook) == []


class TestWhatDoesNotCome:
    """Each point of a call at which an app is asked, and does not answer as it should."""

    def ends_with_an_apology(self, offhook, app, call):
        call.hears(SORRY)
        assert call.wait_until_ended() == "completed"
        [alert] = offhook.alerts()
        assert (alert.error_code, alert.request_url) == (11200, f"{app.url}/gone")
        assert (alert.resource_sid, alert.log_level) == (call.call_sid, "error")
        assert alert.request_method == "POST"

    def test_the_first_document(self, offhook, app):
        offhook.number(OURS, voice_url=f"{app.url}/gone")
        self.ends_with_an_apology(offhook, app, offhook.handset(PERSON).call(OURS))

    def test_the_action_of_a_gather(self, offhook, app):
        call = rings(offhook, app, element("Gather", "<Say>Code?</Say>", action="/gone", numDigits="1"))
        call.hears("Code")
        call.press("1")
        self.ends_with_an_apology(offhook, app, call)

    def test_the_action_of_a_record(self, offhook, app):
        call = rings(offhook, app, element("Record", action="/gone"))
        call.hears(kind="beep")
        offhook.clock.advance(seconds=1)
        call.says("Hello")
        self.ends_with_an_apology(offhook, app, call)

    def test_the_action_of_a_dial(self, offhook, app):
        offhook.handset(FRIEND).behave(answers="busy")
        self.ends_with_an_apology(offhook, app, rings(offhook, app, element("Dial", FRIEND, action="/gone")))

    def test_the_action_of_an_enqueue(self, offhook, app):
        app.says("/wait", document("<Leave/>"))
        call = rings(offhook, app, element("Enqueue", "support", waitUrl="/wait", action="/gone"))
        self.ends_with_an_apology(offhook, app, call)

    def test_the_action_of_a_text(self, offhook, app):
        self.ends_with_an_apology(offhook, app, rings(offhook, app, element("Sms", "Hi", action="/gone")))

    def test_a_redirect(self, offhook, app):
        self.ends_with_an_apology(offhook, app, rings(offhook, app, "<Redirect>/gone</Redirect>"))

    def test_a_whisper_ends_the_call_that_was_made_and_the_caller_goes_on(self, offhook, app):
        number = element("Number", FRIEND, url="/gone")
        call = rings(offhook, app, element("Dial", number, action="/after"))
        app.says("/after", document("<Say>What now?</Say>"))
        answered = offhook.handset(FRIEND).incoming_call()
        answered.answer()
        call.hears("What now?")
        assert answered.status == "completed"
        assert told(app, "/after")["DialCallStatus"] != "completed"
        [alert] = offhook.alerts()
        assert (alert.error_code, alert.resource_sid) == (11200, answered.call_sid)

    def test_a_recording_s_callback_disturbs_nothing(self, offhook, app):
        app.says("/go", document("<Say>Thank you</Say>"))
        call = rings(offhook, app, element("Record", action="/go", recordingStatusCallback="/gone"))
        call.hears(kind="beep")
        offhook.clock.advance(seconds=1)
        call.says("Hello")
        call.hears("Thank you")
        offhook.clock.advance(hours=1)
        assert {(alert.error_code, alert.request_url) for alert in offhook.alerts()} == {(11200, f"{app.url}/gone")}

    def test_nobody_answers_there_at_all(self, offhook, app, closed_port):
        call = rings(offhook, app, f"<Redirect>http://127.0.0.1:{closed_port}/</Redirect>")
        call.hears(SORRY)
        assert [alert.error_code // 100 for alert in offhook.alerts()] == [112]

    def test_it_is_no_url(self, offhook, app):
        call = rings(offhook, app, "<Redirect>ftp://example.com/</Redirect>")
        call.hears(SORRY)
        assert 11100 in codes(offhook)


@pytest.mark.parametrize(
    "verb",
    [
        "<Say></Say>",
        f"<Say>{'x' * 5000}</Say>",
        "<Say voice='nobody'/>",
        "<Play></Play>",
        "<Play>file:///etc/passwd</Play>",
        "<Play>http://169.254.169.254/latest/meta-data/</Play>",
        "<Play digits='xyz'/>",
        "<Pause length='-1'/>",
        "<Gather numDigits='many' timeout='soon' finishOnKey='??'/>",
        "<Gather><Dial>+12125550100</Dial></Gather>",
        "<Record maxLength='-5' finishOnKey='abc'/>",
        "<Dial timeout='-1' timeLimit='x' record='maybe'><Number></Number></Dial>",
        "<Dial><Say>Hello</Say></Dial>",
        "<Enqueue></Enqueue>",
        "<Sms></Sms>",
        "<Leave/>",
    ],
)
def test_a_verb_that_makes_no_sense_is_warned_of_and_the_call_goes_on(offhook, app, verb):
    leaves = verb == "<Leave/>"  # which ends a document, in a queue or not
    call = rings(offhook, app, verb, "<Say>Next</Say>")
    if leaves:
        assert call.wait_until_ended() == "completed"
        return
    call.hears("Next", timeout=600)
    assert call.wait_until_ended(timeout=600) == "completed"
    assert offhook.alerts() or verb == "<Say></Say>"
    assert heard(call)[-1] == "Next"
