"""/2010-04-01/Accounts: the account that calls, and its subaccounts.

An account's token is shown to the account itself and to its parent, as Twilio does: programs that make an account for
each of their customers read it from the answer.
https://www.twilio.com/docs/iam/api/account
"""

from typing import Annotated, Literal

import msgspec

from offhook.products.accounts import errors
from offhook.products.accounts.account import Account, OpenAccount
from offhook.products.accounts.registry import Accounts
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, rfc2822

SUBRESOURCES = {
    "addresses": "Addresses",
    "applications": "Applications",
    "authorized_connect_apps": "AuthorizedConnectApps",
    "available_phone_numbers": "AvailablePhoneNumbers",
    "balance": "Balance",
    "calls": "Calls",
    "conferences": "Conferences",
    "connect_apps": "ConnectApps",
    "incoming_phone_numbers": "IncomingPhoneNumbers",
    "keys": "Keys",
    "messages": "Messages",
    "notifications": "Notifications",
    "outgoing_caller_ids": "OutgoingCallerIds",
    "queues": "Queues",
    "recordings": "Recordings",
    "short_codes": "SMS/ShortCodes",
    "signing_keys": "SigningKeys",
    "sip": "SIP",
    "transcriptions": "Transcriptions",
    "usage": "Usage",
}


class AccountView(msgspec.Struct):
    """Twilio's Account."""

    auth_token: str
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    owner_account_sid: str
    sid: str
    status: str
    subresource_uris: dict[str, str]
    type: str
    uri: str


def view(shown: OpenAccount, _call: Call) -> AccountView:
    """The account as its owner sees it."""
    account = shown.account
    uri = f"/2010-04-01/Accounts/{account.sid}"
    return AccountView(
        auth_token=shown.auth_token,
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


accounts = Resource("api", "/2010-04-01/Accounts", API_2010, view, key="accounts")
account = Resource("api", "/2010-04-01/Accounts/{account_sid}", API_2010, view, key="accounts", alone=True)


@accounts.create
async def create(
    service: Accounts,
    call: Call,
    *,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
) -> OpenAccount | None:
    """Create a subaccount."""
    await service.check_manager(call.identity)
    owner = await service.fetch(call.account_sid)
    if owner is None:
        return None
    created = service.subaccounts.create(call.unit, owner, friendly_name)
    call.resource_sid = created.account.sid
    return created


@accounts.list
async def list_(
    service: Accounts,
    call: Call,
    *,
    page: PageRequest,
    friendly_name: str | None = None,
    status: Literal["active", "suspended", "closed"] | None = None,
) -> Page[OpenAccount]:
    """List the account that calls and its subaccounts, newest first."""
    await service.check_manager(call.identity)
    of = None if call.identity.owns_all else call.account_sid
    return await service.subaccounts.page(page, of=of, friendly_name=friendly_name, status=status)


@account.fetch
async def fetch(service: Accounts, call: Call) -> OpenAccount | None:
    """Fetch an account."""
    await service.check_manager(call.identity)
    call.resource_sid = call.account_sid
    return await service.subaccounts.fetch(call.account_sid)


@account.update
async def update(
    service: Accounts,
    call: Call,
    *,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
    status: Annotated[str | None, Checked(errors.status)] = None,
) -> OpenAccount | None:
    """Rename an account; suspend a subaccount, make it active again, or close it for good."""
    await service.check_manager(call.identity)
    call.resource_sid = call.account_sid
    found = await service.fetch(call.account_sid)
    if found is None:
        return None
    if status is not None:
        await _check_status_change(service, call, found)
    return service.subaccounts.change(call.unit, found, friendly_name, status)


async def _check_status_change(service: Accounts, call: Call, found: Account) -> None:
    """Raises ApiError where the caller may not change this account's status."""
    itself = found.sid == call.identity.account_sid
    if found.is_first or (itself and found.adopted):
        raise errors.parent_status()
    if itself:
        raise errors.needs_parent()
    if found.status == "closed":
        raise errors.closed_for_good()
    if not await service.is_active(found.owner_account_sid):
        raise errors.parent_suspended()
