"""Adding a caller ID through twilio-python: its phone is called, and whoever answers types the code."""

import pytest
import requests
from twilio.rest.api.v2010.account.validation_request import ValidationRequestInstance

from tests.products.numbers.rooms import documented, refusal

HOME = "+19732644152"


def answered(offhook, code):
    """The phone at HOME answers the call that validates it, and types a code."""
    call = offhook.handset(HOME).incoming_call()
    call.answer()
    call.hears("enter your validation code")
    call.press(code)
    call.wait_until_ended(timeout=120)


def test_a_number_is_validated_by_whoever_answers_it(offhook):
    client = offhook.client()
    request = client.validation_requests.create(phone_number="(973) 264-4152", friendly_name="Home")
    assert (request.phone_number, request.friendly_name) == (HOME, "Home")
    assert client.calls(request.call_sid).fetch().to == HOME
    answered(offhook, request.validation_code)
    assert [(one.phone_number, one.friendly_name) for one in client.outgoing_caller_ids.list()] == [(HOME, "Home")]


def test_the_status_callback_hears_of_success(offhook, app):
    client = offhook.client()
    request = client.validation_requests.create(phone_number=HOME, status_callback=app.says("/status"))
    answered(offhook, request.validation_code)
    (told,) = app.at("/status")
    (kept,) = client.outgoing_caller_ids.list(phone_number=HOME)
    assert (told.method, told.is_signed, told.parameters["CallSid"]) == ("POST", True, request.call_sid)
    assert (told.parameters["VerificationStatus"], told.parameters["OutgoingCallerIdSid"]) == ("success", kept.sid)
    assert (told.parameters["To"], told.parameters["AccountSid"]) == (HOME, offhook.account_sid)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_code_is_no_validation(offhook, app, method):
    client = offhook.client()
    request = client.validation_requests.create(
        phone_number=HOME, status_callback=app.says("/status"), status_callback_method=method
    )
    answered(offhook, "".join(str((int(digit) + 1) % 10) for digit in request.validation_code))
    (told,) = app.at("/status")
    assert (told.method, told.parameters["VerificationStatus"]) == (method, "failed")
    assert client.outgoing_caller_ids.list() == []


def test_nobody_answering_is_no_validation(offhook, app):
    offhook.client().validation_requests.create(phone_number=HOME, status_callback=app.says("/status"), call_delay=30)
    offhook.clock.advance(seconds=29)
    assert offhook.handset(HOME).calls == []
    offhook.clock.advance(seconds=120)
    (told,) = app.at("/status")
    assert told.parameters["VerificationStatus"] == "failed"


def test_a_call_that_waits_for_its_time_can_be_called_off(offhook, app):
    client = offhook.client()
    request = client.validation_requests.create(phone_number=HOME, status_callback=app.says("/status"), call_delay=30)
    client.calls(request.call_sid).update(status="completed")
    offhook.clock.settle()
    assert client.calls(request.call_sid).fetch().status == "canceled"
    offhook.clock.advance(seconds=60)
    assert offhook.handset(HOME).calls == []
    (told,) = app.at("/status")
    assert told.parameters["VerificationStatus"] == "failed"


def test_twice_is_refused_and_told_to_nobody(offhook, app):
    client = offhook.client()
    answered(offhook, client.validation_requests.create(phone_number=HOME).validation_code)
    create = client.validation_requests.create
    assert refusal(create, phone_number=HOME, status_callback=app.says("/status")) == (400, 21450)
    offhook.clock.settle()
    assert app.asked == []
    other = offhook.client("AC" + "9" * 32, "token").validation_requests.create(phone_number=HOME)
    assert other.account_sid == "AC" + "9" * 32


def test_what_makes_no_sense_is_refused(offhook):
    create = offhook.client().validation_requests.create
    assert refusal(create, phone_number="12") == (400, 21421)
    assert refusal(create, phone_number=HOME, call_delay=61) == (400, 20001)
    assert refusal(create, phone_number=HOME, extension="1x") == (400, 20001)
    assert refusal(create, phone_number=HOME, status_callback="status") == (400, 21402)
    assert create(phone_number=HOME, call_delay=60, extension="12ww#*").phone_number == HOME


def test_the_answer_has_every_documented_field_and_no_other(offhook):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/OutgoingCallerIds.json"
        answer = session.post(url, {"PhoneNumber": HOME}, auth=(offhook.account_sid, offhook.auth_token))
    assert answer.status_code == 200
    assert set(answer.json()) == documented(ValidationRequestInstance)
