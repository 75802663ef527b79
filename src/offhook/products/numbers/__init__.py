"""Phone numbers: which account owns one, and which webhook it calls. Start reading at ownership.py."""

from offhook.products.numbers.api import resources
from offhook.products.numbers.application import Application
from offhook.products.numbers.caller_id import CallerId, Validation
from offhook.products.numbers.caller_ids import CallerIds, Validator
from offhook.products.numbers.hosting import Hosted
from offhook.products.numbers.kinds import Capabilities, Kind, capabilities_of, kind_of
from offhook.products.numbers.number import PhoneNumber
from offhook.products.numbers.ownership import Numbers
from offhook.products.numbers.short_code import ShortCode
from offhook.products.numbers.webhook import Webhook

__all__ = [
    "Application",
    "CallerId",
    "CallerIds",
    "Capabilities",
    "Hosted",
    "Kind",
    "Numbers",
    "PhoneNumber",
    "ShortCode",
    "Validation",
    "Validator",
    "Webhook",
    "capabilities_of",
    "kind_of",
    "resources",
]
