"""A phone network on this machine: numbers that somebody owns here get the text, everybody else is a handset."""

from offhook.carriers.simulator.behaviour import UNDELIVERED_CODES, Behaviour, Behaviours, Outcome
from offhook.carriers.simulator.handsets import Handsets, Text
from offhook.carriers.simulator.network import SimulatedNetwork

__all__ = ["UNDELIVERED_CODES", "Behaviour", "Behaviours", "Handsets", "Outcome", "SimulatedNetwork", "Text"]
