"""Dates that callers give as parameters: a day, or a moment with its zone (ISO 8601; without a zone, UTC)."""

import re
from datetime import UTC, datetime, timedelta

from offhook.kit.clock import DAY, from_datetime
from offhook.web.errors import invalid_parameter

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_MOMENT = re.compile(rf"{_DAY.pattern}[T ]{_TIME}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?")


def day_or_time(text: str, name: str) -> str:
    """Check that `text` is a day or a moment. Raises ApiError 20001."""
    try:
        date_time(text)
    except ValueError:
        raise invalid_parameter(name, f"{text!r} is neither a date (YYYY-MM-DD) nor an ISO 8601 time") from None
    return text


def compact_day(text: str, name: str) -> str:
    """Check that `text` is a day as `YYYYMMDD`, or nothing. Raises ApiError 20001."""
    written = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        if text and not _DAY.fullmatch(written):
            raise ValueError(text)
        if text:
            date_time(written)
    except ValueError:
        raise invalid_parameter(name, f"{text!r} is not a day (YYYYMMDD)") from None
    return text


def date_time(text: str, *, end_of_day: bool = False) -> int:
    """UTC microseconds of a day's begin (or its last microsecond) or of a moment. Raises ValueError."""
    day = _DAY.fullmatch(text) is not None
    if not day and not _MOMENT.fullmatch(text):
        raise ValueError(text)  # `fromisoformat` also reads week dates, basic forms and lone hours
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if end_of_day and day:
        moment += timedelta(days=1, microseconds=-1)
    return from_datetime(moment)


def period(day: str | None, before: str | None, after: str | None) -> tuple[int | None, int | None]:
    """The first and the last moment that a day, or two bounds (both included), mean; a day wins. Raises ValueError."""
    if day:
        start = date_time(day) // DAY * DAY
        return start, start + DAY - 1
    return date_time(after) if after else None, date_time(before, end_of_day=True) if before else None
