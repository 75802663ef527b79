"""The simulated network's people and its clock: handsets that text and call, and time that is advanced by hand."""

from offhook.products.network.api import resources
from offhook.products.network.api.handsets import LONGEST_DELAY, LONGEST_GREETING, LONGEST_RINGING, MOST_REPEATS
from offhook.products.network.behaving import Behaving
from offhook.products.network.calling import Calling, Calls
from offhook.products.network.clockwork import Clockwork
from offhook.products.network.handsets import Handsets, Phones
from offhook.products.network.lines import PhoneLines
from offhook.products.network.mailboxes import Mailboxes
from offhook.products.network.snapshots import Change, GoingBack, Intermission
from offhook.products.network.store import virtual_now

__all__ = [
    "LONGEST_DELAY",
    "LONGEST_GREETING",
    "LONGEST_RINGING",
    "MOST_REPEATS",
    "Behaving",
    "Calling",
    "Calls",
    "Change",
    "Clockwork",
    "GoingBack",
    "Handsets",
    "Intermission",
    "Mailboxes",
    "PhoneLines",
    "Phones",
    "resources",
    "virtual_now",
]
