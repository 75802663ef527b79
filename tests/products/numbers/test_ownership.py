"""What the other slices ask of numbers: who answers at an address, and whom to ask about a text."""

import pytest

from offhook.products.numbers import Webhook
from offhook.products.numbers.inventory import Search, countries, search
from offhook.web import ApiError
from tests.products.numbers.rooms import ALICE, BOB, FIRST_PAGE, done_in

NUMBER = "+14155550100"


def test_a_number_without_webhook_has_nobody_to_ask(tmp_path):
    async def work(numbers):
        number = await numbers.buy(ALICE, NUMBER, {})
        return await numbers.webhook_for_texts(number)

    assert done_in(tmp_path, work) == Webhook(None, "POST", None, "POST", None)


def test_the_application_wins_over_the_numbers_own_urls_until_it_is_deleted(tmp_path):
    async def work(numbers):
        application = await numbers.application(
            ALICE,
            sms_url="http://app/sms",
            sms_method="GET",
            sms_fallback_url="http://app/fallback",
            sms_status_callback="http://app/old",
        )
        own = {"sms_url": "http://own/sms", "sms_application_sid": application.sid}
        number = await numbers.buy(ALICE, NUMBER, own)
        before = await numbers.webhook_for_texts(number)
        await numbers.applications.change(ALICE, application.sid, {"message_status_callback": "http://app/new"})
        changed = await numbers.webhook_for_texts(number)
        await numbers.applications.delete(ALICE, application.sid)
        stale = await numbers.webhook_for_texts(number)
        after = await numbers.webhook_for_texts(await numbers.owner(NUMBER))
        return before, changed, stale, after

    before, changed, stale, after = done_in(tmp_path, work)
    assert before == Webhook("http://app/sms", "GET", "http://app/fallback", "POST", "http://app/old")
    assert changed.status_callback == "http://app/new"
    assert stale == after == Webhook("http://own/sms", "POST", None, "POST", None)


def test_an_application_without_url_still_wins(tmp_path):
    async def work(numbers):
        application = await numbers.application(ALICE)
        number = await numbers.buy(ALICE, NUMBER, {"sms_url": "http://own", "sms_application_sid": application.sid})
        return await numbers.webhook_for_texts(number)

    assert done_in(tmp_path, work).url is None


def test_numbers_and_short_codes_answer_at_their_addresses(tmp_path):
    async def work(numbers):
        await numbers.buy(ALICE, NUMBER, {})
        await numbers.add_short_code(BOB, "12345", sms_url="http://codes/sms", sms_method="GET")
        at = [await numbers.at(address) for address in (NUMBER, "12345", "54321", "+14155550199")]
        return at, await numbers.webhook_for_texts(at[1])

    (number, code, *nobody), webhook = done_in(tmp_path, work)
    assert (number.account_sid, code.account_sid, nobody) == (ALICE, BOB, [None, None])
    assert webhook == Webhook("http://codes/sms", "GET", None, "POST", None)


def test_a_short_code_belongs_to_one_account(tmp_path):
    async def work(numbers):
        await numbers.short_codes.adopt(ALICE, "12345")
        with pytest.raises(ApiError) as taken:
            await numbers.short_codes.adopt(BOB, "12345")
        with pytest.raises(ApiError) as wrong:
            await numbers.add_short_code(BOB, "12")
        return taken.value.code, wrong.value.code, await numbers.short_codes.owner("12345")

    taken, wrong, code = done_in(tmp_path, work)
    assert (taken, wrong) == (21422, 21421)
    assert (code.account_sid, code.friendly_name) == (ALICE, "12345")


def test_a_caller_id_is_validated_once_for_each_account(tmp_path):
    async def work(numbers):
        await numbers.caller_ids.add(ALICE, "(973) 264-4152", "Home")
        await numbers.caller_ids.add(BOB, "+19732644152")
        with pytest.raises(ApiError) as again:
            await numbers.caller_ids.add(ALICE, "+19732644152")
        with pytest.raises(ApiError) as wrong:
            await numbers.caller_ids.add(ALICE, "home")
        hers = await numbers.caller_ids.page(ALICE, FIRST_PAGE, None, None)
        return again.value.code, wrong.value.code, [(c.phone_number, c.friendly_name) for c in hers.rows]

    assert done_in(tmp_path, work) == (21450, 21421, [("+19732644152", "Home")])


def test_what_somebody_owns_is_not_on_sale(tmp_path):
    async def work(numbers):
        def candidates():
            return search(countries()["US"], "local", Search(area_code="415"))

        first = [one.phone_number for one in await numbers.on_sale(candidates(), 5)]
        for e164 in first[:3]:
            await numbers.buy(ALICE, e164, {})
        return first, [one.phone_number for one in await numbers.on_sale(candidates(), 5)]

    first, second = done_in(tmp_path, work)
    assert second[:2] == first[3:]
    assert len(set(second)) == 5
    assert not set(first[:3]) & set(second)
