"""Status callbacks of a message, over real HTTP: in order, signed, complete, whatever the app does."""

import threading
import time

import pytest

from offhook.testing import Offhook
from offhook.testing.calling import Api, segment

OURS, PERSON = "+12023358536", "+19732644152"


def send(offhook: Offhook, callback: str, body: str = "hi") -> str:
    message = offhook.client().messages.create(to=PERSON, from_=OURS, body=body, status_callback=callback)
    return str(message.sid)


def test_sent_and_then_delivered_are_told_in_full_and_signed(offhook, app):
    sid = send(offhook, app.says("/status") + "?tenant=7")
    offhook.clock.settle()
    told = [asked.parameters for asked in app.at("/status")]
    common = {
        "SmsSid": sid,
        "MessageSid": sid,
        "AccountSid": offhook.account_sid,
        "From": OURS,
        "To": PERSON,
        "ApiVersion": "2010-04-01",
    }
    done = offhook.clock.now().strftime("%y%m%d%H%M")
    assert told == [
        {**common, "MessageStatus": "sent", "SmsStatus": "sent"},
        {**common, "MessageStatus": "delivered", "SmsStatus": "delivered", "RawDlrDoneDate": done},
    ]
    assert all(asked.is_signed and asked.method == "POST" for asked in app.asked)
    assert all(asked.url.endswith("/status?tenant=7") for asked in app.asked)


def test_the_answer_s_content_is_nobody_s_business(offhook, app):
    send(offhook, app.says("/status", "<Response><Message>no</Message></Response>"))
    offhook.clock.settle()
    assert [text.body for text in offhook.handset(PERSON).inbox] == ["hi"]
    assert offhook.alerts() == []


def test_each_callback_has_a_token_of_its_own(offhook, app):
    send(offhook, app.says("/status"))
    offhook.clock.settle()
    tokens = {asked.headers["i-twilio-idempotency-token"] for asked in app.asked}
    assert len(tokens) == 2


def test_an_app_that_refuses_is_told_once_and_it_becomes_an_alert(offhook, app):
    sid = send(offhook, app.says("/status", "no", status=503, kind="text/plain"))
    offhook.clock.settle()
    assert [asked.parameters["MessageStatus"] for asked in app.asked] == ["sent", "delivered"]
    assert [(alert.error_code, alert.resource_sid) for alert in offhook.alerts()] == [(11200, sid)] * 2
    assert offhook.client().messages(sid).fetch().status == "delivered"


def test_the_url_s_fragment_asks_for_retries_and_is_not_sent(offhook, app):
    url = app.says("/status", status=500)

    def recover(asked) -> None:
        if len(app.asked) >= 3:
            app.says("/status")

    app.says("/status", status=500, before=recover)
    send(offhook, f"{url}#rc=3&rp=5xx")
    offhook.clock.settle()
    told = [asked.parameters["MessageStatus"] for asked in app.asked]
    assert told[-1] == "delivered"
    assert told[: len(told) - 1] == ["sent"] * (len(told) - 1)
    assert len(told) >= 4
    assert len({asked.headers["i-twilio-idempotency-token"] for asked in app.asked[:-1]}) == 1
    assert all("#" not in asked.url for asked in app.asked)
    assert offhook.alerts() == []


@pytest.mark.parametrize("repeat", range(3))
def test_callbacks_of_one_message_keep_their_order_when_the_app_is_slow(offhook, app, repeat):
    """The first of each message takes longer than the whole delivery; others may overtake it, its own may not."""
    running: dict[str, int] = {}
    overlaps: list[str] = []
    lock = threading.Lock()

    def dawdle(asked) -> None:
        sid = asked.parameters["MessageSid"]
        with lock:
            running[sid] = running.get(sid, 0) + 1
            if running[sid] > 1:
                overlaps.append(sid)
        if asked.parameters["MessageStatus"] == "sent":
            time.sleep(0.1)
        with lock:
            running[sid] -= 1

    url = app.says("/status", before=dawdle)
    sids = [send(offhook, url, f"text {n}") for n in range(5)]
    offhook.clock.settle()
    for sid in sids:
        told = [asked.parameters["MessageStatus"] for asked in app.asked if asked.parameters["MessageSid"] == sid]
        assert told == ["sent", "delivered"]
    assert overlaps == []


def test_a_slow_app_does_not_delay_the_delivery_itself(offhook, app):
    arrived = threading.Event()
    api = Api(offhook.url, offhook.account_sid, offhook.auth_token)  # a handset waits until nothing is under way

    def look(_asked) -> None:
        texts = api.get(f"/offhook/v1/Handsets/{segment(PERSON)}/Messages")["messages"]
        if [text["body"] for text in texts] == ["hi"]:
            arrived.set()

    send(offhook, app.says("/status", before=look))
    offhook.clock.settle()
    assert arrived.is_set()


def test_a_callback_that_redirects_is_not_followed(offhook, app):
    send(offhook, app.says("/status", status=302, headers=[("Location", "/elsewhere")]))
    app.says("/elsewhere")
    offhook.clock.settle()
    assert {asked.path for asked in app.asked} == {"/status"}
