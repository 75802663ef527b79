"""The resources of numbers."""

from collections.abc import Sequence

from offhook.products.numbers.api.incoming_phone_numbers import incoming_phone_numbers
from offhook.products.numbers.ownership import Numbers
from offhook.web import Operation


def resources(service: Numbers) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [*incoming_phone_numbers.bind(service)]
