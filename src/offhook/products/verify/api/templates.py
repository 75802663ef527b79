"""/v2/Templates: the texts that a code can be sent with, in every language.

https://www.twilio.com/docs/verify/api/templates
"""

from typing import Any

import msgspec

from offhook.products.verify import wording
from offhook.products.verify.verify import Verify
from offhook.products.verify.wording import Template
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601

APPROVED = 1_763_596_800_000_000  # when the texts were written, 2025-11-20
CHANNELS = ["sms", "voice"]


class TemplateView(msgspec.Struct):
    """Twilio's Template; a translation has its text, and that it may be used."""

    sid: str
    account_sid: str
    friendly_name: str
    channels: list[str]
    translations: dict[str, dict[str, Any]]


def view(template: Template, call: Call) -> TemplateView:
    """The template, the same one for every account."""
    return TemplateView(
        sid=template.sid,
        account_sid=call.account_sid,
        friendly_name=template.friendly_name,
        channels=CHANNELS,
        translations={locale: _translation(template, locale) for locale in wording.languages()},
    )


def _translation(template: Template, locale: str) -> dict[str, Any]:
    return {
        "is_default_translation": locale == wording.DEFAULT,
        "status": "approved",
        "locale": locale,
        "text": getattr(wording.languages()[locale], template.key),
        "date_created": iso8601(APPROVED),
        "date_updated": iso8601(APPROVED),
    }


templates = Resource("verify", "/v2/Templates", VERSIONED, view, key="templates")


@templates.list
async def list_(_verify: Verify, _call: Call, *, page: PageRequest, friendly_name: str | None = None) -> Page[Template]:
    """List templates. There are no others than Offhook's own, so all are on the first page."""
    wanted = [one for one in wording.TEMPLATES if friendly_name in (None, "", one.friendly_name)]
    return Page(wanted if page.begins_anywhere and not page.number else [], page, None, None)
