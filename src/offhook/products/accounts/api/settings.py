"""/offhook/v1/Accounts/{account_sid}/Settings: what an account decides for itself. Twilio has this in its console.

The account changes it, or its parent. A standard key may only look.
"""

from typing import Literal

import msgspec

from offhook.products.accounts.registry import Accounts
from offhook.products.accounts.settings import SettingsInForce, Source
from offhook.web import VERSIONED, Call, Resource

MEDIA_AUTH = {"true": True, "false": False, "default": None}


class SettingsView(msgspec.Struct):
    """An account's settings; each says whether it comes from the account itself or from the default."""

    account_sid: str
    media_auth: bool
    media_auth_source: Source
    url: str


def view(settings: SettingsInForce, call: Call) -> SettingsView:
    """The settings as the account's owner sees them."""
    return SettingsView(
        account_sid=settings.account_sid,
        media_auth=settings.media_auth,
        media_auth_source=settings.media_auth_source,
        url=f"{call.base_url}/v1/Accounts/{settings.account_sid}/Settings",
    )


settings = Resource("offhook", "/v1/Accounts/{account_sid}/Settings", VERSIONED, view, key="settings", alone=True)


@settings.fetch
async def fetch(service: Accounts, call: Call) -> SettingsInForce | None:
    """Fetch an account's settings."""
    call.resource_sid = call.account_sid
    account = await service.fetch(call.account_sid)
    return None if account is None else service.settings.in_force(account)


@settings.update
async def update(
    service: Accounts, call: Call, *, media_auth: Literal["true", "false", "default"] | None = None
) -> SettingsInForce | None:
    """Change an account's settings; what is not given stays as it is.

    `MediaAuth=true` asks for credentials before a file of one of the account's messages is served, `false` serves it to
    whoever knows its URL, `default` follows the setting `media_auth` of this Offhook.
    """
    await service.check_manager(call.identity)
    call.resource_sid = call.account_sid
    account = await service.fetch(call.account_sid)
    if account is None:
        return None
    if media_auth is not None:
        account = service.settings.change(call.unit, account, media_auth=MEDIA_AUTH[media_auth])
    return service.settings.in_force(account)
