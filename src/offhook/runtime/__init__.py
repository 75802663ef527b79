"""What drives time and tasks: clocks, timers, counted work, background tasks."""

from offhook.runtime.clocks import RealClock, VirtualClock
from offhook.runtime.mailbox import Mailbox
from offhook.runtime.tasks import Tasks
from offhook.runtime.threads import in_thread
from offhook.runtime.timers import RealTimers, Timers, VirtualTimers
from offhook.runtime.turns import Turns
from offhook.runtime.work import Work

__all__ = [
    "Mailbox",
    "RealClock",
    "RealTimers",
    "Tasks",
    "Timers",
    "Turns",
    "VirtualClock",
    "VirtualTimers",
    "Work",
    "in_thread",
]
