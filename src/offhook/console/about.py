"""What the console is told of the Offhook that it looks at, once somebody is signed in."""

from dataclasses import asdict, dataclass
from typing import Any

from offhook.console.sessions import Sessions, SignedIn
from offhook.products.accounts import Accounts


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change while Offhook runs."""

    mode: str  # dev or production
    clock: str  # real or virtual
    version: str
    public_url: str | None
    adopts: bool  # unknown accounts and senders

    def shown(self) -> dict[str, Any]:
        """The facts as members of an answer."""
        members = asdict(self)
        capabilities = {
            "adopts": members.pop("adopts"),
            "advances_clock": self.clock == "virtual",
            "calls_private_addresses": self.mode == "dev",
        }
        return {**members, "capabilities": capabilities}


class About:
    """Answers `/console/session`."""

    def __init__(self, facts: Facts, accounts: Accounts, sessions: Sessions, products: list[str]) -> None:
        self._facts = facts
        self._accounts = accounts
        self._sessions = sessions
        self._products = products

    async def session(self, signed_in: SignedIn, origin: str) -> dict[str, Any]:
        """Who is signed in, for a browser that found us at `origin`."""
        sid = self._accounts.first_sid
        account = await self._accounts.fetch(sid)
        return {
            "account_sid": sid,
            "name": account.friendly_name if account else sid,
            "csrf": signed_in.csrf,
            **self._facts.shown(),
            "origin": origin,
            "has_password": await self._sessions.password() is not None,
            "products": self._products,
        }
