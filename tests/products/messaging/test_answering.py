"""A text for a number: the webhook is asked, its documents are carried out, what goes wrong is told."""

import os
import threading
import time

import pytest

from offhook.kit.geography import place_of
from offhook.testing import Offhook
from offhook.testing.calling import Api, segment

OURS, PERSON = "+12023358536", "+19732644152"


def reply(*bodies: str) -> str:
    return f"<Response>{''.join(f'<Message><Body>{body}</Body></Message>' for body in bodies)}</Response>"


def inbound(offhook: Offhook, to: str = PERSON) -> list[str]:
    """What came to a phone, in order."""
    return [text.body for text in offhook.handset(to).inbox if text.direction == "inbound"]


def texts_of(api: Api, address: str) -> list[dict]:
    return api.get(f"/offhook/v1/Handsets/{segment(address)}/Messages")["messages"]


@pytest.fixture
def phone(offhook: Offhook):
    return offhook.handset(PERSON)


def codes(offhook: Offhook) -> list[int]:
    return [alert.error_code for alert in offhook.alerts()]


class TestTheRequest:
    @pytest.mark.parametrize("method", ["POST", "GET"])
    def test_the_webhook_is_told_everything_by_either_method_and_it_is_signed(self, offhook, app, phone, method):
        offhook.number(OURS, sms_url=app.says("/sms", reply("ok")), sms_method=method)
        phone.text(OURS, "What's up? & more")
        phone.wait_for("ok")
        [asked] = app.asked
        [message] = offhook.client().messages.list(from_=PERSON)
        sender, recipient = place_of(PERSON), place_of(OURS)
        assert (asked.method, asked.path, asked.is_signed) == (method, "/sms", True)
        assert asked.parameters == {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": offhook.account_sid,
            "From": PERSON,
            "To": OURS,
            "Body": "What's up? & more",
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            "FromCity": sender.city,
            "FromState": sender.state,
            "FromZip": sender.zip,
            "FromCountry": "US",
            "ToCity": recipient.city,
            "ToState": recipient.state,
            "ToZip": recipient.zip,
            "ToCountry": "US",
        }
        assert all(asked.parameters[f"From{part}"] for part in ("City", "State", "Zip"))
        assert len(asked.pairs) == len(asked.parameters)

    def test_a_query_of_the_webhook_s_own_stays_and_is_signed(self, offhook, app, phone):
        url = app.says("/sms", reply("ok"))
        for method in ("POST", "GET"):
            offhook.number(OURS, sms_url=f"{url}?tenant=a%20b&tenant=c", sms_method=method)
            phone.text(OURS, "hi")
            phone.wait_for("ok")
            assert app.asked[-1].is_signed
            assert app.asked[-1].url.startswith(f"{url}?tenant=a%20b&tenant=c")

    def test_another_token_s_owner_does_not_accept_the_signature(self, offhook, app, phone, monkeypatch):
        monkeypatch.setitem(os.environ, "TWILIO_AUTH_TOKEN", "0" * 32)
        offhook.number(OURS, sms_url=app.says("/sms", reply("ok")))
        phone.text(OURS, "hi")
        phone.wait_for("ok")
        assert [asked.is_signed for asked in app.asked] == [False]

    def test_a_number_without_a_webhook_keeps_the_text_and_asks_nobody(self, offhook, app, phone):
        offhook.number(OURS)
        phone.text(OURS, "hi")
        assert inbound(offhook) == []
        [message] = offhook.client().messages.list()
        assert (message.status, message.direction, message.body) == ("received", "inbound", "hi")
        assert offhook.exchanges(direction="out") == []


class TestTheAnswer:
    def test_a_message_s_body_goes_back_to_the_sender(self, offhook, app, phone):
        offhook.number(OURS, sms_url=app.says("/sms", reply("Grüße &amp; &lt;3")))
        phone.text(OURS, "hi")
        text = phone.wait_for("Grüße & <3")
        message = offhook.client().messages(text.message_sid).fetch()
        assert (message.direction, message.from_, message.to) == ("outbound-reply", OURS, PERSON)

    def test_several_messages_are_made_in_the_document_s_order(self, offhook, app, phone):
        bodies = [f"line {n}" for n in range(8)]
        offhook.number(OURS, sms_url=app.says("/sms", reply(*bodies)))
        phone.text(OURS, "hi")
        phone.wait_for(bodies[-1])
        assert sorted(inbound(offhook)) == bodies
        assert [m.body for m in offhook.client().messages.list(to=PERSON)][::-1] == bodies

    def test_text_without_a_body_element_is_a_message_too(self, offhook, app, phone):
        offhook.number(OURS, sms_url=app.says("/sms", "<Response><Message>short form</Message></Response>"))
        phone.text(OURS, "hi")
        phone.wait_for("short form")

    def test_a_message_may_go_to_somebody_else_from_another_number(self, offhook, app, phone):
        document = '<Response><Message to="+12125550100" from="+12125550199">psst</Message></Response>'
        offhook.number(OURS, sms_url=app.says("/sms", document))
        offhook.number("+12125550199")
        phone.text(OURS, "hi")
        assert offhook.handset("+12125550100").wait_for("psst").from_ == "+12125550199"
        assert inbound(offhook) == []

    def test_plain_text_is_one_message(self, offhook, app, phone):
        offhook.number(OURS, sms_url=app.says("/sms", "just words\n", kind="text/plain; charset=utf-8"))
        phone.text(OURS, "hi")
        phone.wait_for("just words")
        assert len(inbound(offhook)) == 1

    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [("", "text/xml", 200), ("", "text/html", 204), ("<Response/>", "text/xml", 200), ("", "text/plain", 200)],
    )
    def test_an_empty_answer_says_nothing_and_is_no_error(self, offhook, app, phone, body, kind, status):
        offhook.number(OURS, sms_url=app.says("/sms", body, kind=kind, status=status))
        phone.text(OURS, "hi")
        assert inbound(offhook) == []
        assert len(app.asked) == 1
        assert offhook.alerts() == []

    def test_a_reply_s_status_callback_hears_of_it(self, offhook, app, phone):
        document = '<Response><Message statusCallback="done?x=1">bye</Message></Response>'
        offhook.number(OURS, sms_url=app.says("/app/sms", document))
        app.says("/app/done")
        phone.text(OURS, "hi")
        phone.wait_for("bye")
        offhook.clock.settle()
        told = app.at("/app/done")
        assert [asked.parameters["MessageStatus"] for asked in told] == ["sent", "delivered"]
        assert all(asked.is_signed and asked.url.endswith("/app/done?x=1") for asked in told)


class TestRedirects:
    @pytest.mark.parametrize(("attribute", "method"), [("", "POST"), (' method="GET"', "GET")])
    def test_a_redirect_asks_the_next_document_with_the_same_parameters(self, offhook, app, phone, attribute, method):
        document = f"<Response><Redirect{attribute}>{app.url}/next</Redirect></Response>"
        offhook.number(OURS, sms_url=app.says("/sms", document))
        app.says("/next", reply("from next"))
        phone.text(OURS, "hi")
        phone.wait_for("from next")
        first, second = app.asked
        assert second.method == method
        assert second.parameters == first.parameters
        assert second.is_signed

    def test_a_relative_url_is_relative_to_the_document(self, offhook, app, phone):
        app.says("/app/en/sms", "<Response><Redirect>../fr/next?a=1</Redirect></Response>")
        app.says("/app/fr/next", "<Response><Redirect>/root</Redirect></Response>")
        app.says("/root", reply("arrived"))
        offhook.number(OURS, sms_url=f"{app.url}/app/en/sms")
        phone.text(OURS, "hi")
        phone.wait_for("arrived")
        assert [asked.path for asked in app.asked] == ["/app/en/sms", "/app/fr/next", "/root"]

    def test_what_stands_before_a_redirect_is_said_and_what_follows_is_not(self, offhook, app, phone):
        document = "<Response><Message>one</Message><Redirect>/next</Redirect><Message>never</Message></Response>"
        offhook.number(OURS, sms_url=app.says("/sms", document))
        app.says("/next", reply("two"))
        phone.text(OURS, "hi")
        phone.wait_for("two")
        assert sorted(inbound(offhook)) == ["one", "two"]

    def test_documents_that_redirect_forever_are_stopped_with_14106(self, offhook, app, phone):
        offhook.number(OURS, sms_url=app.says("/sms", "<Response><Redirect/></Response>"))
        phone.text(OURS, "hi")
        assert codes(offhook) == [14106]
        assert len(app.asked) == 50

    def test_an_http_redirect_is_followed_and_signed_anew(self, offhook, app, phone):
        moved = [("Location", "/moved")]
        offhook.number(OURS, sms_url=app.says("/sms", status=307, headers=moved))
        app.says("/moved", reply("ok"))
        phone.text(OURS, "hi")
        phone.wait_for("ok")
        assert [(asked.method, asked.path, asked.is_signed) for asked in app.asked] == [
            ("POST", "/sms", True),
            ("POST", "/moved", True),
        ]


class TestFailures:
    @pytest.mark.parametrize(
        ("body", "kind", "status", "code"),
        [
            ("oops", "text/plain", 500, 11200),
            ("not here", "text/plain", 404, 11200),
            ("<Response>", "text/xml", 200, 12100),
            ("<!DOCTYPE x><Response/>", "text/xml", 200, 12100),
            ("<Reply/>", "text/xml", 200, 12102),
            ("{}", "application/json", 200, 12300),
        ],
        ids=["500", "404", "cut short", "doctype", "root", "type"],
    )
    def test_a_failure_goes_to_the_fallback_with_its_code_and_url(self, offhook, app, phone, body, kind, status, code):
        url = app.says("/sms", body, kind=kind, status=status)
        fallback = app.says("/fallback", reply("sorry"))
        offhook.number(OURS, sms_url=url, sms_fallback_url=fallback)
        phone.text(OURS, "hi")
        phone.wait_for("sorry")
        [asked] = app.at("/fallback")
        assert asked.is_signed
        assert (asked.parameters["ErrorCode"], asked.parameters["ErrorUrl"]) == (str(code), url)
        assert asked.parameters["Body"] == "hi"
        assert codes(offhook) == [code]

    def test_the_fallback_has_a_method_of_its_own(self, offhook, app, phone):
        fallback = app.says("/fallback", reply("sorry"))
        offhook.number(OURS, sms_url=f"{app.url}/none", sms_fallback_url=fallback, sms_fallback_method="GET")
        phone.text(OURS, "hi")
        phone.wait_for("sorry")
        assert [asked.method for asked in app.at("/fallback")] == ["GET"]

    def test_a_fallback_that_fails_too_is_the_end(self, offhook, app, phone):
        offhook.number(OURS, sms_url=f"{app.url}/none", sms_fallback_url=app.says("/fallback", "<", status=200))
        phone.text(OURS, "hi")
        assert codes(offhook) == [11200, 12100]
        assert inbound(offhook) == []

    def test_a_server_that_is_not_there_is_11205(self, offhook, phone, closed_port):
        offhook.number(OURS, sms_url=f"http://127.0.0.1:{closed_port}/sms")
        phone.text(OURS, "hi")
        [alert] = offhook.alerts()
        assert alert.error_code == 11205
        assert (alert.request_method, alert.request_url) == ("POST", f"http://127.0.0.1:{closed_port}/sms")

    def test_an_element_that_messaging_does_not_know_is_a_warning_and_the_rest_is_done(self, offhook, app, phone):
        document = "<Response><Say>hello?</Say><Message>text</Message></Response>"
        offhook.number(OURS, sms_url=app.says("/sms", document))
        phone.text(OURS, "hi")
        phone.wait_for("text")
        [alert] = offhook.alerts()
        assert (alert.error_code, alert.log_level) == (12200, "warning")
        assert "Say" in alert.text

    def test_messages_of_a_document_before_the_failure_are_still_sent(self, offhook, app, phone):
        document = "<Response><Message>before</Message><Redirect>/gone</Redirect></Response>"
        offhook.number(OURS, sms_url=app.says("/sms", document))
        phone.text(OURS, "hi")
        phone.wait_for("before")
        assert codes(offhook) == [11200]

    def test_a_reply_to_something_that_is_no_number_is_told_and_not_sent(self, offhook, app, phone):
        document = '<Response><Message to="nobody">lost</Message><Message>fine</Message></Response>'
        offhook.number(OURS, sms_url=app.says("/sms", document))
        phone.text(OURS, "hi")
        phone.wait_for("fine")
        assert codes(offhook) == [14101]
        assert [m.body for m in offhook.client().messages.list(from_=OURS)] == ["fine"]


class TestCookies:
    @pytest.fixture
    def counting(self, offhook, app):
        """An app that hands out one cookie and is told it back."""
        cookies = [("Set-Cookie", "visit=1; Path=/"), ("Set-Cookie", "lang=en; Path=/")]
        offhook.number(OURS, sms_url=app.says("/sms", reply("ok"), headers=cookies))
        return lambda: [asked.headers.get("cookie") for asked in app.asked]

    def test_they_come_back_with_the_next_text(self, offhook, phone, counting):
        for _ in range(2):
            phone.text(OURS, "hi")
            phone.wait_for("ok")
        assert counting() == [None, "visit=1; lang=en"]

    def test_another_person_has_other_cookies(self, offhook, phone, counting):
        phone.text(OURS, "hi")
        phone.wait_for("ok")
        other = offhook.handset("+12125550100")
        other.text(OURS, "hi")
        other.wait_for("ok")
        assert counting() == [None, None]

    def test_another_number_of_the_app_has_other_cookies(self, offhook, app, phone, counting):
        offhook.number("+12125550199", sms_url=app.url + "/sms")
        for number in (OURS, "+12125550199"):
            phone.text(number, "hi")
            phone.wait_for("ok")
        assert counting() == [None, None]

    def test_they_are_forgotten_four_hours_after_the_last_answer(self, offhook, phone, counting):
        for pause in (0, 3.9, 3.9, 4.1):
            offhook.clock.advance(hours=pause)
            phone.text(OURS, "hi")
            phone.wait_for("ok")
        assert counting() == [None, "visit=1; lang=en", "visit=1; lang=en", None]

    def test_their_values_are_not_kept_in_the_record(self, offhook, phone, counting):
        for _ in range(2):
            phone.text(OURS, "hi")
            phone.wait_for("ok")
        sent = offhook.exchanges(kind="document")[1].request_headers["cookie"]
        assert "visit" in sent
        assert "visit=1" not in sent


class TestAmongOurselves:
    def test_one_of_our_numbers_texts_another(self, offhook, app):
        ours, theirs = offhook.number(OURS), "+12125550199"
        offhook.number(theirs, sms_url=app.says("/sms"))
        sent = offhook.client().messages.create(from_=str(ours), to=theirs, body="hi, number")
        offhook.clock.settle()
        [asked] = app.asked
        assert (asked.parameters["From"], asked.parameters["Body"]) == (OURS, "hi, number")
        assert asked.parameters["MessageSid"] != sent.sid
        assert offhook.client().messages(sent.sid).fetch().status == "delivered"
        assert offhook.client().messages(asked.parameters["MessageSid"]).fetch().direction == "inbound"
        assert offhook.handset(theirs).inbox == []

    def test_two_apps_that_answer_each_other_can_be_stopped(self, offhook, app):
        polite = {"left": 5}

        def count(_asked) -> None:
            polite["left"] -= 1
            if not polite["left"]:
                app.says("/sms")

        url = app.says("/sms", reply("after you"), before=count)
        offhook.number(OURS, sms_url=url)
        offhook.number("+12125550199", sms_url=url)
        offhook.client().messages.create(from_=OURS, to="+12125550199", body="after you")
        offhook.clock.settle()
        assert 5 <= len(app.asked) <= 6

    def test_an_app_may_call_the_api_while_it_is_asked(self, offhook, app, phone):
        client = offhook.client()

        def send(asked) -> None:
            client.messages.create(from_=asked.parameters["To"], to=asked.parameters["From"], body="from the API")

        offhook.number(OURS, sms_url=app.says("/sms", reply("from the document"), before=send))
        phone.text(OURS, "hi")
        phone.wait_for("from the API")
        phone.wait_for("from the document")

    def test_a_slow_app_holds_up_nobody_else(self, offhook, app):
        answered = threading.Event()
        waited: list[bool] = []
        offhook.number(OURS, sms_url=app.says("/slow", before=lambda _: waited.append(answered.wait(10))))
        offhook.number("+12125550199", sms_url=app.says("/fast", reply("quick")))
        offhook.handset(PERSON).text(OURS, "hi")
        other = offhook.handset("+12125550100")
        other.text("+12125550199", "hi")
        api = Api(offhook.url, offhook.account_sid, offhook.auth_token)  # a handset waits until nothing is under way
        until = time.monotonic() + 8
        while not any(shown["body"] == "quick" for shown in texts_of(api, other.address)):
            assert time.monotonic() < until
        answered.set()
        offhook.clock.settle()
        assert waited == [True]
