"""The resources of monitor."""

from collections.abc import Sequence

from offhook.products.monitor.api.alerts import alerts
from offhook.products.monitor.api.exchanges import exchanges
from offhook.products.monitor.monitoring import Monitor
from offhook.web import Operation


def resources(service: Monitor) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [*alerts.bind(service), *exchanges.bind(service)]
