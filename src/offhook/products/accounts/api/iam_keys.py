"""iam.twilio.com /v1/Keys: the API keys as newer SDKs manage them.

Twilio makes main keys in its console only; since ours is a client of this API, `KeyType=main` makes one here.
Restricted keys are refused, because nothing would enforce their policy.
https://www.twilio.com/docs/iam/api-keys/key-resource-v1
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.accounts import errors
from offhook.products.accounts.key import Key, OpenKey
from offhook.products.accounts.registry import Accounts
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, not_found, rfc2822

FLAGS = ["rest_api", "signing"]


class IamKeyView(msgspec.Struct):
    """Twilio's ApiKey. Its dates are written as in the 2010 API."""

    sid: str
    friendly_name: str
    date_created: str | None
    date_updated: str | None
    policy: dict[str, Any] | None


class IamListedKeyView(msgspec.Struct):
    """Twilio's GetApiKeys."""

    sid: str
    friendly_name: str
    date_created: str | None
    date_updated: str | None
    flags: list[str]


class IamNewKeyView(IamKeyView):
    """Twilio's NewApiKey: a key with its secret."""

    secret: str


def view(key: Key, _call: Call) -> IamKeyView:
    """The key as its owner sees it."""
    return IamKeyView(key.sid, key.friendly_name, rfc2822(key.date_created), rfc2822(key.date_updated), None)


def listed_view(key: Key, _call: Call) -> IamListedKeyView:
    """The key as its owner sees it in a list."""
    return IamListedKeyView(key.sid, key.friendly_name, rfc2822(key.date_created), rfc2822(key.date_updated), FLAGS)


def new_view(made: OpenKey, call: Call) -> IamNewKeyView:
    """The key as its owner sees it once."""
    return IamNewKeyView(**msgspec.structs.asdict(view(made.key, call)), secret=made.secret)


iam_keys = Resource("iam", "/v1/Keys", VERSIONED, view, key="keys")
iam_list = Resource("iam", "/v1/Keys", VERSIONED, listed_view, key="keys")
new_iam_keys = Resource("iam", "/v1/Keys", VERSIONED, new_view, key="keys")


@new_iam_keys.create
async def create(
    service: Accounts,
    call: Call,
    *,
    account_sid: str,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
    key_type: Literal["standard", "main", "restricted"] = "standard",
    policy: str | None = None,
) -> OpenKey:
    """Create an API key."""
    await _check_account(service, call, account_sid)
    if key_type == "restricted" or policy is not None:
        raise errors.keys_unrestricted()
    made = service.keys.create(call.unit, account_sid, friendly_name or "", key_type)
    call.resource_sid = made.key.sid
    return made


@iam_list.list
async def list_(service: Accounts, call: Call, *, page: PageRequest, account_sid: str) -> Page[Key]:
    """List the API keys of an account, newest first."""
    await _check_account(service, call, account_sid)
    return await service.keys.page(account_sid, page)


@iam_keys.fetch
async def fetch(service: Accounts, call: Call, sid: str) -> Key | None:
    """Fetch an API key."""
    return await _find(service, call, sid)


@iam_keys.update
async def update(
    service: Accounts,
    call: Call,
    sid: str,
    *,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
    policy: str | None = None,
) -> Key | None:
    """Rename an API key."""
    key = await _find(service, call, sid)
    if key is not None and policy is not None:
        raise errors.keys_unrestricted()
    if key is None or friendly_name is None:
        return key
    return service.keys.rename(call.unit, key, friendly_name, otherwise=not_found(call.path))


@iam_keys.delete
async def delete(service: Accounts, call: Call, sid: str) -> bool:
    """Revoke an API key: whoever uses it is refused from now on."""
    key = await _find(service, call, sid)
    if key is None:
        return False
    service.keys.revoke(call.unit, key, otherwise=not_found(call.path))
    return True


async def _check_account(service: Accounts, call: Call, account_sid: str) -> None:
    """Raises ApiError for an account whose keys the caller may not manage."""
    await service.check_manager(call.identity)
    if not await service.may_act_on(call.identity, account_sid):
        raise not_found(call.path)


async def _find(service: Accounts, call: Call, sid: str) -> Key | None:
    """The key, if it belongs to an account that the caller may act on."""
    await service.check_manager(call.identity)
    call.resource_sid = sid
    key = await service.keys.find(sid)
    return key if key is not None and await service.may_act_on(call.identity, key.account_sid) else None
