"""Who may send: numbers and short codes that are one's own or adopted, accounts that are active."""

import pytest

from offhook.testing import RefusedError
from tests.products.messaging.talking import ALSO_OURS, OURS, PERSON, came, refusal, say, statuses

CODE = "12345"


def test_dev_mode_adopts_a_short_code_that_nobody_has(offhook, app):
    client = offhook.client()
    sent = client.messages.create(to=PERSON, from_=CODE, body="vote A or B")
    assert came(offhook) == ["vote A or B"]
    [short_code] = client.short_codes.list()
    short_code.update(sms_url=app.says("/votes", say("thank you")))
    offhook.handset(PERSON).text(CODE, "A")
    assert came(offhook) == ["vote A or B", "thank you"]
    assert (sent.from_, app.asked[0].parameters["To"]) == (CODE, CODE)


def test_elsewhere_a_short_code_must_be_one_s_own(strict):
    assert refusal(strict.client().messages.create, to=PERSON, from_=CODE, body="hi") == (400, 21606)
    assert strict.client().short_codes.list() == []


def test_elsewhere_another_account_s_number_may_not_be_sent_from(strict):
    child = strict.client().api.accounts.create(friendly_name="child")
    client = strict.client(child.sid, child.auth_token)
    strict.number(OURS)
    assert refusal(client.messages.create, to=PERSON, from_=OURS, body="hi") == (400, 21606)
    assert came(strict) == []


def test_in_dev_mode_a_number_of_the_family_may_be_sent_from(offhook):
    offhook.number(OURS)
    stranger = offhook.client("AC" + "9" * 32, "whatever")
    message = stranger.messages.create(to=PERSON, from_=OURS, body="hi")
    assert came(offhook) == ["hi"]
    assert message.account_sid == "AC" + "9" * 32
    assert [number.account_sid for number in offhook.client().incoming_phone_numbers.list()] == [offhook.account_sid]


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_an_account_that_is_not_active_sends_nothing_and_gets_nothing(offhook, app, status):
    parent = offhook.client()
    child = parent.api.accounts.create(friendly_name="child")
    own = parent.api.accounts(child.sid)
    own.incoming_phone_numbers.create(phone_number=ALSO_OURS, sms_url=app.says("/sms", say("hello")))
    if status == "closed":
        own.update(status="suspended")
    own.update(status=status)
    assert refusal(own.messages.create, to=PERSON, from_=ALSO_OURS, body="hi")[1] == 10001
    phone = offhook.handset(PERSON)
    number_is_released = parent.api.accounts(child.sid).incoming_phone_numbers.list() == []
    assert phone.text(ALSO_OURS, "anybody there?").message_sid is None
    offhook.clock.settle()
    assert app.asked == []
    assert came(offhook) == []
    assert own.messages.list() == []
    assert (came(offhook, ALSO_OURS) == []) is not number_is_released


def test_an_app_s_text_to_an_account_that_is_not_active_is_not_delivered(offhook, app):
    parent = offhook.client()
    child = parent.api.accounts.create(friendly_name="child")
    own = parent.api.accounts(child.sid)
    own.incoming_phone_numbers.create(phone_number=ALSO_OURS)
    own.update(status="suspended")
    parent.messages.create(to=ALSO_OURS, from_=OURS, body="hi", status_callback=app.says("/status"))
    assert statuses(offhook, app) == [("sent", None), ("undelivered", "30003")]
    own.update(status="active")
    parent.messages.create(to=ALSO_OURS, from_=OURS, body="again")
    offhook.clock.settle()
    assert [message.body for message in own.messages.list()] == ["again"]


def test_an_account_that_is_active_again_sends_again(offhook):
    child = offhook.client().api.accounts.create(friendly_name="child")
    own = offhook.client().api.accounts(child.sid)
    own.update(status="suspended")
    assert refusal(own.messages.create, to=PERSON, from_=ALSO_OURS, body="hi")[1] == 10001
    own.update(status="active")
    own.messages.create(to=PERSON, from_=ALSO_OURS, body="hi")
    assert came(offhook) == ["hi"]


def test_a_number_that_is_released_is_somebody_s_phone(offhook, app):
    number = offhook.number(OURS, sms_url=app.says("/sms", say("hello")))
    phone = offhook.handset(PERSON)
    phone.text(OURS, "first")
    assert came(offhook) == ["hello"]
    offhook.client().incoming_phone_numbers(number.sid).delete()
    assert phone.text(OURS, "second").message_sid is None
    assert came(offhook, OURS) == ["second"]
    assert len(app.asked) == 1


class TestApplications:
    @pytest.fixture
    def application(self, offhook, app):
        """An application, and a number that is set to it although it has a webhook of its own."""
        made = offhook.client().applications.create(
            friendly_name="bot",
            sms_url=app.says("/bot", say("from the bot")),
            sms_fallback_url=app.says("/fallback", say("from the fallback")),
            message_status_callback=app.says("/status"),
        )
        own = app.says("/own", say("from the number"))
        offhook.number(OURS, sms_url=own, sms_application_sid=made.sid)
        return made

    def test_its_webhook_is_asked_instead_of_the_number_s(self, offhook, app, application):
        offhook.handset(PERSON).text(OURS, "hi")
        assert came(offhook) == ["from the bot"]
        assert app.at("/own") == []

    def test_its_status_callback_hears_of_replies(self, offhook, app, application):
        offhook.handset(PERSON).text(OURS, "hi")
        assert statuses(offhook, app) == [("sent", None), ("delivered", None)]

    def test_a_reply_s_own_status_callback_comes_first(self, offhook, app, application):
        app.says("/mine")
        app.says("/bot", '<Response><Message statusCallback="/mine">hi</Message></Response>')
        offhook.handset(PERSON).text(OURS, "hi")
        assert statuses(offhook, app, "/mine") == [("sent", None), ("delivered", None)]
        assert statuses(offhook, app) == []

    def test_its_fallback_is_asked_when_it_fails(self, offhook, app, application):
        app.says("/bot", status=500)
        offhook.handset(PERSON).text(OURS, "hi")
        assert came(offhook) == ["from the fallback"]

    def test_once_it_is_deleted_the_number_speaks_for_itself(self, offhook, app, application):
        application.delete()
        offhook.handset(PERSON).text(OURS, "hi")
        assert came(offhook) == ["from the number"]


def test_a_number_cannot_text_itself(offhook, app):
    assert refusal(offhook.client().messages.create, to=OURS, from_=OURS, body="hi") == (400, 21266)
    document = f'<Response><Message to="{OURS}">to myself</Message><Message>to you</Message></Response>'
    offhook.number(OURS, sms_url=app.says("/sms", document))
    offhook.handset(PERSON).text(OURS, "hi")
    assert came(offhook) == ["to you"]
    assert [alert.error_code for alert in offhook.alerts()] == [21266]
    assert len(app.asked) == 1


BRITON = "+447700900123"


class TestNames:
    """Alphanumeric senders."""

    @pytest.mark.parametrize("name", ["Acme", "A&B . 1-+_", "1z"])
    def test_a_name_may_text_and_the_phone_shows_it(self, offhook, name):
        sent = offhook.client().messages.create(to=BRITON, from_=name, body="hi")
        (text,) = offhook.handset(BRITON).inbox
        assert (sent.from_, text.from_, text.body) == (name, name, "hi")
        assert offhook.client().messages(sent.sid).fetch().status == "delivered"
        assert [one.sid for one in offhook.client().messages.list(from_=name)] == [sent.sid]
        assert offhook.client().incoming_phone_numbers.list() == []

    def test_any_account_may_use_it_where_nothing_is_adopted(self, strict):
        assert strict.client().messages.create(to=BRITON, from_="Acme", body="hi").from_ == "Acme"
        assert came(strict, BRITON) == ["hi"]

    @pytest.mark.parametrize("to", [PERSON, "+14165550123"])
    def test_not_to_the_united_states_and_canada(self, offhook, to):
        assert refusal(offhook.client().messages.create, to=to, from_="Acme", body="hi") == (400, 21612)
        assert came(offhook, to) == []

    @pytest.mark.parametrize("name", ["Twelve chars", "Acme!", "&-+"])
    def test_what_is_no_name_is_no_sender(self, offhook, name):
        assert refusal(offhook.client().messages.create, to=BRITON, from_=name, body="hi") == (400, 21212)

    def test_nobody_can_text_it(self, offhook):
        offhook.client().messages.create(to=BRITON, from_="Acme", body="hi")
        with pytest.raises(RefusedError, match="Acme is a name"):
            offhook.handset(BRITON).text("Acme", "STOP")
        assert refusal(offhook.client().messages.create, to="Acme", from_=OURS, body="hi") == (400, 21211)

    def test_a_document_may_say_it(self, offhook, app):
        offhook.number(OURS, sms_url=app.says("/sms", '<Response><Message from="Acme">from us</Message></Response>'))
        offhook.handset(BRITON).text(OURS, "hi")
        offhook.handset(PERSON).text(OURS, "hi")
        assert (came(offhook, BRITON), came(offhook)) == (["from us"], [])
        assert [alert.error_code for alert in offhook.alerts()] == [21612]

    @pytest.mark.parametrize("body", ["hi", "STOP"])
    def test_a_number_that_gets_its_text_cannot_answer_it(self, offhook, app, body):
        number = "+447700900456"
        offhook.number(number, sms_url=app.says("/sms", say("who is it?")))
        offhook.client().messages.create(to=number, from_="Acme", body=body)
        offhook.clock.settle()
        assert app.asked[0].parameters["From"] == "Acme"
        assert [alert.error_code for alert in offhook.alerts()] == [14101]
        assert [text.direction for text in offhook.client().messages.list()] == ["inbound", "outbound-api"]
