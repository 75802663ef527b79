"""The service of this slice: its parts, and what concerns all of them."""

from dataclasses import dataclass
from typing import Any

from offhook.products.verify.checking import Checking
from offhook.products.verify.delivering import Delivering
from offhook.products.verify.expiring import Expiring
from offhook.products.verify.factoring import Factoring
from offhook.products.verify.guarding import Guarding
from offhook.products.verify.history import History
from offhook.products.verify.rate_limits import RateLimits
from offhook.products.verify.safelist import Safelist
from offhook.products.verify.services import Services
from offhook.products.verify.verifications import Verifications
from offhook.storage import Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """Verifications by code. `delivering` and `expiring` do the work behind the others.

    `shows_codes`: whether there are phones here whose owner is whoever runs this, who may ask for the latest code.
    """

    services: Services
    verifications: Verifications
    checking: Checking
    history: History
    rate_limits: RateLimits
    safelist: Safelist
    guarding: Guarding
    delivering: Delivering
    expiring: Expiring
    factoring: Factoring
    shows_codes: bool

    @property
    def queues(self) -> list[Queue[Any]]:
        """The queues that a process works on which sends."""
        return [self.delivering.queue]

    async def start(self) -> None:
        """End what ended while nobody was there."""
        await self.expiring.start()
