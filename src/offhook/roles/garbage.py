"""When Python looks for cyclic garbage, in a process that serves.

Starting makes a few hundred thousand objects that live as long as the process does; looking through them again and
again is as much as a tenth of what requests cost. So what is there after the start is left out for good, and the
collector comes less often: what a request leaves behind goes by reference counting, and cycles are rare.
"""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50  # allocations, then collections, from one to the next


def settle() -> None:
    """What is there now stays; look for garbage among what comes."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    gc.enable()
