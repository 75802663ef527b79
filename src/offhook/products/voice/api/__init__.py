"""The resources of voice."""

from collections.abc import Sequence

from offhook.products.voice.api.calls import calls
from offhook.products.voice.service import Voice
from offhook.web import Operation


def resources(voice: Voice) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [*calls.bind(voice)]
