"""/offhook/v1/Console/Links: links that sign a browser in, once. Nobody can look at one again."""

import msgspec

from offhook.console.doorkeeping import Doorkeeping
from offhook.console.sessions import LOGIN
from offhook.web import VERSIONED, Call, Resource, iso8601


class Link(msgspec.Struct):
    """A new link."""

    token: str
    date_created: int


class LinkView(msgspec.Struct):
    """`url` is to be opened in a browser."""

    url: str
    date_created: str | None


def view(link: Link, call: Call) -> LinkView:
    """The link, for whoever asked for it."""
    return LinkView(f"{call.origin or ''}{LOGIN}/{link.token}", iso8601(link.date_created))


links = Resource("offhook", "/v1/Console/Links", VERSIONED, view, key="links")


@links.create
async def create(service: Doorkeeping, call: Call) -> Link:
    """Make a link that signs a browser in once; it is good until it is used, or until Offhook stops."""
    await service.check(call)
    return Link(service.sessions.new_link(call.unit), call.now)
