"""/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes: the account's short codes and their webhooks.

https://www.twilio.com/docs/messaging/api/short-codes
"""

import msgspec

from offhook.products.numbers.api.parameters import ApiVersion, Method, Name, Url, settings_of
from offhook.products.numbers.short_code import ShortCode
from offhook.products.numbers.short_codes import ShortCodes
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource, rfc2822

SETTINGS = frozenset(
    {"friendly_name", "api_version", "sms_url", "sms_method", "sms_fallback_url", "sms_fallback_method"}
)


class ShortCodeView(msgspec.Struct):
    """Twilio's ShortCode."""

    account_sid: str
    api_version: str
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    short_code: str
    sid: str
    sms_fallback_method: str
    sms_fallback_url: str | None
    sms_method: str
    sms_url: str | None
    uri: str


def view(short_code: ShortCode, _call: Call) -> ShortCodeView:
    """The short code as its caller sees it."""
    kept = msgspec.structs.asdict(short_code)
    shown = {name: kept[name] for name in ShortCodeView.__struct_fields__ if name in kept}
    dates = {name: rfc2822(kept[name]) for name in ("date_created", "date_updated")}
    uri = f"/2010-04-01/Accounts/{short_code.account_sid}/SMS/ShortCodes/{short_code.sid}.json"
    return ShortCodeView(**{**shown, **dates}, uri=uri)


short_codes = Resource("api", "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes", API_2010, view, key="short_codes")


@short_codes.fetch
async def fetch(service: ShortCodes, call: Call, sid: str) -> ShortCode | None:
    """Fetch a short code."""
    call.resource_sid = sid
    return await service.fetch(call.account_sid, sid)


@short_codes.list
async def list_(
    service: ShortCodes,
    call: Call,
    *,
    page: PageRequest,
    friendly_name: str | None = None,
    short_code: str | None = None,
) -> Page[ShortCode]:
    """List short codes, newest first; `ShortCode` is a part of the code, `*` standing for any digits."""
    return await service.page(call.account_sid, page, friendly_name, short_code)


@short_codes.update
async def update(
    service: ShortCodes,
    call: Call,
    sid: str,
    *,
    friendly_name: Name | None = None,
    api_version: ApiVersion | None = None,
    sms_url: Url | None = None,
    sms_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_fallback_method: Method | None = None,
) -> ShortCode | None:
    """Change a short code's name and webhooks."""
    settings = settings_of(locals(), SETTINGS)
    call.resource_sid = sid
    return await service.change(call.account_sid, sid, settings)
