"""/2010-04-01/Accounts/{account_sid}/Applications: webhooks under one SID, for any number of phone numbers.

https://www.twilio.com/docs/usage/api/applications
"""

import msgspec

from offhook.products.numbers.api.parameters import ApiVersion, Method, Name, Url, settings_of
from offhook.products.numbers.application import Application
from offhook.products.numbers.applications import Applications
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Resource, rfc2822


class ApplicationView(msgspec.Struct):
    """Twilio's Application."""

    account_sid: str
    api_version: str
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    message_status_callback: str | None
    sid: str
    sms_fallback_method: str
    sms_fallback_url: str | None
    sms_method: str
    sms_status_callback: str | None
    sms_url: str | None
    status_callback: str | None
    status_callback_method: str
    uri: str
    voice_caller_id_lookup: bool
    voice_fallback_method: str
    voice_fallback_url: str | None
    voice_method: str
    voice_url: str | None
    public_application_connect_enabled: bool


def view(application: Application, _call: Call) -> ApplicationView:
    """The application as its caller sees it."""
    kept = msgspec.structs.asdict(application)
    shown = {name: kept[name] for name in ApplicationView.__struct_fields__ if name in kept}
    dates = {name: rfc2822(kept[name]) for name in ("date_created", "date_updated")}
    uri = f"/2010-04-01/Accounts/{application.account_sid}/Applications/{application.sid}.json"
    return ApplicationView(**{**shown, **dates}, uri=uri)


applications = Resource("api", "/2010-04-01/Accounts/{account_sid}/Applications", API_2010, view, key="applications")
SETTINGS = frozenset(Application.__struct_fields__) - {"seq", "sid", "account_sid", "date_created", "date_updated"}


@applications.create
async def create(
    service: Applications,
    call: Call,
    *,
    api_version: ApiVersion | None = None,
    voice_url: Url | None = None,
    voice_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_fallback_method: Method | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
    voice_caller_id_lookup: bool | None = None,
    sms_url: Url | None = None,
    sms_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_fallback_method: Method | None = None,
    sms_status_callback: Url | None = None,
    message_status_callback: Url | None = None,
    friendly_name: Name | None = None,
    public_application_connect_enabled: bool | None = None,
) -> Application:
    """Create an application."""
    settings = settings_of(locals(), SETTINGS)
    application = service.create(call.unit, call.account_sid, settings)
    call.resource_sid = application.sid
    return application


@applications.fetch
async def fetch(service: Applications, call: Call, sid: str) -> Application | None:
    """Fetch an application."""
    call.resource_sid = sid
    return await service.fetch(call.account_sid, sid)


@applications.list
async def list_(
    service: Applications, call: Call, *, page: PageRequest, friendly_name: str | None = None
) -> Page[Application]:
    """List applications, newest first."""
    return await service.page(call.account_sid, page, friendly_name)


@applications.update
async def update(
    service: Applications,
    call: Call,
    sid: str,
    *,
    friendly_name: Name | None = None,
    api_version: ApiVersion | None = None,
    voice_url: Url | None = None,
    voice_method: Method | None = None,
    voice_fallback_url: Url | None = None,
    voice_fallback_method: Method | None = None,
    status_callback: Url | None = None,
    status_callback_method: Method | None = None,
    voice_caller_id_lookup: bool | None = None,
    sms_url: Url | None = None,
    sms_method: Method | None = None,
    sms_fallback_url: Url | None = None,
    sms_fallback_method: Method | None = None,
    sms_status_callback: Url | None = None,
    message_status_callback: Url | None = None,
    public_application_connect_enabled: bool | None = None,
) -> Application | None:
    """Change an application."""
    settings = settings_of(locals(), SETTINGS)
    call.resource_sid = sid
    return await service.change(call.account_sid, sid, settings)


@applications.delete
async def delete(service: Applications, call: Call, sid: str) -> bool:
    """Delete an application; the numbers that used it use their own webhooks again."""
    call.resource_sid = sid
    return await service.delete(call.account_sid, sid)
