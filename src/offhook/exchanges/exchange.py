"""One request and its answer, either way: what the inspector shows and what a person debugs with."""

from typing import Literal

import msgspec

Headers = tuple[tuple[str, str], ...]
Direction = Literal["in", "out"]


class Exchange(msgspec.Struct, kw_only=True):
    """A request that came in or went out. Headers and bodies are redacted already when one of these is made.

    `kind` says what it was for: "api" (a call of our API), "callback" (a status callback), "document" (a webhook
    whose answer is carried out). `status` is None and `error` a sentence when no answer came. Times are UTC
    microseconds of the product's clock, `elapsed` real microseconds. `resent_from` is the SID of the exchange that this
    one repeats.
    """

    sid: str
    account_sid: str
    direction: Direction
    kind: str
    method: str
    url: str
    request_headers: Headers
    request_body: str
    status: int | None
    response_headers: Headers
    response_body: str
    started: int
    elapsed: int
    resource_sid: str | None = None
    error_code: int | None = None
    error: str | None = None
    notes: tuple[str, ...] = ()
    resent_from: str | None = None
    seq: int = 0

    @property
    def is_looking(self) -> bool:
        """Whether somebody only looked at Offhook's own resources: kept, but no news to those who are looking."""
        reads = self.direction == "in" and self.method in ("GET", "HEAD")
        return reads and "/offhook/v1/" in self.url.partition("?")[0]
