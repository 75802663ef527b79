"""The people on the simulated network: whoever has a number that nobody owns, and every `client:` identity.

A phone's texts are a table, written before the network gives its receipt. Everybody's phone is seen by the first
account, which stands for the person who runs this network.
"""

from typing import Literal

from offhook.carriers.simulator import SimulatedNetwork, Text
from offhook.kit.clock import Clock
from offhook.kit.phone import is_client, normalise
from offhook.kit.sids import HANDSET_MESSAGE, new_sid
from offhook.products.network import store
from offhook.products.network.text import HandsetText
from offhook.storage import Database, Page, PageRequest, Step, Unit
from offhook.web import ApiError


class Phones:
    """Implements the simulator's `Handsets`: what the phones show."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def receive(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its destination."""
        return store.add(unit, self.show(text, text.to, "inbound"))

    def sent(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its sender."""
        return store.add(unit, self.show(text, text.from_, "outbound"))

    def show(self, text: Text, address: str, direction: Literal["inbound", "outbound"]) -> HandsetText:
        """The line that a phone shows for `text`."""
        return HandsetText(
            seq=0,
            sid=new_sid(HANDSET_MESSAGE),
            account_sid=text.account_sid,
            address=address,
            direction=direction,
            from_=text.from_,
            to=text.to,
            body=text.body,
            message_sid=text.message_sid,
            attempt=text.attempt,
            date_created=self._clock.now(),
        )


class Handsets:
    """The service of this slice: the person with the phone."""

    def __init__(self, database: Database, network: SimulatedNetwork, phones: Phones) -> None:
        self._database = database
        self._phones = phones
        self._network = network

    async def text(self, account_sid: str, address: str, to: str, body: str) -> HandsetText:
        """The person at `address` texts `to`. Raises ApiError for an address that is none."""
        text = await self._network.text(account_sid, known_address(address), known_address(to), body)
        return self._phones.show(text, text.from_, "outbound")

    async def texts(self, address: str, request: PageRequest) -> Page[HandsetText]:
        """What the phone at `address` shows, oldest first."""
        return await store.page(self._database, known_address(address), request)


def known_address(text: str) -> str:
    """A handset's address: E.164, or `client:name`. Raises ApiError 21211."""
    if is_client(text):
        return text
    number = normalise(text, "US")
    if number is None:
        raise ApiError(21211, f"Invalid handset address: {text} (an E.164 number, or client:name)")
    return number
