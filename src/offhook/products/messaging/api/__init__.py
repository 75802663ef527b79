"""The resources of messaging."""

from collections.abc import Sequence

from offhook.products.messaging.api.feedback import feedback
from offhook.products.messaging.api.history import histories
from offhook.products.messaging.api.media import media
from offhook.products.messaging.api.message_searches import message_searches
from offhook.products.messaging.api.messages import messages
from offhook.products.messaging.api.sms_messages import sms_messages
from offhook.products.messaging.api.traffic import traffic
from offhook.products.messaging.service import Messaging
from offhook.web import Operation


def resources(service: Messaging) -> Sequence[Operation]:
    """Everything this slice serves."""
    ours = [*message_searches.bind(service), *histories.bind(service), *traffic.bind(service)]
    return [*messages.bind(service), *sms_messages.bind(service), *feedback.bind(service), *media.bind(service), *ours]
