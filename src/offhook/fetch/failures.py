"""What the HTTP client's errors mean.

pyreqwest names its errors by phase but tells less than we need: a total timeout while waiting for an answer is a
`ConnectTimeoutError`, a connection closed before the answer a `ConnectError`. The chain of causes is precise
(hyper writes `client error (Connect)` for what happened before the connection stood), so that is read.
"""

from pyreqwest.exceptions import DetailedPyreqwestError, RequestTimeoutError

from offhook.fetch.errors import FetchError


def translate(error: Exception, place: str) -> FetchError:
    """The same failure in our words. `place` is the URL, already without credentials."""
    causes = causes_of(error)
    last = causes[-1] if causes else str(error)
    connecting = "client error (Connect)" in causes
    if isinstance(error, RequestTimeoutError):
        return connect_timeout(place) if connecting else read_timeout(place)
    if never_connected(error):
        return FetchError("connect", f"No connection to {place}: {last}.")
    if connecting:
        return FetchError("tls", f"No secure connection to {place}: {last}.")
    if "connection closed before message completed" in causes or "connection error" in causes:
        return FetchError("connect", f"{place} closed the connection before it answered.")
    if "message head is too large" in causes:
        return FetchError("too_large", f"The headers of the answer from {place} are too large.")
    return FetchError("protocol", f"The answer from {place} is not proper HTTP: {last}.")


def causes_of(error: Exception) -> list[str]:
    """The messages of an error's causes, outermost first."""
    if not isinstance(error, DetailedPyreqwestError):
        return []
    return [cause["message"] for cause in error.details["causes"] or ()]


def never_connected(error: Exception) -> bool:
    """Whether nothing was sent because there was no TCP connection, for another reason than time."""
    return "tcp connect error" in causes_of(error) and not isinstance(error, RequestTimeoutError)


def connect_timeout(place: str) -> FetchError:
    """No connection in time."""
    return FetchError("connect_timeout", f"{place} did not accept a connection in time.")


def read_timeout(place: str) -> FetchError:
    """A connection, but no (complete) answer in time."""
    return FetchError("read_timeout", f"{place} did not answer in time.")
