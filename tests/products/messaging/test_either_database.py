"""The whole trip, both ways, on SQLite and on PostgreSQL."""

import pytest
from twilio.base.exceptions import TwilioRestException

OURS, PERSON = "+12023358536", "+19732644152"


def test_a_text_from_an_app_arrives_and_the_app_is_told(either):
    offhook, app = either
    message = offhook.client().messages.create(
        to=PERSON, from_=OURS, body="Hello from Python! ¿qué tal? 😀", status_callback=app.says("/status")
    )
    text = offhook.handset(PERSON).wait_for("Hello from Python! ¿qué tal? 😀")
    assert (text.message_sid, text.from_) == (message.sid, OURS)
    offhook.clock.settle()
    assert [asked.parameters["MessageStatus"] for asked in app.asked] == ["sent", "delivered"]
    assert all(asked.is_signed for asked in app.asked)
    assert offhook.client().messages(message.sid).fetch().status == "delivered"


def test_a_text_from_a_person_is_answered_by_the_app(either):
    offhook, app = either
    document = "<Response><Message>one</Message><Message>two</Message></Response>"
    offhook.number(OURS, sms_url=app.says("/sms", document, headers=[("Set-Cookie", "a=1")]))
    phone = offhook.handset(PERSON)
    for cookie in (None, "a=1"):
        phone.text(OURS, "hi")
        phone.wait_for("two")
        phone.wait_for("one")
        newest = offhook.client().messages.list(to=PERSON, limit=2)
        assert [message.body for message in newest] == ["two", "one"]
        assert app.asked[-1].is_signed
        assert app.asked[-1].headers.get("cookie") == cookie
    assert offhook.alerts() == []


def test_pages_and_filters(either):
    offhook, _ = either
    client = offhook.client()
    sids = [client.messages.create(to=PERSON, from_=OURS, body=f"text {n}").sid for n in range(5)]
    assert [message.sid for message in client.messages.list(page_size=2)] == sids[::-1]
    last = client.messages.page(page_size=2).next_page().next_page()
    assert [message.sid for message in last.previous_page()] == sids[1:3][::-1]
    assert client.messages.list(to="+12125550100") == []


def test_what_is_refused_leaves_nothing_behind(either):
    offhook, _ = either
    client = offhook.client()
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(to=PERSON, from_=OURS, body="x" * 1601)
    assert caught.value.code == 21617
    assert client.messages.list() == []


def test_failures_become_alerts(either):
    offhook, app = either
    offhook.number(OURS, sms_url=app.says("/sms", "oops \x00 oops", kind="text/plain", status=500))
    offhook.handset(PERSON).text(OURS, "hi")
    [alert] = offhook.alerts()
    assert alert.error_code == 11200
    assert len(offhook.exchanges(kind="document")) == 1


def test_stop_is_obeyed(either):
    offhook, _ = either
    offhook.number(OURS)
    phone = offhook.handset(PERSON)
    phone.text(OURS, "STOP")
    phone.wait_for("opted out")
    with pytest.raises(TwilioRestException) as caught:
        offhook.client().messages.create(to=PERSON, from_=OURS, body="hi")
    assert caught.value.code == 21610
