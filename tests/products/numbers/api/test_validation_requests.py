"""Adding a caller ID through twilio-python: in dev mode its phone answers at once, in production nothing can call."""

import re
from dataclasses import replace

import requests
from twilio.rest.api.v2010.account.validation_request import ValidationRequestInstance

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.numbers.rooms import documented, refusal

HOME = "+19732644152"


def test_a_number_is_validated_at_once(offhook):
    client = offhook.client()
    request = client.validation_requests.create(phone_number="(973) 264-4152", friendly_name="Home")
    assert (request.phone_number, request.friendly_name, request.call_sid) == (HOME, "Home", None)
    assert re.fullmatch("[0-9]{6}", request.validation_code)
    assert [(one.phone_number, one.friendly_name) for one in client.outgoing_caller_ids.list()] == [(HOME, "Home")]


def test_the_status_callback_hears_of_success(offhook, app):
    client = offhook.client()
    client.validation_requests.create(phone_number=HOME, status_callback=app.says("/status"))
    client.validation_requests.create(
        phone_number="+12023358536", status_callback=app.says("/got"), status_callback_method="GET"
    )
    offhook.clock.settle()
    (told,), (got,) = app.at("/status"), app.at("/got")
    (kept,) = client.outgoing_caller_ids.list(phone_number=HOME)
    assert (told.method, told.is_signed, got.method) == ("POST", True, "GET")
    assert (told.parameters["VerificationStatus"], told.parameters["OutgoingCallerIdSid"]) == ("success", kept.sid)
    assert (told.parameters["To"], told.parameters["AccountSid"]) == (HOME, offhook.account_sid)


def test_twice_is_refused_and_told_to_nobody(offhook, app):
    create = offhook.client().validation_requests.create
    create(phone_number=HOME)
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


def test_in_production_nothing_is_validated(tmp_path):
    settings = replace(settings_for(tmp_path), mode="production", clock="real")
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        client = offhook.client()
        assert refusal(client.validation_requests.create, phone_number=HOME) == (501, 20501)
        assert client.outgoing_caller_ids.list() == []


def test_the_answer_has_every_documented_field_and_no_other(offhook):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/OutgoingCallerIds.json"
        answer = session.post(url, {"PhoneNumber": HOME}, auth=(offhook.account_sid, offhook.auth_token))
    assert answer.status_code == 200
    assert set(answer.json()) == documented(ValidationRequestInstance)
