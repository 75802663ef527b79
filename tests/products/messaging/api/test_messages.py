"""The Messages resource as the official SDK and plain HTTP see it."""

import json
import re
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.api.v2010.account.message import MessageInstance

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api

OURS, THEIRS = "+12023358536", "+19732644152"
STRINGS = {
    "body",
    "num_segments",
    "direction",
    "from",
    "to",
    "uri",
    "account_sid",
    "num_media",
    "status",
    "sid",
    "price_unit",
    "api_version",
}
FIELDS = STRINGS | {
    "date_updated",
    "date_created",
    "date_sent",
    "price",
    "error_message",
    "error_code",
    "messaging_service_sid",
    "subresource_uris",
}


@pytest.fixture
def api(offhook: Offhook) -> Api:
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


def create(api: Api, **parameters: str) -> dict:
    return api.post(api.in_account("Messages"), **parameters)


def send(api: Api, body: str = "hi", **more: str) -> dict:
    return create(api, To=THEIRS, From=OURS, Body=body, **more)


def test_a_new_message_is_answered_as_twilio_does(offhook, api):
    shown = send(api, "Hello from Python!")
    assert set(shown) == FIELDS
    assert {name for name in shown if isinstance(shown[name], str)} == STRINGS | {"date_created", "date_updated"}
    assert re.fullmatch("SM[0-9a-f]{32}", shown["sid"])
    assert (shown["status"], shown["direction"], shown["num_segments"]) == ("queued", "outbound-api", "1")
    assert (shown["from"], shown["to"], shown["body"]) == (OURS, THEIRS, "Hello from Python!")
    assert shown["uri"] == f"/2010-04-01/Accounts/{offhook.account_sid}/Messages/{shown['sid']}.json"
    assert shown["error_code"] is shown["date_sent"] is shown["messaging_service_sid"] is None
    created = datetime.strptime(shown["date_created"], "%a, %d %b %Y %H:%M:%S %z")
    assert abs(created - offhook.clock.now()) < timedelta(seconds=1)


def test_the_sdk_finds_every_attribute_that_it_knows(offhook):
    created = offhook.client().messages.create(to=THEIRS, from_=OURS, body="hi")
    offhook.handset(THEIRS).wait_for("hi")
    message = offhook.client().messages(created.sid).fetch()
    known = {name for name in vars(message) if not name.startswith("_")}
    assert known >= {"body", "num_segments", "direction", "from_", "to", "date_sent", "error_code", "sid", "uri"}
    assert isinstance(message, MessageInstance)
    assert message.status == "delivered"
    assert isinstance(message.date_created, datetime)
    assert isinstance(message.date_sent, datetime)
    assert message.date_created.tzinfo is not None
    assert message.price is None
    assert message.error_code is None


def test_a_message_is_fetched_by_its_sid_only(offhook):
    client = offhook.client()
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_numbers_are_taken_as_people_write_them(api):
    shown = create(api, To="(973) 264-4152", From="202-335-8536", Body="hi")
    assert (shown["to"], shown["from"]) == (THEIRS, OURS)


SEGMENTS = [
    ("a" * 160, "1"),
    ("a" * 161, "2"),
    ("€" * 80, "1"),
    ("€" * 81, "2"),
    ("я" * 70, "1"),
    ("я" * 71, "2"),
]


@pytest.mark.parametrize(("body", "segments"), SEGMENTS, ids=[f"{len(body)}{body[0]}" for body, _ in SEGMENTS])
def test_segments_are_counted_by_the_alphabet_that_the_text_needs(api, body, segments):
    assert send(api, body)["num_segments"] == segments


ERRORS = [
    ({"From": OURS, "Body": "x"}, 21604, "A 'To' phone number is required."),
    ({"To": "12", "From": OURS, "Body": "x"}, 21211, "Invalid 'To' Phone Number: 12"),
    ({"To": "nobody", "From": OURS, "Body": "x"}, 21211, "Invalid 'To' Phone Number: nobody"),
    ({"To": THEIRS, "Body": "x"}, 21603, "A 'From' phone number is required."),
    ({"To": THEIRS, "From": OURS}, 21602, "Message body is required."),
    ({"To": THEIRS, "From": OURS, "Body": ""}, 21602, "Message body is required."),
    (
        {"To": THEIRS, "From": OURS, "Body": "x" * 1601},
        21617,
        "The concatenated message body exceeds the 1600 character limit",
    ),
    ({"To": THEIRS, "From": "+", "Body": "x"}, 21212, "The 'From' number + is not a valid phone number, shortcode"),
    ({"To": THEIRS, "From": "Offhook", "Body": "x"}, 21612, "The message from Offhook to"),
    (
        {"To": THEIRS, "From": OURS, "Body": "x", "StatusCallback": "status"},
        21609,
        "The 'StatusCallback' URL status is not a valid URL.",
    ),
    ({"To": THEIRS, "From": OURS, "Body": "x", "ValidityPeriod": "0"}, 90007, "ValidityPeriod 0 is not from 1"),
]


@pytest.mark.parametrize(("form", "code", "text"), ERRORS, ids=[f"{code}-{i}" for i, (_, code, _) in enumerate(ERRORS)])
def test_what_twilio_refuses_is_refused_with_its_code_and_words(offhook, api, form, code, text):
    url = offhook.url + api.in_account("Messages")
    request = urllib.request.Request(url, urlencode(form).encode(), headers=api._headers)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
    with caught.value as refusal:
        body = json.load(refusal)
    assert refusal.code == 400
    assert set(body) == {"code", "message", "more_info", "status"}
    assert (body["code"], body["status"]) == (code, 400)
    assert body["message"].startswith(text)
    assert body["more_info"] == f"{offhook.url}/errors/{code}"
    assert offhook.client().messages.list() == []


def test_the_longest_body_is_accepted(api):
    assert len(send(api, "x" * 1600)["body"]) == 1600


def test_a_service_that_does_not_exist_sends_nothing(api):
    with pytest.raises(RefusedError) as caught:
        create(api, To=THEIRS, Body="x", MessagingServiceSid="MG" + "0" * 32)
    assert caught.value.code == 21705


def test_a_number_that_is_released_may_not_be_sent_from_where_nothing_is_adopted(strict):
    number = strict.number(OURS)
    client = strict.client()
    client.messages.create(to=THEIRS, from_=str(number), body="mine")
    client.incoming_phone_numbers(number.sid).delete()
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(to=THEIRS, from_=str(number), body="no longer mine")
    assert caught.value.code == 21606
    assert [text.body for text in strict.handset(THEIRS).inbox] == ["mine"]


def test_dev_mode_adopts_a_sender_that_nobody_owns(offhook):
    client = offhook.client()
    client.messages.create(to=THEIRS, from_=OURS, body="hi")
    assert [number.phone_number for number in client.incoming_phone_numbers.list()] == [OURS]


class TestListing:
    @pytest.fixture
    def sids(self, api: Api) -> list[str]:
        """Of five messages, oldest first."""
        return [send(api, f"text {n}")["sid"] for n in range(5)]

    def test_the_newest_come_first(self, offhook, sids):
        assert [message.sid for message in offhook.client().messages.list()] == sids[::-1]

    def test_the_sdk_walks_all_pages_of_any_size(self, offhook, sids):
        for size in (1, 2, 3, 4, 5, 6):
            assert [message.sid for message in offhook.client().messages.list(page_size=size)] == sids[::-1]

    def test_pages_lead_forward_and_back(self, offhook, sids):
        first = offhook.client().messages.page(page_size=2)
        second = first.next_page()
        third = second.next_page()
        assert third.next_page() is None
        shown = [[message.sid for message in page] for page in (first, second, third)]
        assert [sid for page in shown for sid in page] == sids[::-1]
        back = third.previous_page()
        assert [message.sid for message in back] == shown[1]
        assert [message.sid for message in back.previous_page()] == shown[0]

    def test_new_messages_do_not_shift_the_pages_of_a_walk(self, offhook, api, sids):
        page = offhook.client().messages.page(page_size=2)
        seen = [message.sid for message in page]
        while page.next_page_url:
            send(api, "one more")
            page = page.next_page()
            seen += [message.sid for message in page]
        assert seen == sids[::-1]
        back = []
        while page.previous_page_url:
            page = page.previous_page()
            back += [message.sid for message in page][::-1]
        assert back[: len(sids) - 1] == [sid for sid in sids if sid in back]

    def test_a_page_says_where_it_is(self, api, sids):
        page = api.get(api.in_account("Messages"), PageSize="2")
        assert set(page) == {
            "messages",
            "page",
            "page_size",
            "start",
            "end",
            "uri",
            "first_page_uri",
            "next_page_uri",
            "previous_page_uri",
        }
        assert (page["page"], page["page_size"], page["start"], page["end"]) == (0, 2, 0, 1)
        assert page["previous_page_uri"] is None
        last = api.get(api.get(page["next_page_uri"])["next_page_uri"])
        assert (last["page"], last["start"], last["end"], last["next_page_uri"]) == (2, 4, 4, None)

    def test_an_account_without_messages_has_one_empty_page(self, api):
        page = api.get(api.in_account("Messages"))
        assert (page["messages"], page["next_page_uri"], page["previous_page_uri"]) == ([], None, None)

    def test_filters_by_sender_and_recipient(self, offhook, api):
        send(api, "to the first")
        create(api, To="+12125550100", From=OURS, Body="to the second")
        create(api, To=THEIRS, From="+12125550199", Body="from another")
        client = offhook.client()
        assert [m.body for m in client.messages.list(to="+12125550100")] == ["to the second"]
        assert [m.body for m in client.messages.list(from_=OURS)] == ["to the second", "to the first"]
        assert [m.body for m in client.messages.list(from_=OURS, to=THEIRS)] == ["to the first"]
        assert client.messages.list(to="+12125550155") == []

    def test_filters_by_the_day_it_was_sent(self, offhook, api):
        send(api, "yesterday")
        offhook.clock.advance(days=1)
        send(api, "today")
        offhook.handset(THEIRS).wait_for("today")
        today = offhook.clock.now().astimezone(UTC)
        messages = offhook.client().messages
        midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
        assert [m.body for m in messages.list(date_sent=today.date())] == ["today"]
        assert [m.body for m in messages.list(date_sent=midnight)] == ["today"]
        assert [m.body for m in messages.list(date_sent=midnight - timedelta(days=1))] == ["yesterday"]
        assert [m.body for m in messages.list(date_sent_after=midnight)] == ["today"]
        assert [m.body for m in messages.list(date_sent_before=midnight)] == ["yesterday"]
        assert messages.list(date_sent=date(2001, 1, 1)) == []

    def test_a_date_that_is_none_is_refused(self, api):
        with pytest.raises(RefusedError) as caught:
            api.get(api.in_account("Messages"), DateSent="yesterday")
        assert (caught.value.status, caught.value.code) == (400, 20001)


class TestChanging:
    @pytest.fixture
    def delivered(self, offhook: Offhook, api: Api) -> str:
        sid = send(api, "a secret")["sid"]
        offhook.handset(THEIRS).wait_for("a secret")
        offhook.clock.settle()
        return sid

    def test_an_empty_body_takes_the_text_out(self, offhook, delivered):
        messages = offhook.client().messages
        assert messages(delivered).update(body="").body == ""
        assert messages(delivered).fetch().body == ""

    def test_a_message_s_text_cannot_be_replaced(self, offhook, delivered):
        messages = offhook.client().messages
        with pytest.raises(TwilioRestException):
            messages(delivered).update(body="something else")
        assert messages(delivered).fetch().body == "a secret"

    def test_a_delivered_message_cannot_be_canceled(self, offhook, delivered):
        with pytest.raises(TwilioRestException) as caught:
            offhook.client().messages(delivered).update(status="canceled")
        assert caught.value.code == 30409
        assert offhook.client().messages(delivered).fetch().status == "delivered"

    def test_a_deleted_message_is_gone(self, offhook, delivered):
        messages = offhook.client().messages
        assert messages(delivered).delete() is True
        with pytest.raises(TwilioRestException) as caught:
            messages(delivered).fetch()
        assert caught.value.code == 20404
        assert messages.list() == []

    def test_feedback_is_kept(self, offhook, delivered):
        feedback = offhook.client().messages(delivered).feedback.create(outcome="confirmed")
        assert (feedback.message_sid, feedback.outcome) == (delivered, "confirmed")
