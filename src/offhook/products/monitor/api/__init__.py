"""The resources of monitor."""

from collections.abc import Sequence

from offhook.exchanges import Feed
from offhook.products.monitor.api.alerts import alerts
from offhook.products.monitor.api.event_stream import event_stream
from offhook.products.monitor.api.events import events
from offhook.products.monitor.api.exchanges import exchanges
from offhook.products.monitor.api.notifications import notifications, of_call
from offhook.products.monitor.api.resends import Resends, resends
from offhook.products.monitor.monitoring import Monitor
from offhook.products.monitor.resending import Resending
from offhook.web import Operation


def resources(service: Monitor, resending: Resending, feed: Feed) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [
        *alerts.bind(service),
        *notifications.bind(service),
        *of_call.bind(service),
        *events.bind(service),
        *exchanges.bind(service),
        *resends.bind(Resends(service, resending)),
        *event_stream.bind(feed),
    ]
