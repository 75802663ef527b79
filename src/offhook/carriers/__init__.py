"""Ways out to the phone network, all behind one port: the simulated network is a carrier like any other."""

from offhook.carriers.files import MOST_FILES, Holding, MediaError, MediaFiles, check_total, sniffed
from offhook.carriers.lines import NEVER, CallerType, LineFacts, LineProvider, LineStatus, LineType, Risk
from offhook.carriers.mail import Mail, MailCarrier, SmtpCarrier
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
    "NEVER",
    "UNDELIVERED_CODES",
    "CallerType",
    "CarrierError",
    "DeliveryReport",
    "Holding",
    "InboundMessage",
    "Line",
    "LineFacts",
    "LineProvider",
    "LineStatus",
    "LineType",
    "Lines",
    "Mail",
    "MailCarrier",
    "Media",
    "MediaError",
    "MediaFiles",
    "MessageCarrier",
    "NotTakenError",
    "OutboundMessage",
    "Receiver",
    "Reports",
    "Risk",
    "SmtpCarrier",
    "check_total",
    "sniffed",
]
