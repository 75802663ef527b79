"""What a browser sees: the console and its sign-in, a start page, the pages of errors, the API's description."""

from offhook.console.about import Facts
from offhook.console.api import resources
from offhook.console.built import Built
from offhook.console.hosts import Hosts
from offhook.console.pages import pages
from offhook.console.screen import Console
from offhook.console.start import Commands

__all__ = ["Built", "Commands", "Console", "Facts", "Hosts", "pages", "resources"]
