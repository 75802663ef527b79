"""A leash: a process that we start ends when we do, however we end.

The parent holds one end of a pipe and the child the other; nothing is ever written. When the parent is gone the
kernel closes its end, the child sees the end of the file and stops as if it had been told to.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def held() -> Iterator[int]:
    """A new leash. Yields the end to pass on (`pass_fds`); on leaving both ends are closed, and the child stops."""
    ends = os.pipe()
    try:
        yield ends[0]
    finally:
        for end in ends:
            os.close(end)


def on_release(end: int, act: Callable[[], None]) -> None:
    """Call `act` once the holder of the leash is gone. `end` is the number of the end that was passed on."""
    loop = asyncio.get_running_loop()
    os.set_inheritable(end, False)  # what this process starts gets leashes of its own

    def released() -> None:
        loop.remove_reader(end)
        act()

    loop.add_reader(end, released)
