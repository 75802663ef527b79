"""Waking workers, here and in other processes. A bus carries no truth: what is to be done stands in the database,
and a ring that is lost only makes somebody look a little later.
"""

from offhook.bus.memory import MemoryBus
from offhook.bus.port import Bus

__all__ = ["Bus", "MemoryBus"]
