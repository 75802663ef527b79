"""Limits that an app sets itself."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.products.verify.proving import begin, refusal, service

NUMBERS = [f"+1973264{number:04}" for number in range(40)]


@pytest.fixture
def shop(offhook):
    return service(offhook)


def limit(at, most, interval, name="end_user_ip"):
    made = at.rate_limits.create(unique_name=name, description="by address")
    at.rate_limits(made.sid).buckets.create(max=most, interval=interval)
    return at.rate_limits(made.sid)


def begin_for(at, number, address="203.0.113.7", name="end_user_ip"):
    return begin(at, number, rate_limits=json.dumps({name: address}))


def test_so_many_in_so_many_seconds_for_each_value(offhook, shop):
    limit(shop, 2, 60)
    begin_for(shop, NUMBERS[0])
    offhook.clock.advance(seconds=30)
    begin_for(shop, NUMBERS[1])
    assert refusal(begin_for, shop, NUMBERS[2]) == (429, 20429)
    begin_for(shop, NUMBERS[2], "203.0.113.8")
    offhook.clock.advance(seconds=30)
    begin_for(shop, NUMBERS[3])
    assert refusal(begin_for, shop, NUMBERS[4]) == (429, 20429)


def test_a_refused_request_sends_nothing_and_does_not_count(offhook, shop):
    limit(shop, 1, 60)
    begin_for(shop, NUMBERS[0])
    assert refusal(begin_for, shop, NUMBERS[1]) == (429, 20429)
    assert offhook.handset(NUMBERS[1]).inbox == []
    offhook.clock.advance(seconds=60)
    assert begin_for(shop, NUMBERS[1]).status == "pending"


def test_every_bucket_counts(offhook, shop):
    by_address = limit(shop, 10, 60)
    by_address.buckets.create(max=1, interval=1)
    begin_for(shop, NUMBERS[0])
    assert refusal(begin_for, shop, NUMBERS[1]) == (429, 20429)


def test_requests_at_the_same_moment_do_not_get_past(either):
    offhook, _ = either
    shop = service(offhook)
    sid = shop.fetch().sid
    limit(shop, 7, 60)

    def one(number):
        try:
            return begin_for(offhook.client().verify.v2.services(sid), number).status
        except TwilioRestException as refused:
            return refused.code

    with ThreadPoolExecutor(len(NUMBERS)) as people:
        assert Counter(people.map(one, NUMBERS)) == {"pending": 7, 20429: 33}


def test_a_key_that_the_service_has_not(shop):
    assert refusal(begin_for, shop, NUMBERS[0], name="session") == (400, 60200)


def test_rate_limits_are_made_found_changed_and_deleted(shop):
    made = shop.rate_limits.create(unique_name="session")
    assert (made.unique_name, made.description) == ("session", None)
    assert made.links["buckets"] == f"{made.url}/Buckets"
    assert refusal(shop.rate_limits.create, unique_name="session") == (400, 60208)
    assert refusal(shop.rate_limits.create, unique_name="a b") == (400, 60209)
    assert shop.rate_limits(made.sid).update(description="of the browser").description == "of the browser"
    assert shop.rate_limits(made.sid).fetch().description == "of the browser"
    assert [one.sid for one in shop.rate_limits.list()] == [made.sid]
    assert shop.rate_limits(made.sid).delete()
    assert refusal(shop.rate_limits(made.sid).fetch) == (404, 20404)


def test_buckets_are_made_found_changed_and_deleted(shop):
    session = limit(shop, 4, 60, "session")
    [bucket] = session.buckets.list()
    assert (bucket.max, bucket.interval) == (4, 60)
    assert refusal(session.buckets.create, max=5, interval=60) == (400, 60211)
    assert refusal(session.buckets.create, max=0, interval=1) == (400, 60200)
    assert session.buckets(bucket.sid).update(max=5).max == 5
    assert session.buckets(bucket.sid).fetch().interval == 60
    assert session.buckets(bucket.sid).delete()
    assert refusal(session.buckets(bucket.sid).fetch) == (404, 20404)
    assert refusal(shop.rate_limits("RK" + "0" * 32).buckets.create, max=1, interval=1) == (404, 20404)
