"""The numbers that can be bought on the simulated network. Start reading at searching.py."""

from offhook.products.numbers.inventory.pattern import Pattern
from offhook.products.numbers.inventory.searching import Available, Search, search
from offhook.products.numbers.inventory.stock import Country, countries

__all__ = ["Available", "Country", "Pattern", "Search", "countries", "search"]
