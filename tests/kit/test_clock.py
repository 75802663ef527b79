"""The pure timer heap, and moments."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from offhook.kit.clock import DAY, HOUR, MINUTE, SECOND, TimerHeap, from_datetime, to_datetime


def nothing():
    pass


def drained(heap, now):
    timers = []
    while (timer := heap.pop_due(now)) is not None:
        timers.append(timer)
    return timers


def test_units_are_microseconds():
    assert (SECOND, MINUTE, HOUR, DAY) == (10**6, 60 * 10**6, 3600 * 10**6, 86400 * 10**6)


def test_timers_come_out_by_time_then_by_arrival():
    heap = TimerHeap()
    late, first, second = (heap.add(at, nothing) for at in (20, 10, 10))
    assert heap.next_at() == 10
    assert drained(heap, 9) == []
    assert drained(heap, 10) == [first, second]
    assert drained(heap, 20) == [late]
    assert heap.next_at() is None


def test_cancelled_timers_never_come_out():
    heap = TimerHeap()
    one, two = heap.add(1, nothing), heap.add(2, nothing)
    one.cancel()
    assert (len(heap), heap.next_at()) == (1, 2)
    assert drained(heap, 5) == [two]


def test_timers_that_are_nearly_always_cancelled_do_not_pile_up():
    heap = TimerHeap()
    kept = [heap.add(10**9 + n, nothing) for n in range(10)]
    for n in range(10_000):
        heap.add(10**9 - n, nothing).cancel()
        assert len(heap._heap) <= 130
    assert drained(heap, 2 * 10**9) == kept


def test_a_shift_moves_everything_and_keeps_the_order():
    heap = TimerHeap()
    first, second, third = heap.add(100, nothing), heap.add(100, nothing), heap.add(200, nothing)
    heap.shift(-60)
    fourth = heap.add(90, nothing)
    assert [timer.at for timer in (first, second, third)] == [40, 40, 140]
    assert drained(heap, 1000) == [first, second, fourth, third]


@pytest.mark.parametrize(
    ("moment", "microseconds"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC), 1_772_323_199_999_999),
        (datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC), -999_999),
    ],
)
def test_datetimes_and_moments_are_the_same_to_the_microsecond(moment, microseconds):
    assert from_datetime(moment) == microseconds
    assert to_datetime(microseconds) == moment


def test_another_time_zone_is_the_same_moment():
    zone = timezone(timedelta(hours=5, minutes=30))
    assert from_datetime(datetime(1970, 1, 1, 5, 30, tzinfo=zone)) == 0


def test_a_datetime_without_time_zone_is_refused():
    with pytest.raises(TypeError):
        from_datetime(datetime(2026, 1, 1))  # noqa: DTZ001
