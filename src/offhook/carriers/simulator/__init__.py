"""A phone network on this machine: numbers that somebody owns here get the text, everybody else is a handset."""

from offhook.carriers.simulator.behaviour import Behaviour, Behaviours, Outcome
from offhook.carriers.simulator.handsets import Handsets, Text
from offhook.carriers.simulator.network import SimulatedNetwork

__all__ = ["Behaviour", "Behaviours", "Handsets", "Outcome", "SimulatedNetwork", "Text"]
