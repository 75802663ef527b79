"""Texts that are pumped: numbers in a row, and nobody comes back with a code."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.verify.proving import begin, guess, refusal, service

IN_A_ROW = [f"+4915112{number:06}" for number in range(500)]
ELSEWHERE, BLOCKED = "+447400123456", (403, 60410)


@pytest.fixture
def guarded(tmp_path) -> Iterator[Offhook]:
    """An Offhook that blocks what is pumped, as one in production does."""
    settings = replace(settings_for(tmp_path / "guarded"), verify_pumping="block")
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        yield offhook


def pump(at, numbers):
    for number in numbers:
        begin(at, number)


def blocks(offhook):
    return offhook._api.get("/offhook/v1/VerifyBlocks")["blocks"]


def test_a_prefix_is_blocked_after_twenty_for_half_a_day(guarded):
    shop = service(guarded)
    pump(shop, IN_A_ROW[:20])
    refused = [refusal(begin, shop, number) for number in IN_A_ROW[20:40]]
    assert refused == [BLOCKED] * 20
    assert refusal(begin, service(guarded), IN_A_ROW[50]) == BLOCKED
    assert begin(shop, IN_A_ROW[51], "call").status == "pending"
    assert begin(shop, ELSEWHERE).status == "pending"
    guarded.clock.advance(hours=11, minutes=59)
    assert refusal(begin, shop, IN_A_ROW[60]) == BLOCKED
    guarded.clock.advance(minutes=1)
    assert begin(shop, IN_A_ROW[60]).status == "pending"


def test_who_comes_back_does_not_count(guarded):
    shop = service(guarded)
    for number in IN_A_ROW[:30]:
        begin(shop, number)
        assert guess(shop, guarded.handset(number).latest_code(), number) == "approved"


def test_slow_traffic_is_not_pumping(guarded):
    shop = service(guarded)
    for number in IN_A_ROW[:40]:
        begin(shop, number)
        guarded.clock.advance(seconds=31)


def test_a_block_is_shown_told_and_can_be_ended(guarded):
    shop = service(guarded)
    pump(shop, IN_A_ROW[:20])
    assert refusal(begin, shop, IN_A_ROW[20]) == refusal(begin, shop, IN_A_ROW[21]) == BLOCKED
    [block] = blocks(guarded)
    assert (block["prefix"], block["guard"], block["refused"]) == ("+491511200", "block", 2)
    assert block["is_in_force"]
    assert [alert.error_code for alert in guarded.alerts()] == [60410]
    guarded._api.delete(f"/offhook/v1/VerifyBlocks/{block['sid']}")
    pump(shop, IN_A_ROW[20:39])
    assert not blocks(guarded)[0]["is_in_force"]


def test_trusted_numbers_and_apps_that_know_better_pass(guarded):
    shop = service(guarded)
    pump(shop, IN_A_ROW[:20])
    guarded.client().verify.v2.safelist.create(phone_number=IN_A_ROW[20])
    assert begin(shop, IN_A_ROW[20]).status == "pending"
    assert begin(shop, IN_A_ROW[21], risk_check="disable").status == "pending"
    assert refusal(begin, shop, IN_A_ROW[22]) == BLOCKED


def test_in_dev_mode_it_is_only_noted(offhook):
    shop = service(offhook)
    pump(shop, IN_A_ROW[:25])
    [block] = blocks(offhook)
    assert (block["guard"], block["refused"]) == ("monitor", 0)
    assert [alert.error_code for alert in offhook.alerts()] == [60410]


def test_waits_between_two_sendings_grow(tmp_path):
    settings = replace(settings_for(tmp_path / "waiting"), verify_resend_wait=30)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        shop = service(offhook)
        begin(shop)
        for wait in (30, 60, 120):
            offhook.clock.advance(seconds=wait - 1)
            assert refusal(begin, shop) == (429, 60212)
            offhook.clock.advance(seconds=1)
            assert begin(shop).status == "pending"
