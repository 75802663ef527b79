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


TEXT = {"to": PERSON, "from_": ALWAYS_VALID, "body": "hi"}


@pytest.fixture(params=["dev", "strict"])
def tested(request):
    """An Offhook in either mode, and a client with its test credentials."""
    found = request.getfixturevalue("offhook" if request.param == "dev" else "strict")
    return found, found.client(*found.test_credentials)


@pytest.mark.parametrize(("to", "code"), RECIPIENTS.items())
def test_with_test_credentials_a_magic_recipient_is_refused(tested, to, code):
    assert refusal(tested[1].messages.create, **TEXT | {"to": to}) == (400, code)


@pytest.mark.parametrize(
    ("from_", "code"),
    [*SENDERS.items(), ("+15005550000", 21606), (OURS, 21606), ("12345", 21606), ("Shop", 21606), ("+1", 21212)],
)
def test_with_test_credentials_only_one_sender_works(tested, from_, code):
    status = 429 if code == 21611 else 400
    tested[0].number(OURS)
    assert refusal(tested[1].messages.create, **TEXT | {"from_": from_}) == (status, code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "+1415"}, 21211),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"media_url": ["nonsense"]}, 21620),
        ({"status_callback": "nonsense"}, 21609),
        ({"validity_period": 0}, 90007),
        ({"application_sid": "AP" + "1" * 32}, 21420),
    ],
)
def test_with_test_credentials_everything_is_checked(tested, changes, code):
    assert refusal(tested[1].messages.create, **TEXT | changes) == (400, code)


def test_with_test_credentials_nothing_is_sent_and_nobody_told(offhook, app):
    test_sid, token = offhook.test_credentials
    client = offhook.client(test_sid, token)
    hook = app.says("/status")
    message = client.messages.create(**TEXT, status_callback=hook, media_url=[app.says("/a.png")])
    assert (message.status, message.direction, message.from_, message.to) == (
        "queued",
        "outbound-api",
        ALWAYS_VALID,
        PERSON,
    )
    assert (message.account_sid, message.num_media, message.sid[:2]) == (test_sid, "1", "MM")
    assert (message.date_sent, message.error_code, message.num_segments) == (None, None, "1")
    assert message.uri == f"/2010-04-01/Accounts/{test_sid}/Messages/{message.sid}.json"
    offhook.clock.advance(hours=12)
    assert (came(offhook), app.asked, offhook.client().messages.list()) == ([], [], [])
    assert refusal(offhook.client().messages(message.sid).fetch) == (404, 20404)


def test_with_test_credentials_somebody_who_opted_out_of_the_real_account_is_not_known(offhook):
    offhook.client().messages.create(to=PERSON, from_=ALWAYS_VALID, body="hello")
    offhook.clock.settle()
    assert offhook.client(*offhook.test_credentials).messages.create(**TEXT).status == "queued"
