"""What a document's <Message> may say besides its text: files, other numbers, an action, a status callback."""

import threading

import pytest

from offhook.roles import everything
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.messaging.talking import ALSO_OURS, JPEG, OTHER, OURS, PERSON, PNG, came, codes, say, statuses


@pytest.fixture
def phone(offhook):
    return offhook.handset(PERSON)


def answer(offhook: Offhook, app, document: str) -> None:
    """The app says this to the next text, which comes now."""
    offhook.number(OURS, sms_url=app.says("/app/sms", document))
    offhook.handset(PERSON).text(OURS, "hi")
    offhook.clock.settle()


class TestMedia:
    def test_several_files_relative_to_the_document(self, offhook, app, phone):
        app.says("/app/a.png", PNG, kind="image/png")
        app.says("/b.jpg", JPEG, kind="image/jpeg")
        body = "<Body>look</Body><Media>a.png</Media><Media>/b.jpg</Media>"
        answer(offhook, app, f"<Response><Message>{body}</Message></Response>")
        text = phone.wait_for("look")
        assert [phone.open(file) for file in text.media] == [PNG, JPEG]
        assert offhook.client().messages(text.message_sid).fetch().num_media == "2"
        assert codes(offhook) == []

    def test_files_without_words(self, offhook, app, phone):
        app.says("/app/a.png", PNG, kind="image/png")
        answer(offhook, app, "<Response><Message><Media>a.png</Media></Message></Response>")
        assert [(text.body, len(text.media)) for text in phone.inbox[1:]] == [("", 1)]

    def test_more_than_ten_are_left_out_with_an_alert(self, offhook, app, phone):
        app.says("/app/a.png", PNG, kind="image/png")
        answer(offhook, app, f"<Response><Message>{'<Media>a.png</Media>' * 12}</Message></Response>")
        assert len(phone.inbox[1].media) == 10
        assert codes(offhook) == [21623]

    def test_what_is_no_url_is_left_out_with_an_alert(self, offhook, app, phone):
        answer(offhook, app, "<Response><Message>look<Media>ftp://x/a.png</Media></Message></Response>")
        assert came(offhook) == ["look"]
        assert codes(offhook) == [21620]

    def test_a_file_that_is_not_there_fails_the_message_and_tells_its_callback(self, offhook, app):
        app.says("/status")
        message = '<Message statusCallback="/status">look<Media>none.png</Media></Message>'
        answer(offhook, app, f"<Response>{message}</Response>")
        assert came(offhook) == []
        assert statuses(offhook, app) == [("failed", "11200")]


class TestAction:
    """The app is asked for the next document, told which message was queued; what stands behind is never reached."""

    @pytest.mark.parametrize(("attribute", "method"), [("", "POST"), (' method="GET"', "GET")])
    def test_it_is_asked_with_the_message_that_is_queued(self, offhook, app, attribute, method):
        app.says("/app/next", say("and more"))
        answer(offhook, app, f'<Response><Message action="next"{attribute}>first</Message></Response>')
        assert came(offhook) == ["first", "and more"]
        [first] = [message for message in offhook.client().messages.list(to=PERSON) if message.body == "first"]
        asked, [told] = app.at("/app/sms")[0], app.at("/app/next")
        assert (told.method, told.is_signed) == (method, True)
        assert (told.parameters["MessageSid"], told.parameters["SmsSid"]) == (first.sid, first.sid)
        assert (told.parameters["MessageStatus"], told.parameters["SmsStatus"]) == ("queued", "queued")
        changed = {"MessageSid", "SmsSid", "MessageStatus", "SmsStatus"}
        same = {name: value for name, value in asked.parameters.items() if name not in changed}
        assert {name: value for name, value in told.parameters.items() if name not in changed} == same
        assert len(told.pairs) == len(told.parameters)
        assert codes(offhook) == []

    def test_the_message_is_there_when_it_is_asked(self, offhook, app):
        client = offhook.client()
        found: list[str] = []
        app.says(
            "/next", before=lambda asked: found.append(client.messages(asked.parameters["MessageSid"]).fetch().body)
        )
        answer(offhook, app, '<Response><Message action="/next">first</Message></Response>')
        assert found == ["first"]

    def test_what_stands_behind_it_is_never_reached(self, offhook, app):
        app.says("/next", say("two"))
        behind = "<Message>never</Message><Redirect>/never</Redirect>"
        answer(offhook, app, f'<Response><Message action="/next">one</Message>{behind}</Response>')
        assert came(offhook) == ["one", "two"]
        assert [asked.path for asked in app.asked] == ["/app/sms", "/next"]

    def test_an_empty_answer_ends_the_conversation(self, offhook, app):
        app.says("/next")
        answer(offhook, app, '<Response><Message>zero</Message><Message action="/next">one</Message></Response>')
        assert came(offhook) == ["zero", "one"]
        assert codes(offhook) == []

    def test_a_redirect_afterwards_is_told_of_the_text_again(self, offhook, app):
        app.says("/next", "<Response><Redirect>/last</Redirect></Response>")
        app.says("/last", say("two"))
        answer(offhook, app, '<Response><Message action="/next">one</Message></Response>')
        assert came(offhook) == ["one", "two"]
        assert app.at("/last")[0].parameters == app.at("/app/sms")[0].parameters

    def test_actions_without_end_are_stopped_with_14106(self, offhook, app):
        answer(offhook, app, '<Response><Message action="/app/sms">again</Message></Response>')
        assert codes(offhook) == [14106]
        assert came(offhook) == ["again"] * 50

    def test_an_action_that_fails_goes_to_the_fallback_and_the_message_is_sent(self, offhook, app):
        offhook.number(OURS, sms_fallback_url=app.says("/fallback", say("sorry")))
        answer(offhook, app, '<Response><Message action="/none?a=1#rc=0">one</Message></Response>')
        assert came(offhook) == ["one", "sorry"]
        told = app.at("/fallback")[0].parameters
        assert (told["ErrorCode"], told["ErrorUrl"]) == ("11200", f"{app.url}/none?a=1")
        assert told["MessageSid"] == app.at("/app/sms")[0].parameters["MessageSid"]

    def test_one_that_is_no_url_goes_to_the_fallback_before_anything_is_sent(self, offhook, app):
        answer(offhook, app, '<Response><Message action="mailto:me">one</Message></Response>')
        assert codes(offhook) == [11100]
        assert came(offhook) == []

    def test_of_a_message_that_cannot_be_sent_it_hears_invalid(self, offhook, app):
        app.says("/next", say("two"))
        answer(offhook, app, '<Response><Message to="nobody" action="/next">one</Message></Response>')
        assert came(offhook) == ["two"]
        [told] = app.at("/next")
        assert told.parameters["MessageStatus"] == "invalid"
        assert "MessageSid" not in told.parameters
        assert codes(offhook) == [14101]

    def test_its_message_has_a_status_callback_like_any_other(self, offhook, app):
        app.says("/next")
        app.says("/status")
        answer(offhook, app, '<Response><Message action="/next" statusCallback="/status">one</Message></Response>')
        assert statuses(offhook, app) == [("sent", None), ("delivered", None)]

    def test_a_crash_in_between_sends_nothing_twice(self, tmp_path, monkeypatch):
        """The process stops while the action is asked; after the restart the webhook is asked again from the start."""
        settings = settings_for(tmp_path)
        asked: list[str] = []
        stuck, restarted = threading.Event(), threading.Event()

        def application(environ, start):
            asked.append(environ["PATH_INFO"])
            if environ["PATH_INFO"] == "/next" and not restarted.is_set():
                stuck.set()
                restarted.wait(10)
                start("500 Too Late", [])
                return []
            start("200 OK", [("Content-Type", "text/xml")])
            first = '<Response><Message>zero</Message><Message action="/next">one</Message></Response>'
            return [(first if environ["PATH_INFO"] == "/sms" else say("two")).encode()]

        monkeypatch.setattr(everything, "DRAIN", 0.1)
        with quiet(), Running(settings) as found:
            monkeypatch.setenv("TWILIO_AUTH_TOKEN", found.auth_token)
            outer = Offhook(found.url, found.account_sid, found.auth_token)
            url = outer.serve(application)
            outer.number(OURS, sms_url=f"{url}/sms")
            outer.handset(PERSON).text(OURS, "hi")
            assert stuck.wait(5)
        restarted.set()
        with quiet(), outer, Running(settings) as found:
            again = Offhook(found.url, found.account_sid, found.auth_token)
            assert came(again) == ["zero", "one", "two"]
        assert asked == ["/sms", "/next", "/sms", "/next"]


class TestNumbers:
    def test_a_sender_that_is_no_number_is_an_alert(self, offhook, app):
        answer(offhook, app, '<Response><Message from="nobody!">lost</Message><Message>fine</Message></Response>')
        assert came(offhook) == ["fine"]
        assert codes(offhook) == [14102]

    def test_a_short_code_may_be_the_sender(self, offhook, app):
        answer(offhook, app, '<Response><Message from="12345">hi</Message></Response>')
        assert offhook.handset(PERSON).wait_for("hi").from_ == "12345"

    def test_dev_mode_adopts_the_sender(self, offhook, app):
        answer(offhook, app, f'<Response><Message from="{ALSO_OURS}" to="(212) 555-0100">hi</Message></Response>')
        assert offhook.handset(OTHER).wait_for("hi").from_ == ALSO_OURS
        numbers = offhook.client().incoming_phone_numbers.list()
        assert {number.phone_number for number in numbers} == {OURS, ALSO_OURS}


def test_a_url_s_password_is_not_told_to_the_fallback(offhook, app):
    url = app.says("/none", status=500).replace("http://", "http://user:secret@")
    offhook.number(OURS, sms_url=f"{url}?a=b#rc=0&ct=500", sms_fallback_url=app.says("/fallback"))
    offhook.handset(PERSON).text(OURS, "hi")
    offhook.clock.settle()
    assert app.at("/fallback")[0].parameters["ErrorUrl"] == f"{app.url}/none?a=b"


def test_where_nothing_is_adopted_a_reply_comes_from_a_number_of_one_s_own(strict):
    stolen = "+14155550123"
    document = f'<Response><Message from="{stolen}">I am your bank</Message><Message>fine</Message></Response>'

    def application(_environ, start):
        start("200 OK", [("Content-Type", "text/xml")])
        return [document.encode()]

    strict.number(OURS, sms_url=strict.serve(application))
    strict.handset(PERSON).text(OURS, "hi")
    assert [(text.body, text.from_) for text in strict.handset(PERSON).inbox[1:]] == [("fine", OURS)]
    assert codes(strict) == [14102]
