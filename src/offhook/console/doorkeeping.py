"""Who may decide who comes in: whoever may do everything anyway, and nobody with less."""

from offhook.console.sessions import Sessions
from offhook.products.accounts import Accounts
from offhook.web import ApiError, Call


class Doorkeeping:
    """The service of the console's resources."""

    def __init__(self, accounts: Accounts, sessions: Sessions) -> None:
        self._accounts = accounts
        self.sessions = sessions

    async def check(self, call: Call) -> None:
        """Raises ApiError 20403 for any account but the first, 20003 for a key that may not manage accounts."""
        if not call.identity.owns_all:
            raise ApiError(20403, "The console belongs to the first account", 403)
        await self._accounts.check_manager(call.identity)
