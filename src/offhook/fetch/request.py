"""What to send: one HTTP request, complete."""

from dataclasses import dataclass

from offhook.fetch.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Request:
    """`url` may hold credentials and a fragment; neither is sent. `body` is sent as it is, with its length.

    Host, Content-Length, Transfer-Encoding and Connection are the client's own and may not be among `headers`.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    limits: Limits = DEFAULT_LIMITS
