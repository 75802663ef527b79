"""Where a message may go: the countries that the account permits, and phones that can be texted at all."""

from dataclasses import replace

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import Offhook, RefusedError
from offhook.testing.running import Running, quiet, settings_for
from tests.products.messaging.talking import ALSO_OURS, OURS, PERSON, came, codes, refusal, say, statuses

PARIS, FRENCH_MOBILE = "+33142685300", "+33612345678"
LONDON, CANADIAN = "+442079460000", "+14165550100"
SATELLITE = "+881612345678"


def permit(client, **said: bool) -> None:
    entries = [{"country_code": country, "type": "country", "enabled": enabled} for country, enabled in said.items()]
    client.accounts.v1.messaging_geopermissions.update(entries)


def text(offhook: Offhook, to: str, **more):
    return offhook.client().messages.create(to=to, from_=OURS, body="hi", **more)


class TestCountries:
    def test_a_country_that_is_not_permitted_is_refused_in_twilio_s_words(self, offhook):
        permit(offhook.client(), FR=False)
        with pytest.raises(
            TwilioRestException, match="has not been enabled for the region indicated by the 'To' number: "
        ) as met:
            text(offhook, FRENCH_MOBILE)
        assert (met.value.status, met.value.code) == (400, 21408)
        assert offhook.client().messages.list() == []
        text(offhook, PERSON)
        assert came(offhook) == ["hi"]

    def test_once_it_is_permitted_it_is_texted(self, offhook):
        permit(offhook.client(), FR=False)
        permit(offhook.client(), FR=True)
        text(offhook, FRENCH_MOBILE)
        assert came(offhook, FRENCH_MOBILE) == ["hi"]

    def test_countries_of_one_calling_code_are_told_apart(self, offhook):
        permit(offhook.client(), CA=False)
        assert refusal(text, offhook, CANADIAN) == (400, 21408)
        text(offhook, PERSON)
        assert came(offhook) == ["hi"]

    def test_a_subaccount_is_bound_by_its_parent_until_it_says_something_itself(self, offhook):
        permit(offhook.client(), FR=False)
        made = offhook.client().api.accounts.create(friendly_name="shop")
        shop = offhook.client(made.sid, made.auth_token)
        message = {"to": FRENCH_MOBILE, "from_": ALSO_OURS, "body": "hi"}
        assert refusal(shop.messages.create, **message) == (400, 21408)
        permit(shop, FR=True)
        shop.messages.create(**message)
        assert came(offhook, FRENCH_MOBILE) == ["hi"]
        assert refusal(text, offhook, FRENCH_MOBILE) == (400, 21408)

    def test_a_reply_elsewhere_is_not_sent_and_the_app_is_told_why(self, offhook, app):
        permit(offhook.client(), FR=False)
        document = f'<Response><Message to="{FRENCH_MOBILE}">there</Message><Message>here</Message></Response>'
        offhook.number(OURS, sms_url=app.says("/sms", document))
        offhook.handset(PERSON).text(OURS, "hi")
        assert came(offhook) == ["here"]
        assert codes(offhook) == [21408]

    def test_numbers_of_no_country_need_that_every_country_is_permitted(self, offhook, tmp_path):
        text(offhook, SATELLITE)
        assert came(offhook, SATELLITE) == ["hi"]
        narrow = replace(settings_for(tmp_path / "narrow"), countries="US")
        with quiet(), Running(narrow) as found, Offhook(found.url, found.account_sid, found.auth_token) as other:
            assert refusal(text, other, SATELLITE) == (400, 21408)
            assert refusal(text, other, FRENCH_MOBILE) == (400, 21408)
            text(other, PERSON)
            assert came(other) == ["hi"]


class TestLandlines:
    def test_what_can_only_be_a_landline_is_refused_in_twilio_s_words(self, offhook):
        with pytest.raises(TwilioRestException, match=r"To number: \+33142685300, is not a mobile number") as met:
            text(offhook, PARIS)
        assert (met.value.status, met.value.code) == (400, 21614)
        assert offhook.client().messages.list() == []

    @pytest.mark.parametrize("to", [LONDON, "+441514960000", "+12125550100", CANADIAN, FRENCH_MOBILE, "+34500000000"])
    def test_whatever_may_be_a_phone_with_a_screen_is_one(self, offhook, to):
        text(offhook, to)
        assert came(offhook, to) == ["hi"]

    @pytest.mark.parametrize("to", [PERSON, CANADIAN, LONDON])
    def test_in_three_countries_the_network_says_what_it_makes_of_a_landline(self, offhook, app, to):
        offhook.handset(to).behave(line="landline")
        text(offhook, to, status_callback=app.says("/status"))
        assert statuses(offhook, app) == [("sent", None), ("undelivered", "30006")]
        assert came(offhook, to) == []

    def test_elsewhere_a_phone_that_was_said_to_be_a_landline_is_refused(self, offhook):
        offhook.handset(FRENCH_MOBILE).behave(line="landline")
        assert refusal(text, offhook, FRENCH_MOBILE) == (400, 21614)

    @pytest.mark.parametrize("address", [PARIS, "+33*"])
    def test_a_phone_that_was_said_to_be_a_mobile_is_texted_whatever_its_number(self, offhook, address):
        offhook.handset(address).behave(line="mobile")
        text(offhook, PARIS)
        assert came(offhook, PARIS) == ["hi"]
        offhook.handset(address).reset()
        assert refusal(text, offhook, PARIS) == (400, 21614)

    def test_other_traits_say_nothing_of_the_line(self, offhook):
        offhook.handset(PARIS).behave(delay=1)
        assert refusal(text, offhook, PARIS) == (400, 21614)

    def test_a_number_of_ours_takes_texts_wherever_it_is(self, offhook):
        offhook.number(PARIS)
        text(offhook, PARIS)
        offhook.clock.settle()
        assert [message.status for message in offhook.client().messages.list(to=PARIS)] == ["received", "delivered"]

    def test_a_number_that_carries_no_texts_gets_none_although_somebody_has_it(self, offhook):
        offhook.number("+33800123456")
        offhook.handset("+33800123456").behave(line="landline")
        assert refusal(text, offhook, "+33800123456") == (400, 21614)

    def test_who_has_texted_can_be_texted(self, offhook, app):
        offhook.number(OURS, sms_url=app.says("/sms", say("an answer")))
        offhook.handset(PARIS).text(OURS, "hello")
        assert came(offhook, PARIS) == ["an answer"]
        text(offhook, PARIS)
        assert came(offhook, PARIS) == ["an answer", "hi"]
        assert codes(offhook) == []

    def test_another_account_learns_nothing_from_that(self, offhook):
        offhook.number(OURS)
        offhook.handset(PARIS).text(OURS, "hello")
        made = offhook.client().api.accounts.create(friendly_name="shop")
        shop = offhook.client(made.sid, made.auth_token)
        assert refusal(shop.messages.create, to=PARIS, from_=ALSO_OURS, body="hi") == (400, 21614)

    def test_a_reply_to_a_landline_is_not_sent_and_the_app_is_told_why(self, offhook, app):
        document = f'<Response><Message to="{PARIS}">there</Message><Message>here</Message></Response>'
        offhook.number(OURS, sms_url=app.says("/sms", document))
        offhook.handset(PERSON).text(OURS, "hi")
        assert came(offhook) == ["here"]
        assert codes(offhook) == [21614]

    def test_nobody_texts_from_a_landline(self, offhook):
        phone = offhook.handset(PERSON)
        phone.behave(line="landline")
        with pytest.raises(RefusedError) as caught:
            phone.text(OURS, "hello")
        assert (caught.value.status, caught.value.code) == (409, 20409)

    def test_where_nothing_is_adopted_it_is_the_same(self, strict):
        strict.number(OURS)
        assert refusal(text, strict, PARIS) == (400, 21614)
        text(strict, LONDON)
        assert came(strict, LONDON) == ["hi"]
