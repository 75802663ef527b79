"""Days and moments that callers give."""

import pytest

from offhook.kit.clock import DAY, SECOND
from offhook.web import ApiError
from offhook.web.dates import compact_day, date_time, day_or_time, period

NEW_YEAR = 1_767_225_600 * SECOND  # 2026-01-01T00:00:00Z


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-01", NEW_YEAR),
        ("2026-01-01T00:00:00Z", NEW_YEAR),
        ("2026-01-01T00:00", NEW_YEAR),
        ("2026-01-01 00:00:01", NEW_YEAR + SECOND),
        ("2026-01-01T02:00:00+02:00", NEW_YEAR),
        ("2025-12-31T17:00:00-0700", NEW_YEAR),
        ("2026-01-01T00:00:00.000001Z", NEW_YEAR + 1),
        ("1969-12-31T23:59:59Z", -SECOND),
    ],
)
def test_a_moment_without_zone_is_utc(text, moment):
    assert date_time(text) == moment
    assert day_or_time(text, "DateSent") == text


def test_a_day_ends_with_its_last_microsecond():
    assert date_time("2026-01-01", end_of_day=True) == NEW_YEAR + DAY - 1
    assert date_time("2026-01-01T00:00:00Z", end_of_day=True) == NEW_YEAR


def test_the_last_day_that_there_is_has_an_end():
    assert date_time("9999-12-31", end_of_day=True) == date_time("9999-12-31") + DAY - 1
    assert date_time("0001-01-01T00:00:00+14:00") < date_time("0001-01-01") < 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2026-02-30", "2026-1-1", "20260101", "2026-W01-1", "2026-001", "2026-01-01T", "2026-01"),
        *("2026-01-01T25:00", "2026-01-01T00", "2026-01-01T00:00:00+99:00", "2026-01-01T00:00:00 02:00", "10000-01-01"),
        *("\uff12026-01-01", "2026-01-01T00:00:00Zx", " 2026-01-01", "0000-01-01", "2026-01-01\n"),
    ],
)
def test_what_is_neither_day_nor_moment_is_refused_with_its_name(text):
    with pytest.raises(ApiError) as caught:
        day_or_time(text, "DateSent>")
    assert caught.value.code == 20001
    assert "DateSent>" in caught.value.message


def test_a_period_is_a_day_or_two_bounds_or_one_or_none():
    day = (NEW_YEAR, NEW_YEAR + DAY - 1)
    assert period("2026-01-01", None, None) == day
    assert period("2026-01-01T12:00:00Z", "2020-01-01", "2020-01-01") == day
    assert period(None, "2026-01-01", "2026-01-01") == day
    assert period(None, "2026-01-01T00:00:00Z", None) == (None, NEW_YEAR)
    assert period(None, None, None) == (None, None)


@pytest.mark.parametrize("text", ["", "20260131", "20240229"])
def test_a_compact_day_is_a_day_or_nothing(text):
    assert compact_day(text, "Day") == text


@pytest.mark.parametrize("text", ["2026-01-31", "20260230", "2026013", "202601311", "today", "2026０131"])
def test_what_is_no_compact_day_is_refused_by_its_name(text):
    with pytest.raises(ApiError, match="'Day'") as refused:
        compact_day(text, "Day")
    assert (refused.value.status, refused.value.code) == (400, 20001)
