"""What a browser sees: a start page, the pages of errors, and the API's description."""

from offhook.console.pages import pages
from offhook.console.start import Commands

__all__ = ["Commands", "pages"]
