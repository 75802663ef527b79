"""STOP, START and HELP, as a person texts them."""

import pytest
from twilio.base.exceptions import TwilioRestException

OURS, PERSON = "+12023358536", "+19732644152"


@pytest.fixture
def phone(offhook):
    offhook.number(OURS)
    return offhook.handset(PERSON)


def send(offhook, body: str):
    return offhook.client().messages.create(to=PERSON, from_=OURS, body=body)


def refusal(offhook) -> int | None:
    try:
        send(offhook, "buy now")
    except TwilioRestException as problem:
        return int(problem.code)
    return None


@pytest.mark.parametrize("word", ["STOP", "stop", " Unsubscribe ", "QUIT"])
def test_a_person_who_says_stop_gets_nothing_more_from_that_number(offhook, phone, word):
    phone.text(OURS, word)
    phone.wait_for("opted out")
    assert refusal(offhook) == 21610
    assert [message.body for message in offhook.client().messages.list(to=PERSON)] == [phone.inbox[-1].body]


def test_a_person_who_says_start_gets_messages_again(offhook, phone):
    phone.text(OURS, "STOP")
    phone.wait_for("opted out")
    phone.text(OURS, "Start")
    phone.wait_for("again")
    send(offhook, "welcome back")
    phone.wait_for("welcome back")


def test_other_numbers_may_still_text_the_person(offhook, phone):
    offhook.number("+12125550199")
    phone.text(OURS, "STOP")
    phone.wait_for("opted out")
    offhook.client().messages.create(to=PERSON, from_="+12125550199", body="from elsewhere")
    phone.wait_for("from elsewhere")


def test_a_word_inside_a_sentence_is_only_a_word(offhook, phone):
    phone.text(OURS, "please stop by")
    assert refusal(offhook) is None


def test_the_app_hears_of_it_but_its_reply_is_not_sent(offhook, app, phone):
    offhook.number(OURS, sms_url=app.says("/sms", "<Response><Message>but why?</Message></Response>"))
    phone.text(OURS, "STOP")
    phone.wait_for("opted out")
    offhook.clock.settle()
    assert [asked.parameters["Body"] for asked in app.asked] == ["STOP"]
    assert [alert.error_code for alert in offhook.alerts()] == [21610]
    assert len(phone.inbox) == 2


def test_help_is_answered(offhook, phone):
    phone.text(OURS, "HELP")
    phone.wait_for("Reply STOP")
