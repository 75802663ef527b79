"""Offhook's clock, seen from a test. On the virtual clock time stands still until the test moves it."""

from datetime import UTC, datetime, timedelta
from functools import cached_property

from offhook.testing.calling import Api

PATH = "/offhook/v1/Clock"


class Clock:
    """Reads and moves the clock of one Offhook."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def now(self) -> datetime:
        """What time it is for Offhook."""
        return _moment(self._api.get(PATH)["now"])

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0, milliseconds: float = 0
    ) -> datetime:
        """Move time forward and return when everything that fell due on the way is finished.

        Raises RefusedError (409) on the real clock.
        """
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds)
        return _moment(self._api.post(PATH, Advance=str(span.total_seconds()))["now"])

    @cached_property
    def is_virtual(self) -> bool:
        """Whether time moves only when told."""
        return bool(self._api.get(PATH)["mode"] == "virtual")

    def settle(self) -> None:
        """Wait until nothing is under way: no delivery, no webhook. On the real clock, return at once."""
        if self.is_virtual:
            self._api.post(PATH, Step="0")

    def step(self, up_to: float) -> float:
        """Wait until nothing runs, then jump to the next timer within `up_to` seconds; returns how many were jumped."""
        before = self._api.get(PATH)["now"]
        after = self._api.post(PATH, Step=str(up_to))["now"]
        return float(after - before)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
