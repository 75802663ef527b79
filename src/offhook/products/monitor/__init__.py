"""Monitor: alerts about what went wrong, and the record of every request in and out."""

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.api import resources
from offhook.products.monitor.monitoring import Monitor

__all__ = ["Alert", "Monitor", "resources"]
