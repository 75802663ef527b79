"""/v2/Services/{service_sid}/Webhooks: which events of factors and challenges an app is told of.

https://www.twilio.com/docs/verify/api/webhooks
"""

from typing import Annotated, Any, Literal

import msgspec

from offhook.products.verify import factor_errors as errors
from offhook.products.verify.api.factor_parameters import FriendlyName, web_address
from offhook.products.verify.api.factor_parameters import friendly_name as a_name
from offhook.products.verify.webhook import EVENTS, EVERY, VerifyWebhook
from offhook.products.verify.webhooks import Webhooks
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, iso8601


class WebhookView(msgspec.Struct):
    """Twilio's Webhook of a service."""

    sid: str
    service_sid: str
    account_sid: str
    friendly_name: str
    event_types: list[str]
    status: str
    version: str
    webhook_url: str
    webhook_method: str
    date_created: str | None
    date_updated: str | None
    url: str


def view(webhook: VerifyWebhook, call: Call) -> WebhookView:
    """The webhook as its owner sees it."""
    return WebhookView(
        sid=webhook.sid,
        service_sid=webhook.service_sid,
        account_sid=webhook.account_sid,
        friendly_name=webhook.friendly_name,
        event_types=webhook.event_types.split(","),
        status=webhook.status,
        version=webhook.version,
        webhook_url=webhook.webhook_url,
        webhook_method=webhook.webhook_method,
        date_created=iso8601(webhook.date_created),
        date_updated=iso8601(webhook.date_updated),
        url=f"{call.base_url}/v2/Services/{webhook.service_sid}/Webhooks/{webhook.sid}",
    )


def event_type(text: str, name: str) -> str:
    """Raises ApiError 60306 for an event that there is not."""
    if text not in (EVERY, *EVENTS):
        raise errors.invalid(name, f"{text!r} is none of {', '.join((EVERY, *EVENTS))}")
    return text


EventType = Annotated[str, Checked(event_type)]
Address = Annotated[str, Checked(web_address)]
webhooks = Resource("verify", "/v2/Services/{service_sid}/Webhooks", VERSIONED, view, key="webhooks")


@webhooks.create
async def create(
    service: Webhooks,
    call: Call,
    service_sid: str,
    *,
    friendly_name: FriendlyName,
    event_types: list[EventType],
    webhook_url: Address,
    status: Literal["enabled", "disabled"] = "enabled",
    version: Literal["v1", "v2"] = "v2",
) -> VerifyWebhook:
    """Make a webhook: it is told of the events that `EventTypes` name, `*` being all of them."""
    settings = {
        "friendly_name": friendly_name,
        "event_types": ",".join(event_types),
        "webhook_url": webhook_url,
        "webhook_method": "POST",
        "status": status,
        "version": version,
    }
    made = await service.create(call.account_sid, service_sid, settings)
    call.resource_sid = made.sid
    return made


@webhooks.list
async def list_(service: Webhooks, call: Call, service_sid: str, *, page: PageRequest) -> Page[VerifyWebhook]:
    """List the webhooks of a service, newest first."""
    return await service.page(call.account_sid, service_sid, page)


@webhooks.fetch
async def fetch(service: Webhooks, call: Call, service_sid: str, sid: str) -> VerifyWebhook | None:
    """Fetch a webhook."""
    return await service.fetch(call.account_sid, service_sid, sid)


@webhooks.update
async def update(
    service: Webhooks,
    call: Call,
    service_sid: str,
    sid: str,
    *,
    friendly_name: Annotated[str | None, Checked(a_name)] = None,
    event_types: list[EventType] = [],  # noqa: B006 - never changed
    webhook_url: Annotated[str | None, Checked(web_address)] = None,
    status: Literal["enabled", "disabled"] | None = None,
    version: Literal["v1", "v2"] | None = None,
) -> VerifyWebhook | None:
    """Change a webhook; what is not given stays as it is."""
    given: dict[str, Any] = {
        "friendly_name": friendly_name,
        "event_types": ",".join(event_types) or None,
        "webhook_url": webhook_url,
        "status": status,
        "version": version,
    }
    settings = {name: value for name, value in given.items() if value is not None}
    return await service.change(call.account_sid, service_sid, sid, settings)


@webhooks.delete
async def delete(service: Webhooks, call: Call, service_sid: str, sid: str) -> bool:
    """Delete a webhook."""
    return await service.delete(call.account_sid, service_sid, sid)
