"""How many requests of one account are served at once. One too many is refused before anything is done: it is safe to
try again, which is what Twilio promises of its error 20429.

https://www.twilio.com/docs/api/errors/20429
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from offhook.web.errors import ApiError


def too_many(most: int) -> ApiError:
    """20429"""
    message = f"Too many requests at once (the limit is {most}); nothing was done, try again"
    return ApiError(20429, message, 429, headers={"Retry-After": "1"})


class Limit:
    """At most `most` requests of each account at once; 0 is no limit."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def one_more(self, account_sid: str) -> Iterator[None]:
        """Serve one request. Raises ApiError 20429 when the account has too many under way."""
        if not self._most:
            yield
            return
        if self._under_way[account_sid] >= self._most:
            raise too_many(self._most)
        self._under_way[account_sid] += 1
        try:
            yield
        finally:
            self._under_way[account_sid] -= 1
            if not self._under_way[account_sid]:
                del self._under_way[account_sid]
