"""The record of every request in and out, redacted as it is captured, and the log of what happened."""

from offhook.exchanges import events, redaction
from offhook.exchanges.exchange import Exchange
from offhook.exchanges.feed import Batch, Feed
from offhook.exchanges.filters import Filters
from offhook.exchanges.recorder import Recorder, keep
from offhook.exchanges.store import by_sid, page, redact

__all__ = [
    "Batch",
    "Exchange",
    "Feed",
    "Filters",
    "Recorder",
    "by_sid",
    "events",
    "keep",
    "page",
    "redact",
    "redaction",
]
