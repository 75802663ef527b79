"""Monitor: what went wrong, who changed what, what was said, and the news of all that as it happens."""

from offhook.products.monitor.alert import Alert
from offhook.products.monitor.api import resources
from offhook.products.monitor.auditing import Auditing
from offhook.products.monitor.monitoring import Monitor
from offhook.products.monitor.resending import Resending

__all__ = ["Alert", "Auditing", "Monitor", "Resending", "resources"]
