"""/offhook/v1/Exchanges/{exchange_sid}/Resend: ask an app again, with a fresh signature, changed if wanted."""

from typing import Annotated, Literal
from urllib.parse import parse_qsl

from offhook.exchanges import Exchange
from offhook.products.monitor.api.exchanges import view, whose
from offhook.products.monitor.monitoring import Monitor
from offhook.products.monitor.resending import Changes, Resending
from offhook.web import VERSIONED, Call, Checked, Resource, invalid_parameter
from offhook.web.urls import is_web_url


class Resends:
    """Finds the exchange, and sends it again."""

    def __init__(self, monitor: Monitor, resending: Resending) -> None:
        self.monitor = monitor
        self.resending = resending


def web_url(text: str, name: str) -> str:
    """Raises ApiError 20001 for what is no URL."""
    if not is_web_url(text):
        raise invalid_parameter(name, f"{text!r} is no http or https URL")
    return text


resends = Resource("offhook", "/v1/Exchanges/{exchange_sid}/Resend", VERSIONED, view, key="exchanges", alone=True)


@resends.create
async def create(
    service: Resends,
    call: Call,
    exchange_sid: str,
    *,
    url: Annotated[str | None, Checked(web_url)] = None,
    method: Literal["GET", "POST"] | None = None,
    parameters: str | None = None,
) -> Exchange | None:
    """Send an exchange that went out once more, and answer with the new one.

    `Parameters` is a form as in a body (`Body=hi&From=%2B1…`) and replaces all of the old ones, a GET's query among
    them; `Url` may name another app.
    """
    original = await service.monitor.exchange(whose(call), exchange_sid)
    if original is None:
        return None
    form = None if parameters is None else tuple(parse_qsl(parameters, keep_blank_values=True))
    made = await service.resending.resend(call.unit, original, Changes(url, method, form))
    call.resource_sid = made.sid
    return made
