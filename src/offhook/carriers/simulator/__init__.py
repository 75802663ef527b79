"""A phone network on this machine: numbers that somebody owns here get the text or call, all others are handsets."""

from offhook.carriers.simulator.behaviour import Answers, Behaviour, Behaviours, Outcome
from offhook.carriers.simulator.handsets import Handsets, Text
from offhook.carriers.simulator.network import SimulatedNetwork
from offhook.carriers.simulator.phone import UNDER_WAY, CallLog, LineKind, PhoneCall, Status
from offhook.carriers.simulator.switching import PhoneInUseError, SimulatedCalls

__all__ = [
    "UNDER_WAY",
    "Answers",
    "Behaviour",
    "Behaviours",
    "CallLog",
    "Handsets",
    "LineKind",
    "Outcome",
    "PhoneCall",
    "PhoneInUseError",
    "SimulatedCalls",
    "SimulatedNetwork",
    "Status",
    "Text",
]
