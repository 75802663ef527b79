"""The stopwatch of one call: when it must be over, and how long silence may last.

Three clocks run, all on the loop's monotonic time. *Everything* has one deadline. *Silence* counts from the moment
the connection stands, and anew with every piece of the answer. *Connecting* has its own alarm, and none of the
others': a connection that takes the whole time is a connect timeout.
"""

import asyncio
import time

from offhook.fetch.errors import FetchError
from offhook.fetch.failures import read_timeout
from offhook.fetch.limits import Limits

_CONNECT_SHARE = 0.9  # of the total: a connection that would use up everything is a connect timeout


class Watch:
    """Made at the start of a call. Times in seconds."""

    def __init__(self, limits: Limits) -> None:
        self._loop = asyncio.get_running_loop()
        self._read = limits.read
        self.connect = min(limits.connect, limits.total * _CONNECT_SHARE)
        self._started = time.monotonic()  # the loop's own time stands still within a turn
        self._deadline = self._loop.time() + limits.total
        self._resolving = False
        self.timeout = asyncio.timeout_at(self._deadline)
        self._until = self._deadline

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def resolving(self) -> None:
        """A name is being looked up, then a connection made; of these clocks only the total counts."""
        self._resolving = True
        self._wait_until(self._deadline)

    def resolved(self) -> None:
        """The address is known."""
        self._resolving = False

    def heard(self) -> None:
        """The connection stands, or the other side has sent something: silence counts from now."""
        self._wait_until(min(self._loop.time() + self._read, self._deadline))

    def ran_out(self, place: str) -> FetchError:
        """The error when this watch ended the call."""
        if self._resolving:
            return FetchError("dns", f"The host of {place} was not found in time.")
        return read_timeout(place)

    def _wait_until(self, moment: float) -> None:
        """Set the alarm, unless it is set so already (as a rule: silence may last as long as everything) or rings."""
        if moment != self._until and not self.timeout.expired():
            self._until = moment
            self.timeout.reschedule(moment)
