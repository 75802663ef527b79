"""Twilio's magic numbers: in dev mode they always end the same way, elsewhere they are numbers like any other."""

import pytest

from tests.products.messaging.talking import OURS, PERSON, came, refusal

RECIPIENTS = {"+15005550001": 21211, "+15005550002": 21612, "+15005550003": 21408, "+15005550004": 21610}
RECIPIENTS["+15005550009"] = 21614
SENDERS = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
ALWAYS_VALID = "+15005550006"


@pytest.mark.parametrize(("to", "code"), RECIPIENTS.items())
def test_a_magic_recipient_is_refused_with_its_code(offhook, to, code):
    assert refusal(offhook.client().messages.create, to=to, from_=OURS, body="hi") == (400, code)
    assert offhook.client().messages.list() == []


@pytest.mark.parametrize(("from_", "code"), SENDERS.items())
def test_a_magic_sender_is_refused_with_its_code(offhook, from_, code):
    status = 429 if code == 21611 else 400
    assert refusal(offhook.client().messages.create, to=PERSON, from_=from_, body="hi") == (status, code)
    assert offhook.client().messages.list() == []


def test_the_sender_that_always_works_is_nobody_s_and_works_for_everybody(offhook):
    for client in (offhook.client(), offhook.client("AC" + "9" * 32, "whatever")):
        client.messages.create(to=PERSON, from_=ALWAYS_VALID, body="hi")
    assert came(offhook) == ["hi", "hi"]
    assert offhook.client().incoming_phone_numbers.list() == []


def test_the_recipient_is_looked_at_before_the_sender(offhook):
    create = offhook.client().messages.create
    assert refusal(create, to="+15005550001", from_="+15005550007", body="hi")[1] == 21211


@pytest.mark.parametrize("to", RECIPIENTS)
def test_where_nothing_is_adopted_a_magic_recipient_is_a_phone(strict, to):
    strict.number(OURS)
    strict.client().messages.create(to=to, from_=OURS, body="hi")
    assert came(strict, to) == ["hi"]


@pytest.mark.parametrize("from_", [*SENDERS, ALWAYS_VALID])
def test_where_nothing_is_adopted_a_magic_sender_must_be_owned(strict, from_):
    create = strict.client().messages.create
    assert refusal(create, to=PERSON, from_=from_, body="hi") == (400, 21606)
    strict.number(from_)
    create(to=PERSON, from_=from_, body="hi")
    assert came(strict) == ["hi"]
