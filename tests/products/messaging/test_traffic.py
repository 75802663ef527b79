"""How many messages there were: counted where they were made, by what became of them."""

import threading

import pytest

from offhook.testing.calling import RefusedError
from tests.products.messaging.talking import ALSO_OURS, OURS, PERSON, PNG
from tests.products.monitor.streams import api_of

LOST = "+19732640000"
TOKEN = "0123456789abcdef" * 2


def traffic(api, **more):
    return api.get("/offhook/v1/Traffic", **more)


def sums(shown):
    return tuple(sum(one[kind] for one in shown["counts"]) for kind in ("sent", "received", "failed"))


def send(offhook, to=PERSON, **more):
    message = offhook.client().messages.create(to=to, from_=OURS, body="hi", **more)
    offhook.clock.settle()
    return message


def test_each_kind_is_counted_on_either_database(either):
    offhook, _ = either
    api = api_of(offhook)
    assert sums(traffic(api)) == (0, 0, 0)
    offhook.number(OURS)
    api.post(f"/offhook/v1/Handsets/{LOST}", Outcome="undelivered")
    for _ in range(3):
        send(offhook)
    send(offhook, to=LOST)
    for _ in range(2):
        offhook.handset(PERSON).text(OURS, "hello")
    for interval, many, seconds in (("minute", 60, 60), ("hour", 24, 3600)):
        shown = traffic(api, Interval=interval)
        assert (len(shown["counts"]), shown["interval"], sums(shown)) == (many, seconds, (3, 2, 1))


def test_minutes_are_in_order_and_the_last_one_is_now(offhook):
    api = api_of(offhook)
    send(offhook)
    offhook.clock.advance(minutes=59)
    send(offhook)
    counts = traffic(api)["counts"]
    assert [one["sent"] for one in counts] == [1, *[0] * 58, 1]
    assert [one["date_start"] for one in counts] == sorted({one["date_start"] for one in counts})
    assert all(one["date_start"].endswith(":00Z") for one in counts)


def test_what_was_longer_ago_is_in_the_hours_only(offhook):
    api = api_of(offhook)
    send(offhook)
    offhook.clock.advance(hours=23)
    assert sums(traffic(api)) == (0, 0, 0)
    assert [one["sent"] for one in traffic(api, Interval="hour")["counts"]] == [1, *[0] * 23]
    offhook.clock.advance(hours=1)
    assert sums(traffic(api, Interval="hour")) == (0, 0, 0)


def test_what_was_called_off_counts_nowhere(offhook, app):
    asked, may_go = threading.Event(), threading.Event()

    def wait(_asked):
        asked.set()
        may_go.wait(8)

    picture = app.says("/slow.png", PNG, kind="image/png", before=wait)
    offhook.client().messages.create(to=PERSON, from_=OURS, media_url=[picture])
    assert asked.wait(5)
    try:
        second = offhook.client().messages.create(to=PERSON, from_=OURS, body="waits for the first")
        assert sums(traffic(api_of(offhook))) == (2, 0, 0)
        second.update(status="canceled")
    finally:
        may_go.set()
    offhook.clock.settle()
    assert sums(traffic(api_of(offhook))) == (1, 0, 0)


def test_accounts_see_their_own_and_the_first_one_all_or_one(either):
    offhook, _ = either
    first, shop = api_of(offhook), api_of(offhook, "AC" + "5" * 32, TOKEN)
    send(offhook)
    for _ in range(2):
        shop.post(shop.in_account("Messages"), To=PERSON, From=ALSO_OURS, Body="hi")
    offhook.clock.settle()
    assert sums(traffic(shop)) == (2, 0, 0)
    assert traffic(shop)["account_sid"] == shop.account_sid
    assert sums(traffic(shop, AccountSid=first.account_sid)) == (2, 0, 0)
    assert (sums(traffic(first)), traffic(first)["account_sid"]) == ((3, 0, 0), None)
    assert sums(traffic(first, AccountSid=first.account_sid)) == (1, 0, 0)
    assert sums(traffic(first, AccountSid=shop.account_sid)) == (2, 0, 0)
    assert sums(traffic(first, AccountSid="AC" + "0" * 32)) == (0, 0, 0)


def test_other_intervals_are_refused(offhook):
    with pytest.raises(RefusedError) as refused:
        traffic(api_of(offhook), Interval="second")
    assert refused.value.code == 20001
