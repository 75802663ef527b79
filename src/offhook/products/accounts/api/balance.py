"""/2010-04-01/Accounts/{account_sid}/Balance: nothing is billed here, so it stays what the database says: 0.00.

https://www.twilio.com/docs/usage/api/balance (an older page; the resource is in every SDK)
"""

import msgspec

from offhook.products.accounts.account import Account
from offhook.products.accounts.registry import Accounts
from offhook.web import API_2010, Call, Resource

UNIT = 1_000_000  # micro-units
SMALLEST = 10_000  # micro-units that are shown: a cent


class BalanceView(msgspec.Struct):
    """Twilio's Balance."""

    account_sid: str
    balance: str
    currency: str


def view(account: Account, _call: Call) -> BalanceView:
    """The account's balance."""
    return BalanceView(account.sid, amount(account.balance), account.currency)


def amount(micro_units: int) -> str:
    """`-1.50` of -1,500,000 micro-units; what is less than a cent is cut off."""
    whole, rest = divmod(abs(micro_units), UNIT)
    sign = "-" if micro_units <= -SMALLEST else ""
    return f"{sign}{whole}.{rest // SMALLEST:02}"


balance = Resource("api", "/2010-04-01/Accounts/{account_sid}/Balance", API_2010, view, key="balance", alone=True)


@balance.fetch
async def fetch(service: Accounts, call: Call) -> Account | None:
    """Fetch the account's balance."""
    return await service.fetch(call.account_sid)
