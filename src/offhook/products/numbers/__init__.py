"""Phone numbers: which account owns one, and which webhook it calls. Start reading at ownership.py."""

from offhook.products.numbers.api import resources
from offhook.products.numbers.number import PhoneNumber
from offhook.products.numbers.ownership import Numbers

__all__ = ["Numbers", "PhoneNumber", "resources"]
