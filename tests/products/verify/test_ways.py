"""Codes that are said in a call, and codes that are mailed; texts that do not arrive."""

import json

import pytest

from tests.products.verify.proving import GERMAN, MAIL, OTHER, PERSON, begin, guess, refusal, service


def said(call):
    return [line.text for line in call.transcript if line.kind == "say"]


def spelled(code):
    return " ".join(f"{digit}." for digit in code)


def mailbox(offhook, address=MAIL):
    return offhook._api.get(f"/offhook/v1/Mailboxes/{address}/Messages")["messages"]


def last_attempt(offhook):
    offhook.clock.settle()
    return offhook.client().verify.v2.verification_attempts.list(limit=1)[0]


class TestCalls:
    def test_the_code_is_said_digit_by_digit_and_twice(self, offhook):
        shop = service(offhook, dtmf_input_required=False)
        begin(shop, channel="call")
        code = offhook.handset(PERSON).latest_code()
        call = offhook.handset(PERSON).incoming_call()
        call.answer()
        call.hears("To hear it again, press 1.")
        told = f"Your Shop verification code is: {spelled(code)}"
        assert said(call) == [told, told, "To hear it again, press 1."]
        assert guess(shop, code) == "approved"

    def test_a_key_is_asked_for_first_and_repeats_it_later(self, offhook):
        begin(service(offhook), channel="call")
        call = offhook.handset(PERSON).incoming_call()
        call.answer()
        call.hears("Press any key to hear your verification code.")
        call.press("#")
        call.hears("To hear it again, press 1.")
        before = len(said(call))
        call.press("1")
        offhook.clock.advance(minutes=1)
        assert said(call)[before] == said(call)[1]
        assert call.status == "completed"

    def test_who_presses_nothing_hears_nothing(self, offhook):
        begin(service(offhook), channel="call")
        call = offhook.handset(PERSON).incoming_call()
        call.answer()
        offhook.clock.advance(minutes=1)
        assert said(call) == ["Press any key to hear your verification code."]
        assert last_attempt(offhook).channel_data["call_status"] == "undelivered"

    def test_in_the_language_of_the_number(self, offhook):
        begin(service(offhook, dtmf_input_required=False), GERMAN, "call")
        call = offhook.handset(GERMAN).incoming_call()
        call.answer()
        assert call.hears("Ihr Bestätigungscode für Shop lautet: ")

    def test_the_attempt_knows_its_call_and_what_became_of_it(self, offhook):
        begin(service(offhook, dtmf_input_required=False), channel="call")
        offhook.handset(PERSON).incoming_call().answer()
        offhook.clock.advance(minutes=1)
        data = last_attempt(offhook).channel_data
        assert (data["call_status"], data["to"], data["country"]) == ("delivered", PERSON, "US")
        assert offhook.client().calls(data["call_sid"]).fetch().status == "completed"

    def test_who_does_not_answer_was_not_reached(self, offhook):
        offhook.handset(PERSON).behave(answers="busy")
        begin(service(offhook), channel="call")
        assert last_attempt(offhook).channel_data["call_status"] == "undelivered"

    def test_keys_for_an_extension_are_pressed_first(self, offhook):
        begin(service(offhook, dtmf_input_required=False), channel="call", send_digits="ww12")
        call = offhook.handset(PERSON).incoming_call()
        call.answer()
        call.hears("Your Shop verification code is: ")
        assert call.transcript[0].kind == "digits"
        assert refusal(begin, service(offhook), OTHER, "call", send_digits="hello") == (400, 60200)


class TestMail:
    def test_a_code_is_mailed(self, offhook):
        shop = service(offhook)
        begin(shop, MAIL, "email")
        offhook.clock.settle()
        [mail] = mailbox(offhook)
        assert (mail["to"], mail["from"], mail["from_name"]) == (MAIL, "verify@offhook.localhost", "Shop")
        assert mail["subject"] == "Your Shop verification code"
        assert mail["body"].startswith("Your Shop verification code is: ")
        assert guess(shop, mail["body"][-6:], MAIL) == "approved"
        assert last_attempt(offhook).channel_data["message_status"] == "sent"

    def test_an_app_may_say_who_mails_it(self, offhook):
        wished = json.dumps({"from": "codes@shop.example", "from_name": "The\nShop", "template_id": "d-1"})
        begin(service(offhook), MAIL, "email", channel_configuration=wished)
        offhook.clock.settle()
        [mail] = mailbox(offhook)
        assert (mail["from"], mail["from_name"]) == ("codes@shop.example", "The Shop")
        bad = json.dumps({"from": "nobody"})
        assert refusal(begin, service(offhook), MAIL, "email", channel_configuration=bad) == (400, 60200)

    @pytest.mark.parametrize("to", [PERSON, "ann", "ann@", "@example.com", "ann@example.com\nBcc: x@example.com"])
    def test_what_is_no_address_gets_no_mail(self, offhook, to):
        assert refusal(begin, service(offhook), to, "email") == (400, 60200)


class TestAuto:
    @pytest.mark.parametrize(
        ("to", "channel"), [(PERSON, "sms"), (MAIL, "email"), ("+442079460018", "call"), (GERMAN, "sms")]
    )
    def test_the_way_that_suits_the_destination(self, offhook, to, channel):
        assert begin(service(offhook), to, "auto").channel == channel


class TestTextsThatDoNotArrive:
    def test_a_text_that_arrived_and_one_that_was_lost(self, offhook):
        shop = service(offhook)
        begin(shop)
        assert last_attempt(offhook).channel_data["message_status"] == "delivered"
        offhook.handset(OTHER).behave(outcome="undelivered", error_code=30005)
        begin(shop, OTHER)
        data = last_attempt(offhook).channel_data
        assert (data["message_status"], data["error_code"]) == ("undelivered", 30005)

    def test_another_channel_has_the_same_code(self, offhook):
        shop = service(offhook, dtmf_input_required=False)
        begin(shop)
        code = offhook.handset(PERSON).latest_code()
        again = begin(shop, channel="call")
        assert [attempt["channel"] for attempt in again.send_code_attempts] == ["sms", "call"]
        call = offhook.handset(PERSON).incoming_call()
        call.answer()
        assert call.hears(spelled(code))

    def test_a_phone_that_is_off_gets_the_code_when_it_is_on(self, offhook):
        phone = offhook.handset(PERSON)
        phone.behave(power="off")
        begin(service(offhook))
        assert phone.inbox == []
        phone.behave(power="on")
        assert phone.wait_for(phone.latest_code())
