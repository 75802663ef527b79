"""What goes wrong only when texts follow each other closely, when a URL is none, or when a number texts itself."""

import time
from collections.abc import Iterator
from itertools import count

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import Offhook
from tests.products.conftest import App

OURS = "+12023358536"
PERSON = "+19732644152"


def reply(text: str) -> str:
    return f"<Response><Message>{text}</Message></Response>"


def test_two_quick_texts_are_answered_in_order_and_the_second_has_the_cookies_of_the_first(offhook: Offhook):
    asked: list[str | None] = []
    visits: Iterator[int] = count(1)

    def app(environ, start):
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        asked.append(environ.get("HTTP_COOKIE"))
        visit = next(visits)
        time.sleep(0.3 if visit == 1 else 0)  # the first answer takes its time
        start("200 OK", [("Content-Type", "text/xml"), ("Set-Cookie", f"visit={visit}")])
        return [reply(f"answer {visit}").encode()]

    offhook.number(OURS, sms_url=offhook.serve(app) + "/sms")
    phone = offhook.handset(PERSON)
    phone.text(OURS, "one")
    phone.text(OURS, "two")
    phone.wait_for("answer 2")
    assert asked == [None, "visit=1"]
    assert [text.body for text in phone.inbox if text.direction == "inbound"] == ["answer 1", "answer 2"]


def test_a_redirect_to_no_url_is_an_alert_and_the_fallback_is_asked(offhook: Offhook, app: App):
    app.says("/sms", "<Response><Redirect>http://a&lt;b/</Redirect></Response>")
    offhook.number(OURS, sms_url=app.url + "/sms", sms_fallback_url=app.says("/fallback", reply("sorry")))
    phone = offhook.handset(PERSON)
    phone.text(OURS, "hi")
    phone.wait_for("sorry")
    (asked,) = app.at("/fallback")
    assert dict(asked.pairs)["ErrorCode"] == "11100"
    assert [alert.error_code for alert in offhook.alerts()] == [11100]
    offhook.clock.advance(minutes=5)
    assert len(app.at("/sms")) == 1, "it is not asked again"


@pytest.mark.parametrize("url", ["http://a<b/", "http://a|b/", "http://%zz/", "http://a\\b/"])
def test_a_callback_that_cannot_be_called_is_refused_at_once(offhook: Offhook, url: str):
    with pytest.raises(TwilioRestException) as refused:
        offhook.client().messages.create(to=PERSON, from_=OURS, body="x", status_callback=url)
    assert refused.value.code == 21609


def test_a_number_cannot_text_itself(offhook: Offhook, app: App):
    with pytest.raises(TwilioRestException) as refused:
        offhook.client().messages.create(to=OURS, from_=OURS, body="x")
    assert refused.value.code == 21266
    offhook.number(OURS, sms_url=app.says("/sms", f'<Response><Message to="{OURS}">me</Message></Response>'))
    offhook.handset(PERSON).text(OURS, "hi")
    offhook.clock.settle()
    assert len(app.at("/sms")) == 1
    assert [alert.error_code for alert in offhook.alerts()] == [21266]


def test_each_document_has_an_idempotency_token_of_its_own(offhook: Offhook, app: App):
    app.says("/sms", "<Response><Redirect>/broken</Redirect></Response>")
    app.says("/broken", "no TwiML", status=500)
    offhook.number(OURS, sms_url=app.url + "/sms", sms_fallback_url=app.says("/fallback", reply("sorry")))
    phone = offhook.handset(PERSON)
    phone.text(OURS, "hi")
    phone.wait_for("sorry")
    tokens = [asked.headers["i-twilio-idempotency-token"] for asked in app.asked]
    assert len(tokens) == len(set(tokens)) == 3
