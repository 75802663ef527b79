"""The two clocks."""

import time

from offhook.runtime import RealClock, VirtualClock


def test_the_real_clock_counts_microseconds_of_utc():
    before = time.time()
    now = RealClock().now()
    assert isinstance(now, int)
    assert before * 1e6 - 1 <= now <= time.time() * 1e6 + 1


def test_a_virtual_clock_stands_still_and_never_goes_back():
    clock = VirtualClock(1000)
    assert (clock.now(), clock.now()) == (1000, 1000)
    clock.move_to(1500)
    clock.move_to(1200)
    assert clock.now() == 1500
