"""What a browser sees: for now a start page and the API's description."""

from offhook.console.pages import pages

__all__ = ["pages"]
