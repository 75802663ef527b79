"""Ways out to the phone network, all behind one port: the simulated network is a carrier like any other."""

from offhook.carriers.files import MediaError, MediaFiles, sniffed
from offhook.carriers.port import (
    CarrierError,
    DeliveryReport,
    InboundMessage,
    Media,
    MessageCarrier,
    OutboundMessage,
    Receiver,
    Reports,
)

__all__ = [
    "CarrierError",
    "DeliveryReport",
    "InboundMessage",
    "Media",
    "MediaError",
    "MediaFiles",
    "MessageCarrier",
    "OutboundMessage",
    "Receiver",
    "Reports",
    "sniffed",
]
