"""Codes that go out: by text, once more, in the language of the number, with all that an app may wish."""

import json

import pytest

from tests.products.messaging.talking import came
from tests.products.verify.proving import GERMAN, OTHER, PERSON, begin, guess, refusal, service, wrong


def code_in(body):
    return body.rpartition(" ")[2]


def test_a_code_by_text_comes_back(offhook):
    shop = service(offhook)
    begun = begin(shop)
    assert (begun.status, begun.valid, begun.channel, begun.to) == ("pending", False, "sms", PERSON)
    body = offhook.handset(PERSON).wait_for("Your Shop verification code is: ").body
    assert guess(shop, wrong(code_in(body))) == "pending"
    assert guess(shop, code_in(body)) == "approved"


def test_the_phone_knows_the_code_while_it_counts(offhook):
    shop, phone = service(offhook, code_length=8), offhook.handset(PERSON)
    begin(shop)
    assert len(phone.latest_code()) == 8
    assert came(offhook) == [f"Your Shop verification code is: {phone.latest_code()}"]
    guess(shop, phone.latest_code())
    with pytest.raises(AssertionError, match="no code counts"):
        phone.latest_code()


def test_a_text_with_a_code_is_nobodys_message(offhook):
    begin(service(offhook))
    [text] = offhook.handset(PERSON).inbox
    assert text.message_sid is None
    assert offhook.client().messages.list() == []


def test_the_same_code_is_sent_again_five_times_at_most(offhook):
    shop = service(offhook)
    sids = {begin(shop).sid for _ in range(4)}
    last = begin(shop)
    assert sids == {last.sid}
    assert len(set(came(offhook))) == 1
    assert len(came(offhook)) == 5
    assert [attempt["channel"] for attempt in last.send_code_attempts] == ["sms"] * 5
    assert refusal(begin, shop) == (429, 60203)
    assert len(came(offhook)) == 5


def test_a_code_ends_after_ten_minutes_and_another_one_can_be_sent(offhook):
    shop, phone = service(offhook), offhook.handset(PERSON)
    first = begin(shop)
    old = phone.latest_code()
    offhook.clock.advance(minutes=9, seconds=59)
    assert shop.verifications(first.sid).fetch().status == "pending"
    offhook.clock.advance(seconds=1)
    assert refusal(shop.verifications(first.sid).fetch) == (404, 20404)
    assert refusal(guess, shop, old) == (404, 20404)
    assert begin(shop).sid != first.sid


def test_another_service_has_a_code_of_its_own(offhook):
    one, two = service(offhook), service(offhook, friendly_name="Bank")
    assert begin(one).sid != begin(two).sid
    assert guess(two, offhook.handset(PERSON).latest_code()) == "approved"
    assert shop_status(one) == "pending"


def shop_status(at):
    return at.verifications(PERSON).fetch().status


class TestLookingAndEnding:
    def test_it_is_found_by_its_sid_and_by_its_destination(self, offhook):
        shop = service(offhook)
        begun = begin(shop)
        for name in (begun.sid, PERSON):
            found = shop.verifications(name).fetch()
            assert (found.sid, found.send_code_attempts) == (begun.sid, begun.send_code_attempts)
        assert begun.url.endswith(f"/verify/v2/Services/{begun.service_sid}/Verifications/{begun.sid}")

    @pytest.mark.parametrize("status", ["canceled", "approved"])
    def test_an_app_may_end_it_without_the_code(self, offhook, status):
        shop = service(offhook)
        begun = begin(shop)
        code = offhook.handset(PERSON).latest_code()
        ended = shop.verifications(begun.sid).update(status=status)
        assert (ended.status, ended.valid) == (status, status == "approved")
        assert refusal(guess, shop, code) == (404, 20404)
        assert refusal(shop.verifications(begun.sid).fetch) == (404, 20404)
        assert refusal(shop.verifications(begun.sid).update, status="canceled") == (404, 20404)
        assert begin(shop).sid != begun.sid

    def test_a_service_that_is_deleted_takes_its_codes_along(self, offhook):
        shop = service(offhook)
        begin(shop)
        assert shop.delete()
        with pytest.raises(AssertionError):
            offhook.handset(PERSON).latest_code()
        assert refusal(begin, shop) == (404, 20404)


class TestWishes:
    def test_a_number_is_spoken_to_in_the_language_of_its_country(self, offhook):
        begin(service(offhook), GERMAN)
        assert came(offhook, GERMAN)[0].startswith("Ihr Bestätigungscode für Shop lautet: ")

    @pytest.mark.parametrize(("locale", "begins"), [("fr", "Votre code"), ("pt_br", "Seu código"), ("en-US", "Your ")])
    def test_an_app_may_choose_the_language(self, offhook, locale, begins):
        begin(service(offhook), GERMAN, locale=locale)
        assert came(offhook, GERMAN)[0].startswith(begins)

    def test_a_language_that_nobody_speaks_here_is_not_found(self, offhook):
        assert refusal(begin, service(offhook), locale="tlh") == (404, 20404)

    def test_a_template_a_name_a_hash_and_a_warning(self, offhook):
        templates = {one.friendly_name: one for one in offhook.client().verify.v2.templates.list()}
        shop = service(offhook, do_not_share_warning_enabled=True)
        begin(
            shop, template_sid=templates["Verify with expiry"].sid, custom_friendly_name="Ann's", app_hash="FA+9qCX9VSu"
        )
        [body] = came(offhook)
        code = offhook.handset(PERSON).latest_code()
        warning = "Don't share this code with anyone; our employees will never ask for the code"
        assert body == f"<#> {code} is your Ann's verification code. It is valid for 10 min. {warning} FA+9qCX9VSu"

    def test_the_first_of_several_templates_that_there_is(self, offhook):
        shop = service(offhook)
        [sid] = [one.sid for one in offhook.client().verify.v2.templates.list(friendly_name="Verify with expiry")]
        choices = [{"sid": "HJ" + "0" * 32}, {"sid": sid, "substitutions": {}}]
        begin(shop, templates=json.dumps(choices))
        assert "It is valid for 10 min." in came(offhook)[0]
        assert refusal(begin, shop, OTHER, templates=json.dumps(choices[:1])) == (400, 60200)
        assert refusal(begin, shop, OTHER, template_sid="HJ" + "0" * 32) == (404, 20404)

    def test_a_custom_message_always_has_the_code(self, offhook):
        shop = service(offhook)
        begin(shop, custom_message="{{code}} opens it")
        begin(shop, OTHER, custom_message="Open it with")
        assert came(offhook) == [f"{offhook.handset(PERSON).latest_code()} opens it"]
        assert came(offhook, OTHER) == [f"Open it with {offhook.handset(OTHER).latest_code()}"]

    def test_a_code_of_the_apps_own(self, offhook):
        shop = service(offhook, custom_code_enabled=True)
        begin(shop, custom_code="Qx7351")
        begin(shop, custom_code="Zw8462")
        assert guess(shop, "Qx7351") == "pending"
        assert guess(shop, "Zw8462") == "approved"
        assert refusal(begin, service(offhook), OTHER, custom_code="Qx7351") == (403, 60204)
        assert refusal(begin, shop, OTHER, custom_code="123") == (400, 60200)

    def test_a_payment_is_part_of_the_message_and_of_the_check(self, offhook):
        bank = service(offhook, psd2_enabled=True)
        assert refusal(begin, bank) == (400, 60206)
        begin(bank, amount="€39.99", payee="Acme")
        code = offhook.handset(PERSON).latest_code()
        assert came(offhook) == [f"Your code for the payment of €39.99 to Acme is: {code}"]
        checks = bank.verification_checks
        assert checks.create(to=PERSON, code=code, amount="€9.99", payee="Acme").status == "pending"
        right = checks.create(to=PERSON, code=code, amount="€39.99", payee="Acme")
        assert (right.status, right.amount, right.payee) == ("approved", "€39.99", "Acme")
        assert refusal(begin, bank, OTHER, "call", amount="1", payee="x") == (403, 60214)
        assert refusal(begin, service(offhook), OTHER, amount="1", payee="x") == (403, 60204)


class TestRefusals:
    @pytest.mark.parametrize("to", ["9732644152", "+1", "ann@example.com", "client:ann", "hello"])
    def test_what_is_no_number_in_e164_gets_no_text(self, offhook, to):
        assert refusal(begin, service(offhook), to) == (400, 60200)

    @pytest.mark.parametrize(("channel", "refused"), [("pigeon", (400, 60200)), ("whatsapp", (501, 20501))])
    def test_channels_that_there_are_not(self, offhook, channel, refused):
        assert refusal(begin, service(offhook), PERSON, channel) == refused

    def test_a_country_that_the_account_may_not_reach(self, offhook):
        permission = {"country_code": "DE", "type": "country", "enabled": False}
        offhook.client().accounts.v1.messaging_geopermissions.update(permissions=[permission])
        shop = service(offhook)
        assert refusal(begin, shop, GERMAN) == (403, 60605)
        trusted = offhook.client().verify.v2.safelist.create(phone_number=GERMAN)
        assert begin(shop, GERMAN).status == "pending"
        assert offhook.client().verify.v2.safelist(GERMAN).fetch().sid == trusted.sid
        assert offhook.client().verify.v2.safelist(GERMAN).delete()
        assert refusal(offhook.client().verify.v2.safelist(GERMAN).fetch) == (404, 20404)

    def test_a_landline_gets_no_text_where_the_service_says_so(self, offhook):
        offhook.handset(PERSON).behave(line="landline")
        careful = service(offhook, lookup_enabled=True, skip_sms_to_landlines=True)
        assert refusal(begin, careful) == (403, 60205)
        assert begin(careful, OTHER).lookup["carrier"]["type"] == "mobile"
        assert begin(careful, channel="call").channel == "call"

    def test_json_that_is_none(self, offhook):
        shop = service(offhook)
        for name in ("rate_limits", "tags", "channel_configuration", "template_custom_substitutions", "templates"):
            assert refusal(begin, shop, **{name: "{"}) == (400, 60200), name
        assert refusal(begin, shop, tags=json.dumps({str(n): "x" for n in range(11)})) == (400, 60200)
        assert begin(shop, tags=json.dumps({"campaign": "spring"})).status == "pending"
