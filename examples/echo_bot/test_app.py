"""The bot, tested as its author would: a phone texts it, the phone gets the answer."""

from .app import app


def test_it_says_what_it_is_told(offhook):
    number = offhook.number(sms_url=offhook.serve(app) + "/sms")
    phone = offhook.handset("+19732644152")
    phone.text(number, "hello")
    assert phone.wait_for("You said: hello").from_ == str(number)
