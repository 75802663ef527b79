"""Buying numbers, setting their webhooks, giving them back: as the official SDK does it."""

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import Offhook

OURS, PERSON = "+12023358536", "+19732644152"


@pytest.fixture
def numbers(offhook: Offhook):
    return offhook.client().incoming_phone_numbers


def code_of(call, *arguments, **named) -> int:
    with pytest.raises(TwilioRestException) as caught:
        call(*arguments, **named)
    return int(caught.value.code)


class TestBuying:
    def test_a_number_of_one_s_choice(self, offhook, numbers):
        number = numbers.create(phone_number=OURS)
        assert (number.phone_number, number.friendly_name) == (OURS, "(202) 335-8536")
        assert (number.account_sid, number.sms_url, number.sms_method) == (offhook.account_sid, "", "POST")
        assert number.sid.startswith("PN")
        assert len(number.sid) == 34
        assert number.capabilities["sms"] is True
        assert number.capabilities["voice"] is True
        assert numbers(number.sid).fetch().phone_number == OURS

    def test_a_number_as_people_write_it(self, numbers):
        assert numbers.create(phone_number="(202) 335-8536").phone_number == OURS

    @pytest.mark.parametrize("area", ["415", "212", "416"])
    def test_some_number_of_an_area_that_no_person_has(self, numbers, area):
        first, second = numbers.create(area_code=area), numbers.create(area_code=area)
        assert first.phone_number.startswith(f"+1{area}555")
        assert second.phone_number.startswith(f"+1{area}555")
        assert first.phone_number != second.phone_number

    def test_with_its_webhooks_at_once(self, numbers):
        number = numbers.create(
            phone_number=OURS,
            friendly_name="Front desk",
            sms_url="https://example.com/sms",
            sms_method="GET",
            sms_fallback_url="https://example.com/fallback",
        )
        fetched = numbers(number.sid).fetch()
        assert (fetched.friendly_name, fetched.sms_url, fetched.sms_method, fetched.sms_fallback_url) == (
            "Front desk",
            "https://example.com/sms",
            "GET",
            "https://example.com/fallback",
        )

    def test_what_is_no_number_is_21421(self, numbers):
        assert code_of(numbers.create, phone_number="12") == 21421
        assert numbers.list() == []

    def test_a_number_that_somebody_owns_is_21422(self, offhook, numbers):
        numbers.create(phone_number=OURS)
        assert code_of(numbers.create, phone_number=OURS) == 21422
        other = offhook.client("AC" + "9" * 32, "token").incoming_phone_numbers
        assert code_of(other.create, phone_number=OURS) == 21422
        assert other.list() == []

    def test_an_area_that_does_not_exist_is_21451(self, numbers):
        assert code_of(numbers.create, area_code="000") == 21451

    def test_neither_number_nor_area_is_refused(self, numbers):
        assert code_of(numbers.create, friendly_name="x") in (20001, 21404, 21452)

    def test_a_webhook_that_is_no_url_is_refused_and_nothing_is_bought(self, numbers):
        with pytest.raises(TwilioRestException) as caught:
            numbers.create(phone_number=OURS, sms_url="not a url")
        assert caught.value.status == 400
        assert numbers.list() == []

    def test_a_method_that_is_none_is_refused(self, numbers):
        with pytest.raises(TwilioRestException) as caught:
            numbers.create(phone_number=OURS, sms_method="DELETE")
        assert caught.value.status == 400


class TestListing:
    @pytest.fixture
    def bought(self, numbers) -> list[str]:
        given = [("+14155550101", "Alpha"), ("+14155550102", "Beta"), ("+12125550103", "Alpha")]
        return [numbers.create(phone_number=number, friendly_name=name).phone_number for number, name in given]

    def test_newest_first_page_after_page(self, numbers, bought):
        assert [number.phone_number for number in numbers.list(page_size=1)] == bought[::-1]

    @pytest.mark.parametrize(
        ("part", "places"),
        [
            ("+14155550101", [0]),
            ("4155550", [1, 0]),
            ("0103", [2]),
            ("+1415*02", [1]),
            ("999", []),
            ("%", []),
            ("_", []),
        ],
    )
    def test_by_a_part_of_the_number(self, numbers, bought, part, places):
        assert [number.phone_number for number in numbers.list(phone_number=part)] == [bought[n] for n in places]

    def test_by_name(self, numbers, bought):
        assert [number.phone_number for number in numbers.list(friendly_name="Alpha")] == [bought[2], bought[0]]
        assert numbers.list(friendly_name="Alp") == []
        both = numbers.list(friendly_name="Alpha", phone_number="415")
        assert [number.phone_number for number in both] == [bought[0]]


class TestUpdating:
    def test_only_what_is_given_changes(self, offhook, numbers):
        number = numbers.create(phone_number=OURS, friendly_name="Desk", sms_url="https://example.com/a")
        offhook.clock.advance(minutes=1)
        updated = numbers(number.sid).update(sms_url="https://example.com/b")
        assert (updated.sms_url, updated.friendly_name, updated.sms_method) == ("https://example.com/b", "Desk", "POST")
        assert updated.date_updated > updated.date_created == number.date_created
        assert numbers(number.sid).fetch().sms_url == "https://example.com/b"

    def test_an_empty_url_takes_the_webhook_away(self, offhook, app, numbers):
        number = numbers.create(phone_number=OURS, sms_url=app.says("/sms"))
        assert numbers(number.sid).update(sms_url="").sms_url == ""
        offhook.handset(PERSON).text(OURS, "hi")
        offhook.clock.settle()
        assert app.asked == []

    def test_a_new_webhook_is_asked_from_the_next_text_on(self, offhook, app, numbers):
        number = numbers.create(phone_number=OURS, sms_url=app.says("/old"))
        phone = offhook.handset(PERSON)
        phone.text(OURS, "one")
        offhook.clock.settle()
        numbers(number.sid).update(sms_url=app.says("/new"))
        phone.text(OURS, "two")
        offhook.clock.settle()
        assert [(asked.path, asked.parameters["Body"]) for asked in app.asked] == [("/old", "one"), ("/new", "two")]

    def test_a_number_that_is_not_there_is_20404(self, offhook, numbers):
        number = numbers.create(phone_number=OURS)
        assert code_of(numbers("PN" + "0" * 32).update, friendly_name="x") == 20404
        theirs = offhook.client("AC" + "9" * 32, "token").incoming_phone_numbers(number.sid)
        assert code_of(theirs.update, sms_url="https://example.com/mine-now") == 20404
        assert code_of(theirs.delete) == 20404
        assert numbers(number.sid).fetch().sms_url == ""


class TestReleasing:
    def test_a_released_number_is_a_person_s_again(self, offhook, app, numbers):
        number = numbers.create(phone_number=OURS, sms_url=app.says("/sms"))
        phone = offhook.handset(PERSON)
        phone.text(OURS, "to the app")
        offhook.clock.settle()
        assert numbers(number.sid).delete() is True
        phone.text(OURS, "to whoever has it now")
        assert [text.body for text in offhook.handset(OURS).inbox] == ["to whoever has it now"]
        assert [asked.parameters["Body"] for asked in app.asked] == ["to the app"]

    def test_it_is_gone_and_can_be_bought_again(self, numbers):
        number = numbers.create(phone_number=OURS)
        numbers(number.sid).delete()
        assert code_of(numbers(number.sid).fetch) == 20404
        assert code_of(numbers(number.sid).delete) == 20404
        assert numbers.list() == []
        assert numbers.create(phone_number=OURS).sid != number.sid

    def test_its_messages_stay(self, offhook, numbers):
        number = numbers.create(phone_number=OURS)
        offhook.client().messages.create(to=PERSON, from_=OURS, body="hi")
        numbers(number.sid).delete()
        assert [message.body for message in offhook.client().messages.list(from_=OURS)] == ["hi"]
