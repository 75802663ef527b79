"""/offhook/v1/Clock: what time it is for the product, and moving a virtual clock."""

import msgspec

from offhook.kit.clock import SECOND
from offhook.products.network.api.messages import check_owner
from offhook.products.network.clockwork import ClockReading, Clockwork
from offhook.web import VERSIONED, ApiError, Call, Resource, invalid_parameter, iso8601

LONGEST_ADVANCE = 10 * 366 * 86_400.0  # seconds


class ClockView(msgspec.Struct):
    """`now` in seconds since 1970 (fractions kept); `next_timer` is the moment the next timer falls due."""

    mode: str
    now: float
    date: str | None
    waiting: int | None
    next_timer: str | None


def view(reading: ClockReading, _call: Call) -> ClockView:
    """The clock as its reader sees it."""
    return ClockView(
        reading.mode, reading.now / SECOND, iso8601(reading.now), reading.waiting, iso8601(reading.next_at)
    )


clock = Resource("offhook", "/v1/Clock", VERSIONED, view, key="clock", alone=True)


@clock.fetch
async def fetch(clockwork: Clockwork, _call: Call) -> ClockReading:
    """Read the clock."""
    return clockwork.read()


@clock.update
async def update(
    clockwork: Clockwork, call: Call, *, advance: float | None = None, step: float | None = None
) -> ClockReading:
    """Move a virtual clock by `Advance` seconds, or `Step` to its next timer if that is within so many seconds."""
    check_owner(call)
    if advance is not None:
        return await clockwork.advance(_microseconds(advance, "Advance"))
    if step is not None:
        return await clockwork.step(_microseconds(step, "Step"))
    raise ApiError(20001, "One of 'Advance' and 'Step' is required.")


def _microseconds(seconds: float, name: str) -> int:
    if not 0 <= seconds <= LONGEST_ADVANCE:
        raise invalid_parameter(name, f"it must be from 0 to {LONGEST_ADVANCE:.0f} seconds")
    return round(seconds * SECOND)
