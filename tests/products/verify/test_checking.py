"""Guesses: how many are looked at, whatever comes at the same moment, and what is heard of the others."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.products.verify.proving import OTHER, PERSON, begin, guess, refusal, service, wrong


@pytest.fixture
def shop(offhook):
    return service(offhook)


def outcome(at, code, to=PERSON):
    try:
        return guess(at, code, to)
    except TwilioRestException as refused:
        return refused.code


def at_once(offhook, sid, codes):
    """What each of many guesses at the same moment hears. Every one has a client of its own."""

    def one(code):
        return outcome(offhook.client().verify.v2.services(sid), code)

    with ThreadPoolExecutor(len(codes)) as people:
        return Counter(people.map(one, codes))


def test_five_wrong_codes_are_looked_at_and_then_not_even_the_right_one(offhook, shop):
    begun = begin(shop)
    code = offhook.handset(PERSON).latest_code()
    assert [guess(shop, wrong(code)) for _ in range(5)] == ["pending"] * 5
    assert refusal(guess, shop, code) == (429, 60202)
    assert refusal(begin, shop) == (429, 60202)
    assert shop.verifications(begun.sid).fetch().status == "max_attempts_reached"
    offhook.clock.advance(minutes=10)
    assert refusal(guess, shop, code) == (404, 20404)
    assert begin(shop).sid != begun.sid


def test_the_right_code_counts_on_the_fifth_guess(offhook, shop):
    begin(shop)
    code = offhook.handset(PERSON).latest_code()
    assert [guess(shop, wrong(code)) for _ in range(4)] == ["pending"] * 4
    assert guess(shop, code) == "approved"


def test_it_is_approved_once(offhook, shop):
    begun = begin(shop)
    code = offhook.handset(PERSON).latest_code()
    checked = shop.verification_checks.create(verification_sid=begun.sid, code=code)
    assert (checked.status, checked.sid, checked.to, checked.channel) == ("approved", begun.sid, PERSON, "sms")
    assert checked.sna_attempts_error_codes is None
    assert refusal(guess, shop, code) == (404, 20404)
    assert refusal(shop.verification_checks.create, verification_sid=begun.sid, code=code) == (404, 20404)


def test_a_guess_needs_a_target_and_a_code(offhook, shop):
    begin(shop)
    assert refusal(shop.verification_checks.create, code="123456") == (400, 60221)
    for code in ("", "123", "12345678901", "12 456"):
        assert refusal(guess, shop, code) == (400, 60200)
    assert refusal(guess, shop, "123456", OTHER) == (404, 20404)


def test_somebody_elses_verification_is_not_there(offhook, shop):
    begun = begin(shop)
    code = offhook.handset(PERSON).latest_code()
    elsewhere = service(offhook)
    assert refusal(elsewhere.verification_checks.create, verification_sid=begun.sid, code=code) == (404, 20404)
    stranger = offhook.client("AC" + "5" * 32, "a-token-of-its-own").verify.v2.services(begun.service_sid)
    assert refusal(guess, stranger, code) == (404, 20404)
    assert refusal(begin, stranger) == (404, 20404)
    assert guess(shop, code) == "approved"


def test_fifty_guesses_at_the_same_moment_are_five(either):
    offhook, _ = either
    shop = service(offhook)
    begun = begin(shop)
    code = offhook.handset(PERSON).latest_code()
    heard = at_once(offhook, begun.service_sid, [wrong(code)] * 50)
    assert heard == {"pending": 5, 60202: 45}


def test_of_fifty_right_ones_at_the_same_moment_one_is_approved(either):
    offhook, _ = either
    shop = service(offhook)
    begun = begin(shop)
    code = offhook.handset(PERSON).latest_code()
    heard = at_once(offhook, begun.service_sid, [code] * 50)
    assert heard == {"approved": 1, 20404: 49}


def test_of_fifty_requests_at_the_same_moment_one_begins_it(either):
    offhook, _ = either
    begun = begin(service(offhook), OTHER)

    def one(_):
        try:
            return begin(offhook.client().verify.v2.services(begun.service_sid)).sid
        except TwilioRestException as refused:
            return refused.code

    with ThreadPoolExecutor(50) as people:
        heard = set(people.map(one, range(50)))
    sids = {one for one in heard if isinstance(one, str)}
    assert len(sids) == 1
    assert heard - sids <= {60203, 60212}
    assert 1 <= len(offhook.handset(PERSON).inbox) <= 5


def test_twenty_five_wrong_codes_a_day_are_enough_for_a_number(offhook):
    for _ in range(5):
        shop = service(offhook)
        begin(shop)
        code = offhook.handset(PERSON).latest_code()
        assert [guess(shop, wrong(code)) for _ in range(5)] == ["pending"] * 5
    assert refusal(begin, service(offhook)) == (429, 60202)
    assert begin(service(offhook), OTHER).status == "pending"
    offhook.clock.advance(days=1)
    assert begin(service(offhook)).status == "pending"


def test_a_service_that_is_guessed_at_raises_an_alarm_once(offhook):
    shop = service(offhook)
    numbers = [f"+1973264{number:04}" for number in range(22)]
    for number in numbers:
        begin(shop, number, risk_check="disable")
    for number in numbers[:19]:
        assert [guess(shop, "not1it", number) for _ in range(5)] == ["pending"] * 5
    assert offhook.alerts() == []
    for number in numbers[19:]:
        assert [guess(shop, "not1it", number) for _ in range(5)] == ["pending"] * 5
    [alert] = offhook.alerts()
    assert (alert.error_code, alert.resource_sid) == (60202, shop.fetch().sid)


def test_the_days_limit_also_holds_for_what_has_begun(offhook):
    shops = [service(offhook) for _ in range(6)]
    for shop in shops:
        begin(shop)
    heard = [outcome(shop, "not1it") for shop in shops for _ in range(5)]
    assert Counter(heard) == {"pending": 25, 60202: 5}
