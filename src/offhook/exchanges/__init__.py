"""The record of every request in and out, redacted as it is captured: what the inspector shows."""

from offhook.exchanges import redaction
from offhook.exchanges.exchange import Exchange
from offhook.exchanges.recorder import Recorder
from offhook.exchanges.store import by_sid, page, prune

__all__ = ["Exchange", "Recorder", "by_sid", "page", "prune", "redaction"]
