"""The one error of this boundary, with the decision inside.

`FetchError.kind` says what went wrong, `retry_class` which class of Twilio's retry policy (`rp`) it belongs to:
`ct` (no connection, or it went away before the first byte of an answer), `rt` (connected, then silence), or
None for what trying again cannot mend. Its text is a sentence for the developer whose URL it is, and never holds
the user name or password of that URL.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from typing import Literal

Kind = Literal[
    "refused",
    "dns",
    "connect",
    "connect_timeout",
    "read_timeout",
    "tls",
    "too_large",
    "protocol",
    "bad_url",
    "bad_overrides",
    "too_many_redirects",
]
RetryClass = Literal["ct", "rt"]

RETRY_CLASSES: dict[Kind, RetryClass] = {
    "dns": "ct",
    "connect": "ct",
    "connect_timeout": "ct",
    "tls": "ct",
    "read_timeout": "rt",
}


class FetchError(Exception):
    """A URL was not called, or gave no usable answer. `str()` is a sentence to show."""

    def __init__(self, kind: Kind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind: Kind = kind

    @property
    def retry_class(self) -> RetryClass | None:
        """The `rp` class of this failure, None when a retry is no remedy."""
        return RETRY_CLASSES.get(self.kind)
