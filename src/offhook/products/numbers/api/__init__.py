"""The resources of numbers."""

from collections.abc import Sequence

from offhook.products.numbers.api import available_phone_numbers, incoming_by_kind
from offhook.products.numbers.api.applications import applications
from offhook.products.numbers.api.incoming_phone_numbers import incoming_phone_numbers
from offhook.products.numbers.api.outgoing_caller_ids import outgoing_caller_ids
from offhook.products.numbers.api.short_codes import short_codes
from offhook.products.numbers.api.twiml_bins import hosted, twiml_bins
from offhook.products.numbers.api.validation_requests import validation_requests
from offhook.products.numbers.ownership import Numbers
from offhook.web import Operation


def resources(service: Numbers) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [
        *incoming_phone_numbers.bind(service),
        *incoming_by_kind.operations(service),
        *available_phone_numbers.operations(service),
        *applications.bind(service.applications),
        *outgoing_caller_ids.bind(service.caller_ids),
        *validation_requests.bind(service.caller_ids),
        *short_codes.bind(service.short_codes),
        *twiml_bins.bind(service.bins),
        *hosted.bind(service.bins),
    ]
