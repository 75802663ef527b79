"""Lookup: what can be found out about a phone number. Start reading at README.md, then looking_up.py."""

from offhook.products.lookup.api import resources
from offhook.products.lookup.looking_up import Lookup

__all__ = ["Lookup", "resources"]
