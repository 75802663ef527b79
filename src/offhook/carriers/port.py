"""What a carrier is to the rest of Offhook: it takes messages, it tells what became of them, it brings messages.

A carrier implements `MessageCarrier`. The other way it calls `Receiver` and `Reports`, which messaging implements.
Whatever a carrier knows that must survive a crash it keeps in tables of its own; an inbound message and a report join
the unit in which the carrier notes that they are done, so that neither is lost or doubled without the other.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from offhook.storage import Unit

UNDELIVERED_CODES = {  # Twilio's, of messages that a network took and lost
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
}

Outcome = Literal["delivered", "undelivered", "failed"]
Line = Literal["mobile", "landline"]


@dataclass(frozen=True, slots=True)
class Media:
    """A file in a message, kept in the blob store under `digest`; `size` in bytes."""

    content_type: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """A message to send. `attempt` is unique for each try, so a carrier can tell a repetition from a second text."""

    account_sid: str
    sid: str
    attempt: str
    from_: str
    to: str
    body: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What the network says of a message: `error_code` is Twilio's where it was not delivered."""

    message_sid: str
    outcome: Outcome
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message that somebody sent to one of our numbers (or that a carrier believes is ours)."""

    from_: str
    to: str
    body: str
    media: tuple[Media, ...] = ()


class CarrierError(Exception):
    """The carrier did not take the message. `temporary` says whether to try again; `code` is Twilio's."""

    def __init__(self, message: str, *, temporary: bool, code: int = 30008) -> None:
        super().__init__(message)
        self.temporary = temporary
        self.code = code


class NotTakenError(Exception):
    """A destination is one of our numbers, but it takes nothing now; `code` is Twilio's, for the report."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class MessageCarrier(Protocol):
    """A way out to the phone network."""

    async def send(self, message: OutboundMessage) -> None:
        """Hand the message to the network; returning means that the network has it. Raises CarrierError."""
        ...


class Lines(Protocol):
    """Who can look up what stands at the end of a number: the simulated network, or whoever knows a real one."""

    async def line_of(self, address: str) -> Line | None:
        """What kind of phone has this number; None where it is not known."""
        ...


class Receiver(Protocol):
    """Implemented by messaging: where carriers bring inbound messages."""

    async def offer(self, unit: Unit, message: InboundMessage) -> str | None:
        """If its destination is one of our numbers, add the message to the carrier's unit and return its SID.

        Raises NotTakenError for a number of ours that takes nothing.
        """
        ...


class Reports(Protocol):
    """Implemented by messaging: where carriers tell what became of a message."""

    async def apply(self, unit: Unit, report: DeliveryReport) -> None:
        """Add the consequences of a report to the carrier's own unit. Late and repeated reports change nothing."""
        ...
