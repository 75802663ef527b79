"""Waiting for something to happen: no real time is lost on the virtual clock, which jumps to what comes next."""

import time
from collections.abc import Callable

from offhook.testing.clock import Clock

PATIENCE = 1.0  # real seconds: for what an app does by itself after Offhook has nothing left to do
GLANCE = 0.01  # real seconds between two looks


def waiting(clock: Clock, timeout: float) -> Callable[[], bool]:
    """Waits a little each time it is called; False when there is no sense in waiting any longer.

    On the virtual clock time jumps from timer to timer, `timeout` seconds in all at most. On the real clock they pass.
    Before the first look all that is under way is finished, so that time does not jump over what is looked for.
    """
    return _jumping(clock, timeout) if clock.is_virtual else _sleeping(timeout)


def _jumping(clock: Clock, timeout: float) -> Callable[[], bool]:
    left, patience = timeout, PATIENCE
    clock.settle()

    def wait() -> bool:
        nonlocal left, patience
        jumped = clock.step(left)
        left -= jumped
        if not jumped:
            time.sleep(GLANCE)
            patience -= GLANCE
        return patience > 0

    return wait


def _sleeping(timeout: float) -> Callable[[], bool]:
    until = time.monotonic() + timeout

    def wait() -> bool:
        time.sleep(GLANCE)
        return time.monotonic() < until

    return wait
