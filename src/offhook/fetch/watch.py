"""The stopwatch of one call: when it must be over, and how long silence may last.

Three clocks run. *Connecting* is timed by the HTTP client. *Silence* and *everything* are timed here, on the
loop's monotonic clock. The client also gets the total as its own timeout, for one reason: pyreqwest 0.15 leaves
the connection open when its caller is cancelled, so the client must be the one to drop it.

Silence counts from the moment the connection stands. The client does not tell when that is, but it asks for the
body then: `Begun` is a body that notices. A request without a body is granted connect + read for its first byte.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from offhook.fetch.errors import FetchError
from offhook.fetch.failures import read_timeout
from offhook.fetch.limits import Limits

_CONNECT_SHARE = 0.9  # of the total: a connection that would use up everything is a connect timeout


class Watch:
    """Made at the start of a call. Times are the loop's, in seconds."""

    def __init__(self, limits: Limits) -> None:
        self._loop = asyncio.get_running_loop()
        self._read = limits.read
        self.connect = min(limits.connect, limits.total * _CONNECT_SHARE)
        self._started = self._loop.time()
        self._deadline = self._started + limits.total
        self._resolving = False
        self.timeout = asyncio.timeout_at(self._deadline)
        self._until = self._deadline
        self.watches_silence = self.connect + self._read < limits.total

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._loop.time() - self._started

    @property
    def remaining(self) -> timedelta:
        """Time left before everything must be over, at least a millisecond."""
        return timedelta(seconds=max(self._deadline - self._loop.time(), 0.001))

    def resolving(self) -> None:
        """A name is being looked up; only the total counts."""
        self._resolving = True
        self._wait_until(self._deadline)

    def connecting(self) -> None:
        """The client is about to connect."""
        self._resolving = False
        self._quiet_for(self.connect + self._read)

    def heard(self) -> None:
        """The connection stands, or the other side has sent something: silence counts from now."""
        self._quiet_for(self._read)

    def ran_out(self, place: str) -> FetchError:
        """The error when this watch, and not the client, ended the call."""
        if self._resolving:
            return FetchError("dns", f"The host of {place} was not found in time.")
        return read_timeout(place)

    def _quiet_for(self, seconds: float) -> None:
        self._wait_until(min(self._loop.time() + seconds, self._deadline))

    def _wait_until(self, moment: float) -> None:
        """Set the alarm, unless it is set so already (as a rule: silence may last as long as everything) or rings."""
        if moment != self._until and not self.timeout.expired():
            self._until = moment
            self.timeout.reschedule(moment)


class Begun:
    """A request body that tells the watch when the connection is there to take it."""

    def __init__(self, body: bytes, watch: Watch) -> None:
        self._body = body
        self._watch = watch

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._watch.heard()
        yield self._body
