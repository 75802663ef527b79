"""How a call fails before there is an answer, in sentences for the developer whose URL, `place`, it is."""

import os
import ssl

from offhook.fetch.errors import FetchError


def no_connection(place: str, error: OSError) -> FetchError:
    """Nothing was sent: the address did not take the connection."""
    return FetchError("connect", f"No connection to {place}: {_reason(error)}.")


def not_secure(place: str, error: Exception) -> FetchError:
    """There was a connection, but no TLS session on it."""
    why = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else _reason(error)
    return FetchError("tls", f"No secure connection to {place}: {why.rstrip('.')}.")


def connect_timeout(place: str) -> FetchError:
    """No connection in time."""
    return FetchError("connect_timeout", f"{place} did not accept a connection in time.")


def read_timeout(place: str) -> FetchError:
    """A connection, but no (complete) answer in time."""
    return FetchError("read_timeout", f"{place} did not answer in time.")


def hung_up(place: str) -> FetchError:
    """The other side closed the connection before the first byte of an answer."""
    return FetchError("connect", f"{place} closed the connection before it answered.")


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or str(error)).replace("_", " ").lower()
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return str(error) or type(error).__name__
