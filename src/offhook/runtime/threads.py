"""Work that would block the event loop, done in a thread."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def in_thread(function: Callable[P, R], /, *arguments: P.args, **keywords: P.kwargs) -> R:
    """What `function` returns or raises. A thread cannot be stopped: what is done there has a time limit of its own."""
    return await asyncio.to_thread(function, *arguments, **keywords)
