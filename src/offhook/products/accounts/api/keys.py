"""/2010-04-01/Accounts/{account_sid}/Keys, and SigningKeys, which is Twilio's older name for the same keys.

A key's secret is in the answer that makes it, and never again.
https://www.twilio.com/docs/iam/api-keys/key-resource-v2010
"""

from typing import Annotated

import msgspec

from offhook.products.accounts import errors
from offhook.products.accounts.key import Key, OpenKey
from offhook.products.accounts.registry import Accounts
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, not_found, rfc2822

KEYS = "/2010-04-01/Accounts/{account_sid}/Keys"
SIGNING_KEYS = "/2010-04-01/Accounts/{account_sid}/SigningKeys"


class KeyView(msgspec.Struct):
    """Twilio's Key."""

    sid: str
    friendly_name: str
    date_created: str | None
    date_updated: str | None


class NewKeyView(KeyView):
    """Twilio's NewKey: a key with its secret."""

    secret: str


def view(key: Key, _call: Call) -> KeyView:
    """The key as its owner sees it."""
    return KeyView(key.sid, key.friendly_name, rfc2822(key.date_created), rfc2822(key.date_updated))


def new_view(made: OpenKey, _call: Call) -> NewKeyView:
    """The key as its owner sees it once."""
    key = made.key
    return NewKeyView(
        key.sid, key.friendly_name, rfc2822(key.date_created), rfc2822(key.date_updated), secret=made.secret
    )


keys = Resource("api", KEYS, API_2010, view, key="keys")
new_keys = Resource("api", KEYS, API_2010, new_view, key="keys")
signing_keys = Resource("api", SIGNING_KEYS, API_2010, view, key="signing_keys")
new_signing_keys = Resource("api", SIGNING_KEYS, API_2010, new_view, key="signing_keys")
KEY_RESOURCES = (keys, new_keys, signing_keys, new_signing_keys)


@new_keys.create
@new_signing_keys.create
async def create(
    service: Accounts,
    call: Call,
    *,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
) -> OpenKey:
    """Create a standard API key."""
    await service.check_manager(call.identity)
    made = service.keys.create(call.unit, call.account_sid, friendly_name or "")
    call.resource_sid = made.key.sid
    return made


@keys.fetch
@signing_keys.fetch
async def fetch(service: Accounts, call: Call, sid: str) -> Key | None:
    """Fetch an API key."""
    return await _find(service, call, sid)


@keys.list
@signing_keys.list
async def list_(service: Accounts, call: Call, *, page: PageRequest) -> Page[Key]:
    """List the account's API keys, newest first."""
    await service.check_manager(call.identity)
    return await service.keys.page(call.account_sid, page)


@keys.update
@signing_keys.update
async def update(
    service: Accounts,
    call: Call,
    sid: str,
    *,
    friendly_name: Annotated[str | None, Checked(errors.friendly_name)] = None,
) -> Key | None:
    """Rename an API key."""
    key = await _find(service, call, sid)
    if key is None or friendly_name is None:
        return key
    return service.keys.rename(call.unit, key, friendly_name, otherwise=not_found(call.path))


@keys.delete
@signing_keys.delete
async def delete(service: Accounts, call: Call, sid: str) -> bool:
    """Revoke an API key: whoever uses it is refused from now on."""
    key = await _find(service, call, sid)
    if key is None:
        return False
    service.keys.revoke(call.unit, key, otherwise=not_found(call.path))
    return True


async def _find(service: Accounts, call: Call, sid: str) -> Key | None:
    await service.check_manager(call.identity)
    call.resource_sid = sid
    return await service.keys.fetch(call.account_sid, sid)
