"""The people on the simulated network, as the carrier needs them. `products.network` implements this."""

from dataclasses import dataclass
from typing import Protocol

from offhook.carriers.port import Media
from offhook.storage import Step, Unit


@dataclass(frozen=True, slots=True)
class Text:
    """A text on its way between a handset and somebody. `attempt` is unique for each try of the network."""

    account_sid: str
    attempt: str
    message_sid: str | None
    from_: str
    to: str
    body: str
    media: tuple[Media, ...] = ()


class Handsets(Protocol):
    """Where texts to people end up, and where what they send is noted."""

    def receive(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its destination; the step changes no row if that attempt came before."""
        ...

    def sent(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its sender."""
        ...
