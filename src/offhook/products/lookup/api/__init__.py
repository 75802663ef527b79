"""The resources of Lookup."""

from collections.abc import Sequence

from offhook.products.lookup.api.number_plans import number_plans
from offhook.products.lookup.api.phone_numbers import phone_numbers
from offhook.products.lookup.api.phone_numbers_v1 import phone_numbers_v1
from offhook.products.lookup.looking_up import Lookup
from offhook.web import Operation


def resources(lookup: Lookup) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [*phone_numbers.bind(lookup), *phone_numbers_v1.bind(lookup), *number_plans.bind(lookup)]
