"""Twilio's magic numbers of calls, with test credentials and, in dev mode, with any others."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.products.voice.talking import OURS, PERSON, refusal

VALID = "+15005550006"
TO = {"1": 21217, "2": 21214, "3": 21215, "4": 21216}
URL = "https://app.example/voice"


def rehearsing(offhook):
    """A client with test credentials."""
    return offhook.client(*offhook.test_credentials)


def test_test_credentials_are_answered_as_always_and_nobody_is_called(offhook):
    call = rehearsing(offhook).calls.create(to=PERSON, from_=VALID, url=URL)
    assert (call.status, call.direction, call.to) == ("queued", "outbound-api", PERSON)
    assert call.account_sid == offhook.test_credentials[0]
    assert offhook.handset(PERSON).calls == []
    assert offhook.client().calls.list() == []


@pytest.mark.parametrize(("digit", "code"), TO.items())
def test_some_people_cannot_be_called_by_anybody(offhook, digit, code):
    for client in (rehearsing(offhook), offhook.client()):
        assert refusal(client.calls.create, to=f"+1500555000{digit}", from_=VALID, url=URL) == (400, code)


def test_test_credentials_call_from_one_number_only(offhook):
    create = rehearsing(offhook).calls.create
    assert refusal(create, to=PERSON, from_="+15005550001", url=URL) == (400, 21212)
    assert refusal(create, to=PERSON, from_=OURS, url=URL) == (400, 21210)
    assert refusal(create, to="12", from_=VALID, url=URL) == (400, 21211)
    assert refusal(create, to=PERSON, from_=VALID) == (400, 21205)
    assert refusal(offhook.client().calls.create, to=PERSON, from_="+15005550001", url=URL) == (400, 21212)


def test_what_they_made_cannot_be_looked_at(offhook):
    client = rehearsing(offhook)
    call = client.calls.create(to=PERSON, from_=VALID, url=URL)
    assert refusal(client.calls(call.sid).fetch) == (403, 20008)
    with pytest.raises(TwilioException, match="20008"):
        client.calls.list()
