"""Ways out to the phone network, all behind one port: the simulated network is a carrier like any other."""

from offhook.carriers.files import MOST_FILES, Holding, MediaError, MediaFiles, check_total, sniffed
from offhook.carriers.port import (
    UNDELIVERED_CODES,
    CarrierError,
    DeliveryReport,
    InboundMessage,
    Line,
    Lines,
    Media,
    MessageCarrier,
    NotTakenError,
    OutboundMessage,
    Receiver,
    Reports,
)

__all__ = [
    "MOST_FILES",
    "UNDELIVERED_CODES",
    "CarrierError",
    "DeliveryReport",
    "Holding",
    "InboundMessage",
    "Line",
    "Lines",
    "Media",
    "MediaError",
    "MediaFiles",
    "MessageCarrier",
    "NotTakenError",
    "OutboundMessage",
    "Receiver",
    "Reports",
    "check_total",
    "sniffed",
]
