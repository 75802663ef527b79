"""Dates that callers give as parameters: a day, or a moment with its zone (ISO 8601; without a zone, UTC)."""

from datetime import UTC, datetime, timedelta

from offhook.kit.clock import from_datetime
from offhook.web.errors import invalid_parameter

DAY_LENGTH = len("2026-01-31")


def day_or_time(text: str, name: str) -> str:
    """Check that `text` is a day or a moment. Raises ApiError 20001."""
    try:
        date_time(text)
    except ValueError:
        raise invalid_parameter(name, f"{text!r} is neither a date (YYYY-MM-DD) nor an ISO 8601 time") from None
    return text


def date_time(text: str, *, end_of_day: bool = False) -> int:
    """UTC microseconds of a day's begin (or its last microsecond) or of a moment. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if end_of_day and len(text) == DAY_LENGTH:
        moment += timedelta(days=1, microseconds=-1)
    return from_datetime(moment)
