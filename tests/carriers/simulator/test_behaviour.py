"""What becomes of a text, by how the phone behaves: pure, and the same each time."""

import pytest

from offhook.carriers import UNDELIVERED_CODES
from offhook.carriers.simulator.behaviour import Behaviour, fate


def test_by_default_everything_arrives():
    assert all(fate(Behaviour(), number).outcome == "delivered" for number in range(100))


@pytest.mark.parametrize("code", [None, *UNDELIVERED_CODES])
def test_a_phone_that_loses_everything_says_why(code):
    lost = fate(Behaviour(outcome="undelivered", error_code=code), 1)
    assert (lost.outcome, lost.error_code) == ("undelivered", code or 30003)


def test_now_and_then_is_the_same_now_and_then_for_the_same_seed():
    def fates(seed: int) -> list[str]:
        return [fate(Behaviour(fault_rate=0.3, seed=seed), number).outcome for number in range(200)]

    assert fates(1) == fates(1)
    assert fates(1) != fates(2)
    assert 30 < fates(1).count("undelivered") < 90


@pytest.mark.parametrize(("rate", "outcome"), [(0.0, "delivered"), (1.0, "undelivered")])
def test_never_and_always_are_meant_literally(rate, outcome):
    assert {fate(Behaviour(fault_rate=rate, seed=seed), 1).outcome for seed in range(50)} == {outcome}


@pytest.mark.parametrize("other", [{}, {"outcome": "delivered"}, {"outcome": "undelivered", "error_code": 30005}])
def test_a_landline_gets_nothing_whatever_else_was_said_of_it(other):
    lost = fate(Behaviour(line="landline", **other), 1)
    assert (lost.outcome, lost.error_code) == ("undelivered", 30006)


def test_a_mobile_is_a_phone_like_any_other():
    assert fate(Behaviour(line="mobile"), 1).outcome == "delivered"
