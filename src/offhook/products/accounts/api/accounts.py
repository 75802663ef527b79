"""/2010-04-01/Accounts/{sid}: the account that calls, or one it owns.

https://www.twilio.com/docs/iam/api/account
"""

import msgspec

from offhook.products.accounts.account import Account
from offhook.products.accounts.registry import Accounts
from offhook.web import API_2010, Call, Resource, rfc2822

SUBRESOURCES = {"incoming_phone_numbers": "IncomingPhoneNumbers", "messages": "Messages"}


class AccountView(msgspec.Struct):
    """Twilio's Account."""

    auth_token: str | None
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    owner_account_sid: str
    sid: str
    status: str
    subresource_uris: dict[str, str]
    type: str
    uri: str


def view(account: Account, call: Call) -> AccountView:
    """The account as its caller sees it. The token is shown where it is made, never again."""
    uri = f"/2010-04-01/Accounts/{account.sid}"
    return AccountView(
        auth_token=None,
        date_created=rfc2822(account.date_created),
        date_updated=rfc2822(account.date_updated),
        friendly_name=account.friendly_name,
        owner_account_sid=account.owner_account_sid,
        sid=account.sid,
        status=account.status,
        subresource_uris={name: f"{uri}/{path}.json" for name, path in SUBRESOURCES.items()},
        type=account.type,
        uri=f"{uri}.json",
    )


accounts = Resource("api", "/2010-04-01/Accounts/{account_sid}", API_2010, view, key="accounts", alone=True)


@accounts.fetch
async def fetch(service: Accounts, call: Call) -> Account | None:
    """Fetch an account."""
    return await service.fetch(call.account_sid)
